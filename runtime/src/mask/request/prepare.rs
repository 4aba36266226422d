//! Preparation of resources before they are stored or returned (AIP-203).

use crate::fields::{Behavior, Fields};
use crate::mask::policy;
use crate::violation::Violations;

/// Prepares the resource of a create request to be stored. Clears `OUTPUT_ONLY` fields, and the `IDENTIFIER`, which the
/// server assigns.
///
/// # Errors
///
/// Returns all `REQUIRED` fields that are not set, by their paths in the resource.
pub fn prepare_create<F: Fields>(resource: &mut F::Message) -> Result<(), Violations> {
    policy::strip::<F>(resource, Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER));
    policy::check_required::<F>(resource)
}

/// Prepares a resource to be returned. Clears `INPUT_ONLY` fields.
pub fn prepare_response<F: Fields>(resource: &mut F::Message) {
    policy::strip::<F>(resource, Behavior::INPUT_ONLY);
}
