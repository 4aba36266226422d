//! `google.api.field_behavior` (AIP-203): what requests must not change, must hold, and what responses must not show.

mod check;
mod entries;
mod judge;
mod oneof;
mod report;
mod required;
mod strip;
mod truthy;

pub(super) use check::{Renaming, can_refuse, check};
pub(super) use required::check_required;
pub(super) use strip::strip;
