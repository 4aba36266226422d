//! The status `CANCELLED` on its way through tonic's reader of requests.
//!
//! That reader takes an error with this code for the regular end of a request.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use tonic::{Code, Status};

/// A status that tonic must not see.
#[derive(Debug)]
struct Cancellation(Status);

impl fmt::Display for Cancellation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Error for Cancellation {}

/// Hides `CANCELLED` inside a status with another code. Other statuses are returned as they are.
pub(crate) fn hide(status: Status) -> Status {
    if status.code() != Code::Cancelled {
        return status;
    }
    let mut wrapper = Status::unknown(status.message());
    wrapper.set_source(Arc::new(Cancellation(status)));
    wrapper
}

/// Returns the status that [`hide`] has wrapped. Other statuses are returned as they are.
pub(crate) fn reveal(status: Status) -> Status {
    let hidden = status.source().and_then(|source| source.downcast_ref::<Cancellation>());
    hidden.map(|Cancellation(status)| status.clone()).unwrap_or(status)
}
