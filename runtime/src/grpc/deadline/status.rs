//! Status of a call after its deadline.

use tonic::Status;

#[cfg(feature = "server")]
use super::instant::Deadline;

/// Returns the status of a call whose deadline has passed.
pub(crate) fn exceeded() -> Status {
    Status::deadline_exceeded("the deadline of the call has passed")
}

/// Checks that the deadline of a call has not passed.
///
/// # Errors
///
/// `DEADLINE_EXCEEDED` if it has.
#[cfg(feature = "server")]
pub(crate) fn check(deadline: Option<Deadline>) -> Result<(), Status> {
    match deadline {
        Some(deadline) if deadline.is_expired() => Err(exceeded()),
        _ => Ok(()),
    }
}
