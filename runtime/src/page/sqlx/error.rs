//! Why a page could not be fetched.

use std::fmt;

use super::super::query::QueryError;
use crate::violation::Violations;

/// Why a page could not be fetched.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchError {
    /// The request, or the order that the server adds to it, asks for what the table has no column for.
    Query(QueryError),
    /// The database failed.
    Database(sqlx::Error),
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

impl From<sqlx::Error> for FetchError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(error) => error.fmt(formatter),
            Self::Database(error) => write!(formatter, "the page could not be read: {error}"),
        }
    }
}

impl std::error::Error for FetchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Query(error) => error.source(),
            Self::Database(error) => error.source(),
        }
    }
}

/// `INVALID_ARGUMENT` for the request; `INTERNAL` for the server's own order and for the database, without what it said,
/// which is not the client's.
#[cfg(feature = "_grpc")]
impl From<FetchError> for tonic::Status {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Query(error) => error.into(),
            FetchError::Database(_) => {
                let mut status = Self::internal("the page could not be read");
                status.set_source(std::sync::Arc::new(error));
                status
            }
        }
    }
}
