//! Why a resource was not updated.

use std::fmt;

use crate::violation::Violations;

/// Why a resource was not updated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpdateError {
    /// The request is wrong: `INVALID_ARGUMENT`.
    Invalid(Violations),
    /// The `etag` is not that of the stored resource, or there is none stored: `ABORTED`.
    EtagMismatch {
        /// The full name of the resource's message.
        resource: &'static str,
    },
    /// There is no resource, and the request does not say `allow_missing`: `NOT_FOUND`.
    NotFound {
        /// The full name of the resource's message.
        resource: &'static str,
    },
}

impl UpdateError {
    /// The full name of the resource's message.
    #[must_use]
    pub fn resource(&self) -> &'static str {
        match self {
            Self::Invalid(violations) => violations.resource(),
            Self::EtagMismatch { resource } | Self::NotFound { resource } => resource,
        }
    }
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
            Self::EtagMismatch { resource } => {
                write!(formatter, "the etag is not that of the stored `{resource}`: read it again")
            }
            Self::NotFound { resource } => {
                write!(formatter, "the `{resource}` does not exist, and `allow_missing` is not set")
            }
        }
    }
}

impl std::error::Error for UpdateError {}
