//! Errors of page tokens: the cause of a rejected token, and the errors of a token that cannot be created.

use std::fmt;

use crate::violation::Subject;
#[cfg(feature = "_grpc")]
use crate::violation::status::internal;

/// Cause of a rejected page token, for the log of the server.
///
/// The client learns only that the token is invalid, because the cause would help to forge one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The token has more than 4096 characters.
    TooLong,
    /// The token is not base64, or is too short.
    Malformed,
    /// The token has the format of another version.
    UnknownVersion,
    /// The key is not on the key ring.
    UnknownKey,
    /// The token was changed, or is for another method, principal, request or order.
    NotAuthentic,
    /// The age of the token is above the validity, or the token is that far in the future.
    Expired,
    /// The cursor has another kind, or other values, than the server expects now.
    OtherCursor,
}

/// Error of a page token that cannot be created.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SealError {
    /// The token would be longer than 4096 characters. Only custom cursors can be this long.
    TooLong(Subject),
    /// The operating system returned no random bytes.
    NoRandomness(Subject),
}

impl Refusal {
    /// Returns the cause in a few words, for logs and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLong => "too long",
            Self::Malformed => "malformed",
            Self::UnknownVersion => "unknown version",
            Self::UnknownKey => "unknown key",
            Self::NotAuthentic => "not authentic",
            Self::Expired => "expired",
            Self::OtherCursor => "other cursor",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Display for SealError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::TooLong(_) => "the page token would have more than 4096 characters",
            Self::NoRandomness(_) => "the operating system returned no random bytes to seal a page token with",
        })
    }
}

impl std::error::Error for SealError {}

/// Converts the error to `INTERNAL`, because the request is valid.
#[cfg(feature = "_grpc")]
impl From<SealError> for crate::Status {
    fn from(error: SealError) -> Self {
        let (reason, subject) = match error {
            SealError::TooLong(subject) => ("PAGE_TOKEN_TOO_LONG", subject),
            SealError::NoRandomness(subject) => ("NO_RANDOMNESS", subject),
        };
        internal(reason, subject, &error.to_string(), error)
    }
}
