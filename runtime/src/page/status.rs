//! Conversion of errors of tokens to a gRPC status.

use super::token::SealError;
use crate::Status;
use crate::violation::status::internal;

/// `INTERNAL`, because the request is right.
impl From<SealError> for Status {
    fn from(error: SealError) -> Self {
        let (reason, subject) = match error {
            SealError::TooLong(subject) => ("PAGE_TOKEN_TOO_LONG", subject),
            SealError::NoRandomness(subject) => ("NO_RANDOMNESS", subject),
        };
        internal(reason, subject, &error.to_string(), error)
    }
}
