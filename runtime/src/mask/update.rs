//! Application of a selection to a message.
//!
//! | file | content |
//! |---|---|
//! | `transfer` | entry points: checked update, and assignment without checks |
//! | `apply` | the visitor of the stored message |
//! | `apply_elements` | list elements, map values and new messages that are selected in part |
//! | `replace` | lists and maps that are selected whole |
//! | `merge` | messages that are merged, under [`Messages::Merge`](super::Messages::Merge) |
//! | `source` | values of the request: copied or moved |
//!
//! `apply`, `apply_elements`, `merge` and `replace` call each other, because messages contain messages.

mod apply;
mod apply_elements;
mod merge;
mod replace;
mod source;
mod transfer;

pub(super) use source::{ByMove, ByRef};
pub(super) use transfer::{ASSIGN, COPY, assign, check, update};
