//! Errors of tokens as a gRPC status.

use tonic::Status;

use super::token::SealError;

/// `INVALID_ARGUMENT` for the order of the request; `INTERNAL` for all else, because the request is right.
impl From<SealError> for Status {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Order(violations) => violations.into(),
            error => Self::internal(error.to_string()),
        }
    }
}
