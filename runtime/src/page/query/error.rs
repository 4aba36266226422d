//! Why a page cannot be written as SQL.

use std::fmt;

use crate::violation::Violations;

/// Why a page cannot be written as SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryError {
    /// The request filters or orders by what the table has no column for.
    Request(Violations),
    /// The server itself sorts the list by what the table has no column for: by the tie-breaker or the default order.
    NoColumn {
        /// The field, by the names that lead to it.
        field: String,
    },
}

impl From<Violations> for QueryError {
    fn from(violations: Violations) -> Self {
        Self::Request(violations)
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(violations) => violations.fmt(formatter),
            Self::NoColumn { field } => write!(
                formatter,
                "the list is sorted by `{field}`, which has no column: give it one with `Columns::column`"
            ),
        }
    }
}

impl std::error::Error for QueryError {}

/// `INVALID_ARGUMENT` for the request; `INTERNAL` for the server's own order, whose fields are nothing for the client.
#[cfg(feature = "_grpc")]
impl From<QueryError> for tonic::Status {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Request(violations) => violations.into(),
            error @ QueryError::NoColumn { .. } => {
                let mut status = Self::internal("the page could not be read");
                status.set_source(std::sync::Arc::new(error));
                status
            }
        }
    }
}
