//! Comparison of messages, and masks that are made from messages.
//!
//! | file | content |
//! |---|---|
//! | `equality` | equality of messages, lists and maps, bit by bit |
//! | `diff` | mask of the fields in which two messages differ |
//! | `populated` | mask of the fields that a message has set |
//! | `recorder` | mask of the fields that a deserializer reads |

mod diff;
mod equality;
mod populated;
mod recorder;

pub(super) use diff::diff;
pub use diff::{DiffOptions, MapPaths};
pub(super) use equality::{same, same_lists, same_maps, same_options, same_without_output_only};
pub(super) use populated::{EmptyMessage, populated};
pub use recorder::{RecordError, Recorder};
