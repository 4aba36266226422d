//! Why a resource was not updated.

use std::fmt;

use crate::violation::Violations;

/// Why a resource was not updated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpdateError {
    /// The request is wrong: `INVALID_ARGUMENT`.
    Invalid(Violations),
    /// The `etag` is not that of the stored resource: `ABORTED`.
    EtagMismatch,
    /// There is no resource, and the request does not say `allow_missing`: `NOT_FOUND`.
    NotFound,
}

impl From<Violations> for UpdateError {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl fmt::Display for UpdateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => violations.fmt(formatter),
            Self::EtagMismatch => formatter.write_str("the etag is not that of the stored resource: read it again"),
            Self::NotFound => formatter.write_str("the resource does not exist, and `allow_missing` is not set"),
        }
    }
}

impl std::error::Error for UpdateError {}
