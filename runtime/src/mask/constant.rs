//! Masks in constants.

use super::typed::Mask;
use crate::fields::{Any, Fields, Path};

/// A mask that is known when the program is built.
///
/// ```ignore
/// const SUMMARY: ConstMask<Book, 2> = ConstMask::new([Book::TITLE.any(), Book::AUTHOR.join(Author::GIVEN_NAME).any()]);
/// SUMMARY.to_mask().project(&mut book);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ConstMask<F, const N: usize> {
    paths: [Path<'static, F, Any>; N],
}

impl<F: Fields, const N: usize> ConstMask<F, N> {
    /// The mask of these paths.
    #[must_use]
    pub const fn new(paths: [Path<'static, F, Any>; N]) -> Self {
        Self { paths }
    }

    /// The mask, to use it: no text is parsed, nothing can fail.
    #[must_use]
    pub fn to_mask(&self) -> Mask<F> {
        Mask::of(self.paths)
    }
}
