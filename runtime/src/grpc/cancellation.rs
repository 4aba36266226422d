//! Passes the status `CANCELLED` through tonic's reader of requests.
//!
//! tonic's reader treats an error with this code as the regular end of a request.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use tonic::{Code, Status};

/// Source of a status with another code. Holds the original status.
#[derive(Debug)]
struct HiddenStatus(Status);

impl fmt::Display for HiddenStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Error for HiddenStatus {}

/// Hides `CANCELLED` inside a status with another code. Returns every other status unchanged.
pub(crate) fn hide(status: Status) -> Status {
    if status.code() != Code::Cancelled {
        return status;
    }
    let mut wrapper = Status::unknown(status.message());
    wrapper.set_source(Arc::new(HiddenStatus(status)));
    wrapper
}

/// Returns the status that [`hide`] has hidden. Returns every other status unchanged.
pub(crate) fn reveal(status: Status) -> Status {
    let hidden = status.source().and_then(|source| source.downcast_ref::<HiddenStatus>());
    hidden.map(|HiddenStatus(status)| status.clone()).unwrap_or(status)
}
