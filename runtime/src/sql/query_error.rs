//! Error of an order, a filter or a page that cannot be written as SQL.

use std::fmt;

use super::SharedColumn;
#[cfg(feature = "_grpc")]
use crate::violation::status::internal;
use crate::violation::{HasViolations, Subject, Violations};

/// Error of an order, a filter or a page that cannot be written as SQL.
///
/// | variant | gRPC status |
/// |---|---|
/// | [`Request`](Self::Request) | `INVALID_ARGUMENT` |
/// | [`NoColumn`](Self::NoColumn), [`SharedColumn`](Self::SharedColumn) | `INTERNAL`, without the cause |
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryError {
    /// The request filters or sorts by a field that has no column.
    Request(Violations),
    /// The server sorts by a field that has no column: the tie-breaker or the default order.
    NoColumn {
        /// The field, as names joined with dots.
        field: String,
        /// The subject of the error.
        subject: Subject,
    },
    /// The request or the server uses a field that shares its column with another field.
    SharedColumn {
        /// The fields and the column.
        shared: SharedColumn,
        /// The subject of the error.
        subject: Subject,
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
            Self::NoColumn { field, .. } => write!(
                formatter,
                "the list is sorted by `{field}`, which has no column: set its column with `Columns::column`"
            ),
            Self::SharedColumn { shared, .. } => shared.fmt(formatter),
        }
    }
}

impl std::error::Error for QueryError {}

impl HasViolations for QueryError {
    fn into_violations(self) -> Result<Violations, Self> {
        match self {
            Self::Request(violations) => Ok(violations),
            error @ (Self::NoColumn { .. } | Self::SharedColumn { .. }) => Err(error),
        }
    }
}

/// Converts violations of the request to `INVALID_ARGUMENT`, and errors of the server's order and columns to `INTERNAL`.
#[cfg(feature = "_grpc")]
impl From<QueryError> for crate::Status {
    fn from(error: QueryError) -> Self {
        const MESSAGE: &str = "the query could not be created";
        match error {
            QueryError::Request(violations) => violations.into(),
            QueryError::NoColumn { subject, .. } => internal("COLUMN_MISSING", subject, MESSAGE, error),
            QueryError::SharedColumn { subject, .. } => internal("COLUMN_SHARED", subject, MESSAGE, error),
        }
    }
}
