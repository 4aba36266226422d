//! Masks in constants.

use crate::fields::{Any, Fields, Path};
use crate::mask::field_mask::Mask;

/// Mask that is known at compile time.
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
    /// Creates the mask of these paths.
    #[must_use]
    pub const fn new(paths: [Path<'static, F, Any>; N]) -> Self {
        Self { paths }
    }

    /// Returns the mask. No text is parsed.
    #[must_use]
    pub fn to_mask(&self) -> Mask<F> {
        Mask::from_paths(self.paths)
    }
}
