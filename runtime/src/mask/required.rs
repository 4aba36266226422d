//! Check of the `REQUIRED` fields of a request (AIP-203).

use super::policy;
use crate::fields::Fields;
use crate::violation::Violations;

/// A message whose `REQUIRED` fields can be checked: each one that has a table of its own.
///
/// The generator describes the requests that have `REQUIRED` fields, and the messages in them that do.
pub trait CheckRequired: Fields<Message = Self> {
    /// Checks that each `REQUIRED` field holds something, at any depth below messages that are set.
    ///
    /// A field that is zero, `false` or without text is empty, and so is a message in which everything is empty.
    /// `OUTPUT_ONLY` fields and an `IDENTIFIER` are set by the server and are skipped. The resource of an update request
    /// must be present, and no field of it is checked here, because the mask of the request selects which of them
    /// count: [`apply_to`](super::UpdateRequest::apply_to) checks those.
    ///
    /// ```ignore
    /// let mut violations = Collector::new(Subject::from_fields::<CreateBookRequest>());
    /// violations.keep(request.check_required());
    /// ```
    ///
    /// # Errors
    ///
    /// The fields that are empty.
    fn check_required(&self) -> Result<(), Violations> {
        policy::check_required::<Self>(self)
    }
}

impl<F: Fields<Message = F>> CheckRequired for F {}
