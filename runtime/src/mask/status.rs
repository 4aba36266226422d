//! Errors of updates as a gRPC status, with the details of `google.rpc` (AIP-193).

use tonic::{Code, Status};
use tonic_types::ErrorDetails;

use super::error::UpdateError;
use crate::violation::status::{Cause, package};

/// With the package of the resource as the domain of the error.
impl From<UpdateError> for Status {
    fn from(error: UpdateError) -> Self {
        let domain = package(error.resource());
        error.into_status(domain)
    }
}

impl UpdateError {
    /// The error as a status whose `google.rpc.ErrorInfo` has this domain: the name of the service, as AIP-193 wants it,
    /// for example `library.example.com`.
    #[must_use]
    pub fn into_status(self, domain: &str) -> Status {
        let (message, resource) = (self.to_string(), self.resource());
        let (code, reason) = match self {
            Self::Invalid(violations) => return violations.into_status(domain),
            Self::EtagMismatch { .. } => (Code::Aborted, "ETAG_MISMATCH"),
            Self::NotFound { .. } => (Code::NotFound, "RESOURCE_NOT_FOUND"),
        };
        let cause = Cause { reason, domain, resource, known: Vec::new() };
        cause.status(code, message, ErrorDetails::new())
    }
}
