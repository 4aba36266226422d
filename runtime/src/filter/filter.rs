//! Filter of the resources in a list.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::check::check;
use super::display;
use super::expression::Expression;
use super::options::FilterOptions;
use super::predicate::{Predicate, predicate};
use super::syntax;
use crate::fields::Fields;
use crate::violation::{Subject, Violations};

/// Filter of resources `F`.
///
/// ```ignore
/// let filter = Filter::<Book>::parse(&request.filter)?;
/// books.retain(|book| filter.matches(book));
/// ```
pub struct Filter<F: Fields> {
    /// Name of the field in the request, for violations that are found later.
    pub(super) field: Cow<'static, str>,
    pub(super) expression: Option<Expression>,
    /// Created for the first evaluation. A filter for a database needs none.
    is_true: OnceLock<Predicate<F::Message>>,
    is_false: OnceLock<Predicate<F::Message>>,
    resource: PhantomData<fn(F)>,
}

/// Result of a filter for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// The message matches.
    True,
    /// The message does not match, but matches the negated filter.
    False,
    /// A field in a comparison is not set.
    Unknown,
}

impl<F: Fields> Filter<F> {
    /// Creates the filter that matches everything, like the empty text and `*` (AIP-165).
    #[must_use]
    pub const fn everything() -> Self {
        Self::from_parts(Cow::Borrowed("filter"), None)
    }

    /// Sets the name of the field in the request.
    #[cfg(feature = "list")]
    pub(crate) fn in_field(self, name: &'static str) -> Self {
        Self { field: Cow::Borrowed(name), ..self }
    }

    const fn from_parts(field: Cow<'static, str>, expression: Option<Expression>) -> Self {
        Self { field, expression, is_true: OnceLock::new(), is_false: OnceLock::new(), resource: PhantomData }
    }

    /// Parses a filter with the default [`FilterOptions`].
    ///
    /// # Errors
    ///
    /// The first syntax error, or else all violations about fields and types. Each has its position in bytes.
    pub fn parse(text: &str) -> Result<Self, Violations> {
        Self::parse_with(text, &FilterOptions::default())
    }

    /// Parses a filter with options.
    ///
    /// # Errors
    ///
    /// The first syntax error, or else all violations about fields and types. Each has its position in bytes.
    pub fn parse_with(text: &str, options: &FilterOptions<F>) -> Result<Self, Violations> {
        let subject = Subject::from_fields::<F>();
        let expression = match syntax::parse(text, options.limits) {
            Ok(Some(node)) if !node.is_everything() => Some(check(&node, options, subject)?),
            Ok(_) => None,
            Err(problem) => return Err(problem.refuse(&options.field, subject)),
        };
        Ok(Self::from_parts(options.field.clone(), expression))
    }

    /// Returns `true` if the filter matches everything.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.expression.is_none()
    }

    /// Returns the number of comparisons and function calls.
    #[must_use]
    pub fn cost(&self) -> usize {
        self.expression.as_ref().map_or(0, Expression::cost)
    }

    /// Returns `true` if the result is [`Truth::True`].
    #[inline]
    #[must_use]
    pub fn matches(&self, message: &F::Message) -> bool {
        (self.is_true.get_or_init(|| self.predicate(true)))(message)
    }

    /// Evaluates the filter for a message.
    #[must_use]
    pub fn evaluate(&self, message: &F::Message) -> Truth {
        if self.matches(message) {
            return Truth::True;
        }
        if (self.is_false.get_or_init(|| self.predicate(false)))(message) { Truth::False } else { Truth::Unknown }
    }

    #[cold]
    fn predicate(&self, truth: bool) -> Predicate<F::Message> {
        predicate::<F>(self.expression.as_ref(), truth)
    }
}

impl<F: Fields> Default for Filter<F> {
    fn default() -> Self {
        Self::everything()
    }
}

impl<F: Fields> Clone for Filter<F> {
    fn clone(&self) -> Self {
        Self::from_parts(self.field.clone(), self.expression.clone())
    }
}

/// Compares the canonical forms.
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

/// Writes the canonical form, which parses to an equal filter. Sequences are written with `AND`, literals in the form of
/// their types, and nested conjunctions and disjunctions in parentheses.
impl<F: Fields> fmt::Display for Filter<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expression {
            Some(expression) => display::write(expression, F::schema(), formatter),
            None => Ok(()),
        }
    }
}
