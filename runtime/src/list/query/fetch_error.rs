//! Error of a page that cannot be fetched.

use std::fmt;

use crate::sql::QueryError;
#[cfg(feature = "_grpc")]
use crate::violation::status::internal;
use crate::violation::{HasViolations, Subject, Violations};

/// Error of a page that cannot be fetched.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchError {
    /// The page cannot be written as SQL.
    Query(QueryError),
    /// The database failed, or a row cannot be read.
    Database(sqlx::Error, Subject),
}

impl From<QueryError> for FetchError {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl From<Violations> for FetchError {
    fn from(violations: Violations) -> Self {
        Self::Query(violations.into())
    }
}

impl HasViolations for FetchError {
    fn into_violations(self) -> Result<Violations, Self> {
        match self {
            Self::Query(error) => error.into_violations().map_err(Self::Query),
            error @ Self::Database(..) => Err(error),
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(error) => error.fmt(formatter),
            Self::Database(error, _) => write!(formatter, "the page could not be read: {error}"),
        }
    }
}

impl std::error::Error for FetchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Query(error) => error.source(),
            Self::Database(error, _) => error.source(),
        }
    }
}

/// Converts violations of the request to `INVALID_ARGUMENT`, and all other errors to `INTERNAL`. The message of the
/// database is not sent to the client.
#[cfg(feature = "_grpc")]
impl From<FetchError> for crate::Status {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Query(error) => error.into(),
            FetchError::Database(_, subject) => {
                internal("DATABASE_FAILED", subject, "the page could not be read", error)
            }
        }
    }
}
