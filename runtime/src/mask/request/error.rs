//! Errors of updates.

use std::fmt;

use crate::violation::{HasViolations, NamedResource, Subject, Violations};

/// Error of an update. The resource has not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpdateError {
    /// The request is not valid: `INVALID_ARGUMENT`.
    Invalid(Violations),
    /// The `etag` is not that of the stored resource, or no resource is stored: `ABORTED`.
    EtagMismatch(NamedResource),
    /// The resource does not exist, and the request does not set `allow_missing`: `NOT_FOUND`.
    NotFound(NamedResource),
}

impl UpdateError {
    /// Returns the identity of the error.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self {
            Self::Invalid(violations) => violations.subject(),
            Self::EtagMismatch(resource) | Self::NotFound(resource) => resource.subject,
        }
    }
}

impl From<Violations> for UpdateError {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl HasViolations for UpdateError {
    fn into_violations(self) -> Result<Violations, Self> {
        match self {
            Self::Invalid(violations) => Ok(violations),
            other => Err(other),
        }
    }
}

impl fmt::Display for UpdateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => violations.fmt(formatter),
            Self::EtagMismatch(resource) => {
                write!(formatter, "the etag is not that of the stored {resource}: read it again")
            }
            Self::NotFound(resource) => {
                write!(formatter, "the {resource} does not exist, and `allow_missing` is not set")
            }
        }
    }
}

impl std::error::Error for UpdateError {}
