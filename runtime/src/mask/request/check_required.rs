//! Check of the `REQUIRED` fields of a message (AIP-203).

use crate::fields::Fields;
use crate::mask::policy;
use crate::violation::Violations;

/// Message whose `REQUIRED` fields can be checked: every message with a field table of its own.
///
/// The generator describes the requests that have `REQUIRED` fields, and the messages in them that have some.
pub trait CheckRequired: Fields<Message = Self> {
    /// Checks that each `REQUIRED` field is set, at any depth below messages that are present.
    ///
    /// A field is not set if it is zero, `false` or without text, or a message without a set field. `OUTPUT_ONLY` and
    /// `IDENTIFIER` fields are set by the server and are skipped. The resource of an update request must be present. Its
    /// fields are checked by [`apply_to`](super::UpdateRequest::apply_to), because the mask of the request selects which
    /// of them count.
    ///
    /// ```ignore
    /// let mut violations = Collector::new(Subject::from_fields::<CreateBookRequest>());
    /// violations.keep(request.check_required());
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the fields that are not set.
    fn check_required(&self) -> Result<(), Violations> {
        policy::check_required::<Self>(self)
    }
}

impl<F: Fields<Message = F>> CheckRequired for F {}

/// Checks that a resource has all its `REQUIRED` fields. Changes nothing.
///
/// Same as [`CheckRequired::check_required`], for any field table `F`, also that of a message of another package.
///
/// Use it for a resource that does not come from a create request: an imported resource, or one that was stored before a
/// field became `REQUIRED`. [`prepare_create`](super::prepare_create) includes this check.
///
/// An update that is accepted adds no violation, because an update is checked wherever it writes.
///
/// # Errors
///
/// Returns all `REQUIRED` fields that are not set, by their paths in the resource.
pub fn check_required_fields<F: Fields>(resource: &F::Message) -> Result<(), Violations> {
    policy::check_required::<F>(resource)
}
