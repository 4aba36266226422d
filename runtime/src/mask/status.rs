//! Errors of updates as a gRPC status, with the details of `google.rpc` (AIP-193).

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, ErrorInfo, StatusExt as _};

use super::error::UpdateError;

impl From<UpdateError> for Status {
    fn from(error: UpdateError) -> Self {
        let message = error.to_string();
        let (code, reason) = match error {
            UpdateError::Invalid(violations) => return violations.into(),
            UpdateError::EtagMismatch => (Code::Aborted, "ETAG_MISMATCH"),
            UpdateError::NotFound => (Code::NotFound, "RESOURCE_NOT_FOUND"),
        };
        let info = ErrorInfo::new(reason, "transom", []);
        let mut details = ErrorDetails::new();
        details.set_error_info(info.reason, info.domain, info.metadata);
        Self::with_error_details(code, message, details)
    }
}
