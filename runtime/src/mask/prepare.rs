//! Preparation and checks of whole resources (AIP-203).

use super::policy;
use crate::fields::{Behavior, Fields};
use crate::violation::Violations;

/// Makes a resource from a create request ready to be stored: clears what is `OUTPUT_ONLY`, and an `IDENTIFIER`, which
/// the server assigns.
///
/// # Errors
///
/// All `REQUIRED` fields that hold nothing, named by their paths in the resource.
pub fn prepare_create<F: Fields>(resource: &mut F::Message) -> Result<(), Violations> {
    policy::strip::<F>(resource, Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER));
    policy::check_required::<F>(resource)
}

/// Makes a resource ready to be returned: clears what is `INPUT_ONLY`.
pub fn prepare_response<F: Fields>(resource: &mut F::Message) {
    policy::strip::<F>(resource, Behavior::INPUT_ONLY);
}

/// Checks that a resource has all its `REQUIRED` fields, and changes nothing.
///
/// Use it for a resource that is complete but not the content of a create request: one that the server made or imported,
/// or that was stored before a field became `REQUIRED`. [`prepare_create`] makes the same check, after it cleared what
/// the server sets.
///
/// Fields of a message that is not set are not required. `OUTPUT_ONLY` and `IDENTIFIER` fields are not checked, even if
/// they are `REQUIRED`: the server sets them. A message in which only `OUTPUT_ONLY` fields are set counts as empty. An
/// update that is accepted adds no violation: it is checked wherever it writes.
///
/// # Errors
///
/// All `REQUIRED` fields that hold nothing, named by their paths in the resource.
pub fn check_required<F: Fields>(resource: &F::Message) -> Result<(), Violations> {
    policy::check_required::<F>(resource)
}
