//! The same messages with `google.api.field_behavior` on some fields, so that updates have rules to check.
#![allow(missing_docs, reason = "written by the generator")]

use prost::{DecodeError, Message as _};
use transom::mask::Mask;

/// A mask of books with rules.
pub type BookMask = Mask<Book>;

include!(concat!(env!("OUT_DIR"), "/transom/bench.library.annotated.v1.rs"));

/// The same book, with rules: field by field it is the other.
///
/// # Errors
///
/// None, as long as the protos agree.
pub fn book(plain: &super::schema::Book) -> Result<Book, DecodeError> {
    Book::decode(&*plain.encode_to_vec())
}
