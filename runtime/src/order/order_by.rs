//! Order of the resources in a list.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::comparison::{Comparison, comparison};
use super::cursor_value::CursorValue;
use super::options::OrderByOptions;
use super::parser;
use super::term::{Direction, Term, Terms};
use crate::field_path::FieldPath;
use crate::fields::{Fields, Path, Scalar, value_at};
use crate::violation::Violations;

/// Order of resources `F`: fields and directions, the most significant first.
///
/// ```ignore
/// let order = OrderBy::<Book>::parse(&request.order_by)?.with_tie_breaker(Book::NAME);
/// books.sort_by(|left, right| order.compare(left, right));
/// ```
pub struct OrderBy<F: Fields> {
    /// Name of the field in the request, for violations that are found later.
    pub(super) field: Cow<'static, str>,
    terms: Terms,
    /// Created for the first comparison. An order for a database needs none.
    comparison: OnceLock<Comparison<F::Message>>,
    resource: PhantomData<fn(F)>,
}

impl<F: Fields> OrderBy<F> {
    /// Creates the empty order, in which all resources are equal.
    #[must_use]
    pub fn new() -> Self {
        Self::from_parts(Cow::Borrowed("order_by"), Terms::new())
    }

    /// Parses `order_by` with the default [`OrderByOptions`].
    ///
    /// # Errors
    ///
    /// All violations of the text, each with its position in bytes.
    pub fn parse(text: &str) -> Result<Self, Violations> {
        Self::parse_with(text, &OrderByOptions::default())
    }

    /// Parses `order_by` with options.
    ///
    /// # Errors
    ///
    /// All violations of the text, each with its position in bytes.
    pub fn parse_with(text: &str, options: &OrderByOptions<F>) -> Result<Self, Violations> {
        let mut order = Self::from_parts(options.field.clone(), Terms::new());
        parser::parse(text, F::schema(), options, &mut order.terms)?;
        Ok(order)
    }

    /// Sets the name of the field in the request.
    #[cfg(feature = "list")]
    pub(crate) fn in_field(self, name: &'static str) -> Self {
        Self { field: Cow::Borrowed(name), ..self }
    }

    fn from_parts(field: Cow<'static, str>, terms: Terms) -> Self {
        Self { field, terms, comparison: OnceLock::new(), resource: PhantomData }
    }

    /// Adds a field, smallest value first.
    ///
    /// # Panics
    ///
    /// When the path names elements of a list, values of a map, or, if generated code did not create it, a field without an
    /// order.
    #[must_use]
    pub fn asc(self, path: Path<'_, F, Scalar>) -> Self {
        self.push(FieldPath::from_path(&path), Direction::Ascending)
    }

    /// Adds a field, greatest value first.
    ///
    /// # Panics
    ///
    /// When the path names elements of a list, values of a map, or, if generated code did not create it, a field without an
    /// order.
    #[must_use]
    pub fn desc(self, path: Path<'_, F, Scalar>) -> Self {
        self.push(FieldPath::from_path(&path), Direction::Descending)
    }

    /// Makes the order total: adds a field with unique values, such as the name of the resource. A field that is a term
    /// already is not added.
    ///
    /// MySQL and MariaDB sort by the first 1000 bytes, so the values must be unique in these ([`crate::sql`]).
    ///
    /// # Panics
    ///
    /// When the path names elements of a list, values of a map, or, if generated code did not create it, a field without an
    /// order.
    #[must_use]
    pub fn with_tie_breaker(self, path: Path<'_, F, Scalar>) -> Self {
        self.push(FieldPath::from_path(&path), Direction::Ascending)
    }

    /// Adds a term, unless the field has one already: a second term of a field is never compared.
    #[expect(clippy::panic, reason = "an error in the code of the server, never in a request")]
    fn push(mut self, path: FieldPath, direction: Direction) -> Self {
        if self.terms.iter().all(|term| term.path != path) {
            match parser::sortable_term(F::schema(), &path, direction) {
                Ok(term) => self.terms.push(term),
                // Without the term, pages could lose rows.
                Err(why) => {
                    let schema = F::schema();
                    panic!("`{}` cannot be sorted by `{}`, which {why}", schema.name(), path.named(schema, '.'))
                }
            }
        }
        Self::from_parts(self.field, self.terms)
    }

    /// Returns the terms, the most significant first.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns `true` if the order has no terms.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Compares two messages.
    #[inline]
    #[must_use]
    pub fn compare(&self, left: &F::Message, right: &F::Message) -> Ordering {
        (self.comparison.get_or_init(|| self.comparison()))(left, right)
    }

    #[cold]
    fn comparison(&self) -> Comparison<F::Message> {
        comparison::<F>(&self.terms)
    }

    /// Returns the values of a message for a cursor, one for each term.
    #[must_use]
    pub fn values(&self, message: &F::Message) -> Vec<CursorValue> {
        self.terms.iter().map(|term| value_at::<F>(message, term.path()).into()).collect()
    }
}

impl<F: Fields> Default for OrderBy<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: Fields> Clone for OrderBy<F> {
    fn clone(&self) -> Self {
        Self::from_parts(self.field.clone(), self.terms.clone())
    }
}

impl<F: Fields> PartialEq for OrderBy<F> {
    fn eq(&self, other: &Self) -> bool {
        self.terms == other.terms
    }
}

impl<F: Fields> Eq for OrderBy<F> {}

impl<F: Fields> fmt::Debug for OrderBy<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "OrderBy({self})")
    }
}

/// Writes the canonical form: `author.given_name, create_time desc`.
impl<F: Fields> fmt::Display for OrderBy<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, term) in self.terms.iter().enumerate() {
            if position > 0 {
                formatter.write_str(", ")?;
            }
            term.path.named(F::schema(), '.').fmt(formatter)?;
            if term.direction == Direction::Descending {
                formatter.write_str(" desc")?;
            }
        }
        Ok(())
    }
}
