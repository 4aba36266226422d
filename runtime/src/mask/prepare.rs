//! What creating a resource and answering with one ask of it (AIP-203).

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
