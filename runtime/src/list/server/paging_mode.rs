//! Paging modes: type parameters of `Pages` and `Page`, so that unsuitable methods do not compile.

/// Pages of a list in a total order: the order of the request, and then the tie-breakers. The cursor is the last item of
/// the page, or an offset.
#[derive(Debug)]
pub enum TotalOrder {}

/// Pages by offset, of a collection that has an order of its own.
///
/// Such pages have no SQL, because their order is not known here. Without an `ORDER BY`, a database returns rows in any
/// order.
#[derive(Debug)]
pub enum OwnOrder {}

/// Pages whose cursors are bytes of the server.
#[derive(Debug)]
pub enum CustomCursor {}

/// Modes in which the rows of a page determine the cursor of the next page: [`TotalOrder`] and [`OwnOrder`].
pub trait CursorFromRows: sealed::Sealed {}

impl CursorFromRows for TotalOrder {}
impl CursorFromRows for OwnOrder {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::TotalOrder {}
    impl Sealed for super::OwnOrder {}
}
