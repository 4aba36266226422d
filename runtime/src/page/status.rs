//! Errors of the server itself as a gRPC status.

use tonic::Status;

use super::token::SealError;

/// `INTERNAL`: the request is right.
impl From<SealError> for Status {
    fn from(error: SealError) -> Self {
        Self::internal(error.to_string())
    }
}
