//! Functions of filters.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use super::literal::Literal;
use crate::fields::{Kind, Value};
use crate::sql::Dialect;

/// Functions that filters can call, by name.
#[derive(Debug, Clone)]
pub struct Functions(Arc<BTreeMap<String, Function>>);

/// The default functions, created once for all requests.
static STANDARD: LazyLock<Functions> = LazyLock::new(|| {
    let same = |values: &[Literal]| values.first().cloned().ok_or_else(String::new);
    Functions(Arc::default())
        .function("timestamp", Function::constant([Kind::Timestamp], same))
        .function("duration", Function::constant([Kind::Duration], same))
});

/// Function that filters can call.
#[derive(Debug, Clone)]
pub struct Function(pub(super) FunctionBody);

#[derive(Debug, Clone)]
pub(super) enum FunctionBody {
    /// Predicate on a resource. It replaces a restriction.
    Predicate(Arc<PredicateFunction>),
    /// Function of constants. It replaces a value, and is called once, by the parser.
    Constant(Arc<ConstantFunction>),
}

#[derive(Clone)]
pub(super) struct PredicateFunction {
    pub(super) parameters: Vec<Parameter>,
    pub(super) evaluate: Arc<EvaluatePredicate>,
    pub(super) sql: Vec<(Dialect, Vec<SqlFragment>)>,
}

/// Fragment of an SQL template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SqlFragment {
    Text(String),
    /// Argument with this index, from 0.
    Argument(usize),
}

pub(super) struct ConstantFunction {
    pub(super) parameters: Vec<Kind>,
    pub(super) create: Box<CreateConstant>,
}

type EvaluatePredicate = dyn Fn(&[Option<Value<'_>>]) -> Option<bool> + Send + Sync;
type CreateConstant = dyn Fn(&[Literal]) -> Result<Literal, String> + Send + Sync;

/// Parameter of a function.
#[derive(Debug, Clone, Copy)]
pub enum Parameter {
    /// Value of a singular field of this kind, or map value of this kind: `labels.env`. `None` if it is unset. A wrapper of
    /// the kind is accepted too. For an enum, use the kind in the schema of a field.
    Field(Kind),
    /// Constant of this kind.
    Constant(Kind),
}

impl Functions {
    /// Creates the default functions: `timestamp("2024-01-01T00:00:00Z")` and `duration("1.5s")`, as in aip-go.
    #[must_use]
    pub fn new() -> Self {
        STANDARD.clone()
    }

    /// Adds a function, or replaces the one with the same name. Names can have dots. `AND`, `OR` and `NOT` cannot be called.
    #[must_use]
    pub fn function(mut self, name: impl Into<String>, function: Function) -> Self {
        Arc::make_mut(&mut self.0).insert(name.into(), function);
        self
    }

    /// Returns the function with a name.
    pub(super) fn get(&self, name: &str) -> Option<&FunctionBody> {
        self.0.get(name).map(|function| &function.0)
    }
}

impl Default for Functions {
    fn default() -> Self {
        Self::new()
    }
}

impl Function {
    /// Creates a predicate on a resource, such as `near(location, 10)`.
    ///
    /// `evaluate` is called with one value for each parameter. It returns `None` for an unknown result.
    pub fn predicate(
        parameters: impl Into<Vec<Parameter>>,
        evaluate: impl Fn(&[Option<Value<'_>>]) -> Option<bool> + Send + Sync + 'static,
    ) -> Self {
        Self(FunctionBody::Predicate(Arc::new(PredicateFunction {
            parameters: parameters.into(),
            evaluate: Arc::new(evaluate),
            sql: Vec::new(),
        })))
    }

    /// Creates a function of constants, such as `mebibytes` in `size > mebibytes(3)`.
    ///
    /// `create` is called with one value for each parameter. `Err` is the description of the violation.
    pub fn constant(
        parameters: impl Into<Vec<Kind>>,
        create: impl Fn(&[Literal]) -> Result<Literal, String> + Send + Sync + 'static,
    ) -> Self {
        Self(FunctionBody::Constant(Arc::new(ConstantFunction {
            parameters: parameters.into(),
            create: Box::new(create),
        })))
    }

    /// Sets the SQL template of a predicate for a dialect. `{0}` is the first argument: a column or a placeholder. Other
    /// braces are text. The SQL must be `NULL` exactly if the function returns `None`.
    ///
    /// A timestamp or a duration is bound in the form of the first column of its kind in the same call, or else in the default
    /// form of [`crate::sql::Column`].
    ///
    /// A function of constants needs no template, because its value is bound.
    ///
    /// # Panics
    ///
    /// When the template has an argument that the function does not have.
    #[must_use]
    pub fn sql(self, dialect: Dialect, template: impl AsRef<str>) -> Self {
        let Self(mut body) = self;
        if let FunctionBody::Predicate(predicate) = &mut body {
            let fragments = parse_template(template.as_ref(), predicate.parameters.len());
            let predicate = Arc::make_mut(predicate);
            predicate.sql.retain(|(of, _)| *of != dialect);
            predicate.sql.push((dialect, fragments));
        }
        Self(body)
    }
}

/// Parses an SQL template.
#[expect(clippy::panic, reason = "an error in the code of the server, never in a request")]
fn parse_template(template: &str, parameters: usize) -> Vec<SqlFragment> {
    let (mut fragments, mut text) = (Vec::new(), String::new());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let index = after.split_once('}').filter(|(digits, _)| digits.bytes().all(|byte| byte.is_ascii_digit()));
        let Some((index, after)) = index.and_then(|(digits, after)| Some((digits.parse().ok()?, after))) else {
            text.push('{');
            rest = after;
            continue;
        };
        if index >= parameters {
            panic!(
                "the template `{template}` has the argument {{{index}}}, but the function has {parameters} parameters"
            );
        }
        fragments.push(SqlFragment::Text(std::mem::take(&mut text)));
        fragments.push(SqlFragment::Argument(index));
        rest = after;
    }
    text.push_str(rest);
    fragments.push(SqlFragment::Text(text));
    fragments
}

impl fmt::Debug for PredicateFunction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PredicateFunction").field("parameters", &self.parameters).finish_non_exhaustive()
    }
}

impl fmt::Debug for ConstantFunction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ConstantFunction").field("parameters", &self.parameters).finish_non_exhaustive()
    }
}
