//! What creating a resource and answering with one ask of it (AIP-203).

use super::policy::{self, Renaming};
use super::select::Selected;
use crate::fields::{Behavior, Fields};
use crate::violation::{Violation, Violations};

/// Makes a resource from a create request ready to be stored: clears what is `OUTPUT_ONLY`, and an `IDENTIFIER`, which
/// the server assigns.
///
/// # Errors
///
/// All `REQUIRED` fields that hold nothing, named by their paths in the resource.
pub fn prepare_create<F: Fields>(resource: &mut F::Message) -> Result<(), Violations> {
    policy::strip::<F>(resource, Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER));
    Violations::check(F::schema().name(), missing::<F>(resource))
}

/// Makes a resource ready to be returned: clears what is `INPUT_ONLY`.
pub fn prepare_response<F: Fields>(resource: &mut F::Message) {
    policy::strip::<F>(resource, Behavior::INPUT_ONLY);
}

/// The `REQUIRED` fields of a new resource that hold nothing.
pub(super) fn missing<F: Fields>(resource: &F::Message) -> Vec<Violation> {
    policy::check::<F>(None, resource, Selected::everything(), Renaming::Ignored)
}
