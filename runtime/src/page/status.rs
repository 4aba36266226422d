//! Conversion of errors of tokens to a gRPC status.

use tonic::Status;

use super::token::SealError;
use crate::violation::status::internal;

/// `INVALID_ARGUMENT` for the order of the request; `INTERNAL` for all else, because the request is right.
impl From<SealError> for Status {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Order(violations) => violations.into(),
            SealError::TooLong(subject) => internal("PAGE_TOKEN_TOO_LONG", subject, &error.to_string(), error),
            SealError::NoRandomness(subject) => internal("NO_RANDOMNESS", subject, &error.to_string(), error),
        }
    }
}
