//! Conversion of errors of updates to a gRPC status with the details of `google.rpc` (AIP-193).

use super::error::UpdateError;
use crate::{Code, Status};

/// Converts to a status with the details of `google.rpc`: `ErrorInfo`, and `BadRequest` for an invalid request or
/// `ResourceInfo` for the other errors.
impl From<UpdateError> for Status {
    fn from(error: UpdateError) -> Self {
        let domain = error.subject().domain();
        error.into_status(domain)
    }
}

impl UpdateError {
    /// Converts the error to a status whose `google.rpc.ErrorInfo` has this domain in place of that of the
    /// [subject](Self::subject).
    #[must_use]
    pub fn into_status(self, domain: &str) -> Status {
        let message = self.to_string();
        match self {
            Self::Invalid(violations) => violations.into_status(domain),
            Self::EtagMismatch(resource) => resource.status(Code::Aborted, "ETAG_MISMATCH", domain, message),
            Self::NotFound(resource) => resource.status(Code::NotFound, "RESOURCE_NOT_FOUND", domain, message),
        }
    }
}
