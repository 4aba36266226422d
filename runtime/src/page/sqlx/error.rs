//! Why a page could not be fetched.

use std::fmt;

use super::super::query::QueryError;
#[cfg(feature = "_grpc")]
use crate::violation::status::internal;
use crate::violation::{HasViolations, Subject, Violations};

/// Why a page could not be fetched.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchError {
    /// The request, or the order that the server adds to it, asks for what the table has no column for.
    Query(QueryError),
    /// The database failed.
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

/// `INVALID_ARGUMENT` for the request; `INTERNAL` for the server's own order and for the database, without what it said,
/// which is not the client's.
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
