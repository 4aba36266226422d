//! What the pages of a method are made from, as types: what does not fit together does not compile.

/// Pages of a list in one order, which the request says and the tie-breakers make total: by the values of the last item,
/// or by an offset.
#[derive(Debug)]
pub enum Sorted {}

/// Pages by an offset, of a collection that has an order of its own. No SQL is made for them, because their order is not
/// known here, and without one a database returns rows as it likes.
#[derive(Debug)]
pub enum OwnOrder {}

/// Pages whose tokens say what the server wants.
#[derive(Debug)]
pub enum Opaque {}

/// [`Sorted`] and [`OwnOrder`]: what the next page starts after is seen from the rows of this one.
pub trait FromRows: sealed::Sealed {}

impl FromRows for Sorted {}
impl FromRows for OwnOrder {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Sorted {}
    impl Sealed for super::OwnOrder {}
}
