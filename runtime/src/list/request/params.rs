//! Parameters of a list request, as generated code returns them.

use super::count::CountField;
use super::text::TextField;
use crate::fields::{Fields, Path, Step};

/// Parameters of a list request.
#[derive(Debug, Clone, Copy)]
pub struct ListParams<'r> {
    /// `page_size` or `limit`.
    pub size: Param<i64>,
    /// The parameter that sets the start of the page.
    pub start: PageStart<'r>,
    /// `skip`, if the request has it.
    pub skip: Option<Param<i64>>,
    /// `filter`, if the request has it.
    pub filter: Option<Param<&'r str>>,
    /// `order_by`, if the request has it.
    pub order_by: Option<Param<&'r str>>,
}

impl ListParams<'_> {
    /// Creates the parameters of a request that has a size alone.
    #[must_use]
    pub const fn from_size(size: Param<i64>) -> Self {
        Self { size, start: PageStart::Beginning, skip: None, filter: None, order_by: None }
    }
}

/// Start of the page that a request asks for.
#[derive(Debug, Clone, Copy)]
pub enum PageStart<'r> {
    /// The beginning of the list. The request has no field for another start.
    Beginning,
    /// `page_token`
    Token(Param<&'r str>),
    /// `offset`
    Offset(Param<i64>),
}

/// Field of a list request and its value.
#[derive(Debug, Clone, Copy)]
pub struct Param<T> {
    /// The field.
    pub field: FieldIndex,
    /// The value; the default if the field is absent.
    pub value: T,
}

/// Index of a field in the field table of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldIndex(u16);

impl FieldIndex {
    /// Returns the index of the field that a constant of a request names.
    ///
    /// # Panics
    ///
    /// When the path does not name a field of the request itself; in a constant, that is a compile error.
    #[expect(clippy::panic, reason = "generated code calls it in constants, where this is a compile error")]
    #[must_use]
    pub const fn from_path<R, T>(path: &Path<'static, R, T>) -> Self {
        match path.steps() {
            [Step::Field(index)] => Self(*index),
            _ => panic!("a list parameter must be a field of the request itself"),
        }
    }

    /// Returns the bit of the field in `ListRequest::PAGE_FIELDS`.
    ///
    /// # Panics
    ///
    /// When 64 or more fields come before this one; in a constant, that is a compile error.
    #[expect(clippy::panic, reason = "generated code calls it in constants, where this is a compile error")]
    #[must_use]
    pub const fn bit(self) -> u64 {
        if self.0 >= 64 {
            panic!("the fields that select the page must be among the first 64 fields of the request");
        }
        1 << self.0
    }

    /// Returns the name of the field.
    pub(in crate::list) fn name<F: Fields>(self) -> &'static str {
        F::schema().fields().get(usize::from(self.0)).map_or("", |field| field.name)
    }
}

/// Marker of requests with a `page_token`.
#[derive(Debug)]
pub enum ByToken {}

/// Marker of requests with an `offset`, or with a `limit` alone. The page of the latter is the beginning of the list.
#[derive(Debug)]
pub enum ByOffset {}

/// Kind of the parameter that sets the start of the page: [`ByToken`] or [`ByOffset`].
pub trait StartKind: sealed::Sealed {}

impl StartKind for ByToken {}
impl StartKind for ByOffset {}

impl ByToken {
    /// Returns the start of a page for the value of `page_token`.
    pub fn start(field: FieldIndex, token: &impl TextField) -> PageStart<'_> {
        PageStart::Token(Param { field, value: token.text() })
    }
}

impl ByOffset {
    /// Returns the start of a page for the value of `offset`.
    pub fn start(field: FieldIndex, offset: &impl CountField) -> PageStart<'static> {
        PageStart::Offset(Param { field, value: offset.count() })
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::ByToken {}
    impl Sealed for super::ByOffset {}
}
