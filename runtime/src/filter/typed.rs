//! A filter of a resource.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::compile::{Question, question};
use super::expression::Expression;
use super::options::FilterOptions;
use super::{check, display, parse};
use crate::fields::Fields;
use crate::violation::{Subject, Violations};

/// What resources `F` have to be to be listed.
///
/// ```ignore
/// let filter = Filter::<Book>::parse(&request.filter)?;
/// books.retain(|book| filter.matches(book));
/// ```
pub struct Filter<F: Fields> {
    /// What the field of the request is called, for violations that are found later.
    pub(super) field: Cow<'static, str>,
    pub(super) expression: Option<Expression>,
    /// Made when a message is first asked about: what goes to a database needs none.
    truth: OnceLock<Question<F::Message>>,
    falsity: OnceLock<Question<F::Message>>,
    resource: PhantomData<fn(F)>,
}

/// What a filter says of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It matches.
    True,
    /// It does not, and what the filter negates does.
    False,
    /// Neither: something that is asked about is not set.
    Unknown,
}

impl<F: Fields> Filter<F> {
    /// The filter that everything matches, as the empty text and `*` (AIP-165) do.
    #[must_use]
    pub const fn everything() -> Self {
        Self::of(Cow::Borrowed("filter"), None)
    }

    /// As the field of a request that is called so.
    #[cfg(feature = "page")]
    pub(crate) fn in_field(self, name: &'static str) -> Self {
        Self { field: Cow::Borrowed(name), ..self }
    }

    const fn of(field: Cow<'static, str>, expression: Option<Expression>) -> Self {
        Self { field, expression, truth: OnceLock::new(), falsity: OnceLock::new(), resource: PhantomData }
    }

    /// The filter of a request, under the default [`FilterOptions`].
    ///
    /// # Errors
    ///
    /// What is wrong with the text, each with its position in bytes: the first mistake of syntax, or else all mistakes
    /// about fields and their types.
    pub fn parse(text: &str) -> Result<Self, Violations> {
        Self::parse_with(text, &FilterOptions::default())
    }

    /// The filter of a request.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, each with its position in bytes: the first mistake of syntax, or else all mistakes
    /// about fields and their types.
    pub fn parse_with(text: &str, options: &FilterOptions<F>) -> Result<Self, Violations> {
        let subject = Subject::from_fields::<F>();
        let expression = match parse::parse(text, options.limits) {
            Ok(Some(node)) if !node.is_everything() => Some(check::check(&node, options, subject)?),
            Ok(_) => None,
            Err(problem) => return Err(problem.refuse(&options.field, subject)),
        };
        Ok(Self::of(options.field.clone(), expression))
    }

    /// Whether everything matches.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.expression.is_none()
    }

    /// How many comparisons and calls of functions the filter consists of.
    #[must_use]
    pub fn cost(&self) -> usize {
        self.expression.as_ref().map_or(0, Expression::cost)
    }

    /// Whether the message is to be listed: [`Truth::True`], and not [`Truth::Unknown`].
    #[inline]
    #[must_use]
    pub fn matches(&self, message: &F::Message) -> bool {
        (self.truth.get_or_init(|| self.question(true)))(message)
    }

    /// What the filter says of a message.
    #[must_use]
    pub fn evaluate(&self, message: &F::Message) -> Truth {
        if self.matches(message) {
            return Truth::True;
        }
        if (self.falsity.get_or_init(|| self.question(false)))(message) { Truth::False } else { Truth::Unknown }
    }

    #[cold]
    fn question(&self, truth: bool) -> Question<F::Message> {
        question::<F>(self.expression.as_ref(), truth)
    }
}

impl<F: Fields> Default for Filter<F> {
    fn default() -> Self {
        Self::everything()
    }
}

impl<F: Fields> Clone for Filter<F> {
    fn clone(&self) -> Self {
        Self::of(self.field.clone(), self.expression.clone())
    }
}

/// Two filters are the same when their canonical texts are.
impl<F: Fields> PartialEq for Filter<F> {
    fn eq(&self, other: &Self) -> bool {
        self.expression == other.expression
    }
}

impl<F: Fields> fmt::Debug for Filter<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Filter({self})")
    }
}

/// The one form of the filter, which parses to the same filter again: sequences are `AND`, values have the form that
/// their types have, and every `OR` beside an `AND` is in parentheses.
impl<F: Fields> fmt::Display for Filter<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expression {
            Some(expression) => display::write(expression, F::schema(), formatter),
            None => Ok(()),
        }
    }
}
