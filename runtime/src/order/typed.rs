//! An order of a resource.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::compare::{Comparison, comparison};
use super::term::Terms;
use super::{CursorValue, Direction, OrderByOptions, Term, parse};
use crate::field_path::FieldPath;
use crate::fields::{Fields, Path, Scalar, value_at};

use crate::violation::Violations;

/// The fields that resources `F` are sorted by, the first one first.
///
/// ```ignore
/// let order = OrderBy::<Book>::parse(&request.order_by)?.with_tie_breaker(Book::NAME);
/// books.sort_by(|left, right| order.compare(left, right));
/// ```
pub struct OrderBy<F: Fields> {
    /// What the field of the request is called, for violations that are found later.
    pub(super) field: Cow<'static, str>,
    terms: Terms,
    /// Made when messages are first compared: what goes to a database needs none.
    comparison: OnceLock<Comparison<F::Message>>,
    resource: PhantomData<fn(F)>,
}

impl<F: Fields> OrderBy<F> {
    /// No order: everything is equal.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Cow::Borrowed("order_by"), Terms::new())
    }

    /// The order that a request asks for, under the default [`OrderByOptions`].
    ///
    /// # Errors
    ///
    /// All that is wrong with the text, each with its position in bytes.
    pub fn parse(text: &str) -> Result<Self, Violations> {
        Self::parse_with(text, &OrderByOptions::default())
    }

    /// The order that a request asks for.
    ///
    /// # Errors
    ///
    /// All that is wrong with the text, each with its position in bytes.
    pub fn parse_with(text: &str, options: &OrderByOptions<F>) -> Result<Self, Violations> {
        let mut order = Self::of(options.field.clone(), Terms::new());
        parse::parse(text, F::schema(), options, &mut order.terms)?;
        Ok(order)
    }

    /// As the field of a request that is called so.
    #[cfg(feature = "page")]
    pub(crate) fn in_field(self, name: &'static str) -> Self {
        Self { field: Cow::Borrowed(name), ..self }
    }

    fn of(field: Cow<'static, str>, terms: Terms) -> Self {
        Self { field, terms, comparison: OnceLock::new(), resource: PhantomData }
    }

    /// Then by this field, the least first.
    ///
    /// # Panics
    ///
    /// When the path leads to elements of a list or to values of a map, or was not made by generated code and leads to what
    /// has no order.
    #[must_use]
    pub fn asc(self, path: Path<'_, F, Scalar>) -> Self {
        self.then(FieldPath::of(&path), Direction::Ascending)
    }

    /// Then by this field, the greatest first.
    ///
    /// # Panics
    ///
    /// When the path leads to elements of a list or to values of a map, or was not made by generated code and leads to what
    /// has no order.
    #[must_use]
    pub fn desc(self, path: Path<'_, F, Scalar>) -> Self {
        self.then(FieldPath::of(&path), Direction::Descending)
    }

    /// Makes the order total: resources that are equal so far are sorted by this field, which must be different in each,
    /// such as the resource's name. It changes nothing if it is a term already. MySQL and MariaDB sort by the first 1000
    /// bytes, so it has to be different in these ([`crate::sql`]).
    ///
    /// # Panics
    ///
    /// When the path leads to elements of a list or to values of a map, or was not made by generated code and leads to what
    /// has no order.
    #[must_use]
    pub fn with_tie_breaker(self, path: Path<'_, F, Scalar>) -> Self {
        self.then(FieldPath::of(&path), Direction::Ascending)
    }

    /// A second term of one field would never be looked at, so it is left out.
    #[expect(clippy::panic, reason = "a mistake in code, never in a request")]
    fn then(mut self, path: FieldPath, direction: Direction) -> Self {
        if self.terms.iter().all(|term| term.path != path) {
            match parse::term(F::schema(), &path, direction) {
                Ok(term) => self.terms.push(term),
                // Left out of an order, it would let pages lose rows.
                Err(why) => {
                    let schema = F::schema();
                    panic!("there is no order by `{}` of `{}`, which {why}", path.named(schema, '.'), schema.name())
                }
            }
        }
        Self::of(self.field, self.terms)
    }

    /// The fields and their directions.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether there is no order.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Which of two messages comes first.
    #[inline]
    #[must_use]
    pub fn compare(&self, left: &F::Message, right: &F::Message) -> Ordering {
        (self.comparison.get_or_init(|| self.comparison()))(left, right)
    }

    #[cold]
    fn comparison(&self) -> Comparison<F::Message> {
        comparison::<F>(&self.terms)
    }

    /// The values of a message that its place in the order depends on, one for each term.
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
        Self::of(self.field.clone(), self.terms.clone())
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

/// The one form of the order: `author.given_name, create_time desc`.
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
