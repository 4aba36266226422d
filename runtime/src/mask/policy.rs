//! `google.api.field_behavior` (AIP-203): fields that a request must not change, must set, or must not see.
//!
//! | file | content |
//! |---|---|
//! | `check` | the visitor that checks an update or a new resource, and its entry points |
//! | `context` | the state that the check passes down, and the error texts |
//! | `field_check`, `element_check` | checks of single fields, and of list elements and map values |
//! | `emptiness`, `oneof` | fields that are empty, and oneof members that are replaced, after an update |
//! | `report` | the path of the checked field, and the violations so far |
//! | `rules` | the options of an update, as visitors read them |
//! | `strip` | clears the fields with a behavior |

mod check;
mod context;
mod element_check;
mod emptiness;
mod field_check;
mod oneof;
mod report;
mod rules;
mod strip;

pub(super) use check::{check_required, check_update};
pub(super) use context::{IdentifierPolicy, can_reject};
pub(super) use rules::{KEPT, Proto2Required, Rules};
pub(super) use strip::strip;
