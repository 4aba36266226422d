//! Text helpers that parsers and error messages share.

#[cfg(feature = "filter")]
pub(crate) mod base64;
#[cfg(feature = "_lists")]
pub(crate) mod calendar;
#[cfg(any(feature = "mask", feature = "_lists"))]
pub(crate) mod nearest;
#[cfg(feature = "_lists")]
pub(crate) mod scanner;
