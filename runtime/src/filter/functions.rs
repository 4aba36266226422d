//! Functions that filters can call, declared with what they take.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use super::literal::Literal;
use crate::fields::{Kind, Value};
use crate::sql::Dialect;

/// Functions by their names.
#[derive(Debug, Clone)]
pub struct Functions(Arc<BTreeMap<String, Function>>);

/// Made once: every request that is parsed under the default options asks for them.
static STANDARD: LazyLock<Functions> = LazyLock::new(|| {
    let same = |values: &[Literal]| values.first().cloned().ok_or_else(String::new);
    Functions(Arc::default())
        .function("timestamp", Function::constant([Kind::Timestamp], same))
        .function("duration", Function::constant([Kind::Duration], same))
});

/// What can be called.
#[derive(Debug, Clone)]
pub struct Function(pub(super) Body);

#[derive(Debug, Clone)]
pub(super) enum Body {
    /// Says something of a resource; stands where a restriction can.
    Predicate(Arc<Predicate>),
    /// Makes a value of values; stands where a value can, and is called once, when the filter is parsed.
    Constant(Arc<Constant>),
}

#[derive(Clone)]
pub(super) struct Predicate {
    pub(super) parameters: Vec<Parameter>,
    pub(super) answer: Arc<Answer>,
    pub(super) sql: Vec<(Dialect, Vec<Piece>)>,
}

/// A piece of SQL.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Text(String),
    /// The argument of this place, from 0.
    Argument(usize),
}

pub(super) struct Constant {
    pub(super) parameters: Vec<Kind>,
    pub(super) make: Box<Make>,
}

type Answer = dyn Fn(&[Option<Value<'_>>]) -> Option<bool> + Send + Sync;
type Make = dyn Fn(&[Literal]) -> Result<Literal, String> + Send + Sync;

/// What a function takes in one place.
#[derive(Debug, Clone, Copy)]
pub enum Parameter {
    /// The value of a field of this kind, or of a key of a map of such values: `labels.env`. `None` when it is unset. A
    /// wrapper of the kind is accepted too. Of enums, only the one whose kind this is, from the schema of a field.
    Field(Kind),
    /// A value of this kind.
    Constant(Kind),
}

impl Functions {
    /// `timestamp("2024-01-01T00:00:00Z")` and `duration("1.5s")`, which aip-go has too.
    #[must_use]
    pub fn new() -> Self {
        STANDARD.clone()
    }

    /// Adds a function; one of the same name is replaced. Names can have dots. `AND`, `OR` and `NOT` cannot be names.
    #[must_use]
    pub fn function(mut self, name: impl Into<String>, function: Function) -> Self {
        Arc::make_mut(&mut self.0).insert(name.into(), function);
        self
    }

    pub(super) fn get(&self, name: &str) -> Option<&Body> {
        self.0.get(name).map(|function| &function.0)
    }
}

impl Default for Functions {
    fn default() -> Self {
        Self::new()
    }
}

impl Function {
    /// A function that says something of a resource: `near(location, 10)`. It is given the values of its arguments, as
    /// many as it has parameters, and `None` is its answer when it does not know.
    pub fn predicate(
        parameters: impl Into<Vec<Parameter>>,
        answer: impl Fn(&[Option<Value<'_>>]) -> Option<bool> + Send + Sync + 'static,
    ) -> Self {
        Self(Body::Predicate(Arc::new(Predicate {
            parameters: parameters.into(),
            answer: Arc::new(answer),
            sql: Vec::new(),
        })))
    }

    /// A function that makes a value of values: `size > mebibytes(3)`. It is given as many values as it has parameters;
    /// `Err` says what is wrong with them.
    pub fn constant(
        parameters: impl Into<Vec<Kind>>,
        make: impl Fn(&[Literal]) -> Result<Literal, String> + Send + Sync + 'static,
    ) -> Self {
        Self(Body::Constant(Arc::new(Constant { parameters: parameters.into(), make: Box::new(make) })))
    }

    /// Says how a predicate is written in SQL: `{0}` stands for the first argument, which becomes a column or a place
    /// holder; other braces are text. It has to be unknown, `NULL`, exactly where the function answers `None`. A function
    /// that makes values is never written, its value is.
    ///
    /// A timestamp or a duration has the form of the first column of its kind that is an argument of the same call, or else
    /// the one that [`crate::sql::Column`] has if nothing is said.
    ///
    /// # Panics
    ///
    /// When the template names an argument that the function does not take.
    #[must_use]
    pub fn sql(self, dialect: Dialect, template: impl AsRef<str>) -> Self {
        let Self(mut body) = self;
        if let Body::Predicate(predicate) = &mut body {
            let pieces = pieces(template.as_ref(), predicate.parameters.len());
            let predicate = Arc::make_mut(predicate);
            predicate.sql.retain(|(of, _)| *of != dialect);
            predicate.sql.push((dialect, pieces));
        }
        Self(body)
    }
}

/// Takes a template apart.
#[expect(clippy::panic, reason = "a mistake in code, never in a request")]
fn pieces(template: &str, parameters: usize) -> Vec<Piece> {
    let (mut pieces, mut text) = (Vec::new(), String::new());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let place = after.split_once('}').filter(|(digits, _)| digits.bytes().all(|byte| byte.is_ascii_digit()));
        let Some((place, after)) = place.and_then(|(digits, after)| Some((digits.parse().ok()?, after))) else {
            text.push('{');
            rest = after;
            continue;
        };
        if place >= parameters {
            panic!("the template `{template}` names the argument {{{place}}} of a function that takes {parameters}");
        }
        pieces.push(Piece::Text(std::mem::take(&mut text)));
        pieces.push(Piece::Argument(place));
        rest = after;
    }
    text.push_str(rest);
    pieces.push(Piece::Text(text));
    pieces
}

impl fmt::Debug for Predicate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Predicate").field("parameters", &self.parameters).finish_non_exhaustive()
    }
}

impl fmt::Debug for Constant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Constant").field("parameters", &self.parameters).finish_non_exhaustive()
    }
}
