//! The messages that are measured, and what the generator says about their fields.
#![allow(missing_docs, reason = "written by the generator")]

use transom::mask::Mask;

/// A mask of books.
pub type BookMask = Mask<Book>;

include!(concat!(env!("OUT_DIR"), "/transom/bench.library.v1.rs"));
