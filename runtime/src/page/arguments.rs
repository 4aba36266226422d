//! What generated code tells of a list request: which of its fields say which page, and what they hold. Nothing of it is
//! for people, who have `Page`.

use super::count::Count;
use crate::fields::{Fields, Path, Step};
use crate::paged::Text;

/// A request has a `page_token`.
#[derive(Debug)]
pub enum ByToken {}

/// A request has an `offset`, or no more than a `limit`: then its page is the front of the list.
#[derive(Debug)]
pub enum ByOffset {}

impl ByToken {
    /// Where a token lets the page start.
    pub fn start(position: Position, token: &impl Text) -> Start<'_> {
        Start::Token(Argument { position, value: token.text() })
    }
}

impl ByOffset {
    /// Where an offset lets the page start.
    pub fn start(position: Position, offset: &impl Count) -> Start<'static> {
        Start::Offset(Argument { position, value: offset.count() })
    }
}

/// [`ByToken`] and [`ByOffset`].
pub trait Paging: sealed::Sealed {}

impl Paging for ByToken {}
impl Paging for ByOffset {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::ByToken {}
    impl Sealed for super::ByOffset {}
}

/// What a list request says.
#[derive(Debug, Clone, Copy)]
pub struct Arguments<'r> {
    /// `page_size` or `limit`.
    pub size: Argument<i64>,
    /// Where the page starts.
    pub start: Start<'r>,
    /// `skip`, where the request has it.
    pub skip: Option<Argument<i64>>,
    /// `filter`, where the request has it.
    pub filter: Option<Argument<&'r str>>,
    /// `order_by`, where the request has it.
    pub order_by: Option<Argument<&'r str>>,
}

impl Arguments<'_> {
    /// The front of the whole list, to add the rest to.
    #[must_use]
    pub const fn of(size: Argument<i64>) -> Self {
        Self { size, start: Start::Beginning, skip: None, filter: None, order_by: None }
    }
}

/// Where the page of a request starts.
#[derive(Debug, Clone, Copy)]
pub enum Start<'r> {
    /// At the beginning, always: the request has no field that says anything else.
    Beginning,
    /// `page_token`
    Token(Argument<&'r str>),
    /// `offset`
    Offset(Argument<i64>),
}

/// The value of a field, and which field it is.
#[derive(Debug, Clone, Copy)]
pub struct Argument<T> {
    /// The field.
    pub position: Position,
    /// The value; the default where it is absent.
    pub value: T,
}

/// A field of a request by its position in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position(u16);

impl Position {
    /// The position as a bit of `ListRequest::UNBOUND`.
    ///
    /// # Panics
    ///
    /// For the 65th field and later ones; in a constant, that is a compile error.
    #[expect(clippy::panic, reason = "generated code calls it in constants, where this is a compile error")]
    #[must_use]
    pub const fn bit(self) -> u64 {
        if self.0 >= 64 {
            panic!("the fields of a list request that say which page are among its first 64");
        }
        1 << self.0
    }

    /// The field's name.
    pub(super) fn name<F: Fields>(self) -> &'static str {
        F::schema().fields().get(usize::from(self.0)).map_or("", |field| field.name)
    }
}

/// The field that a constant of a request leads to.
///
/// # Panics
///
/// When the path does not lead to a field of the request itself; in a constant, that is a compile error.
#[expect(clippy::panic, reason = "generated code calls it in constants, where this is a compile error")]
#[must_use]
pub const fn position<R, T>(path: &Path<'static, R, T>) -> Position {
    match path.steps() {
        [Step::Field(index)] => Position(*index),
        _ => panic!("an argument of a list request is one of its own fields"),
    }
}
