//! Why a page cannot be written as SQL.

use std::fmt;

use crate::sql::SharedColumn;
#[cfg(feature = "_grpc")]
use crate::violation::status::internal;
use crate::violation::{HasViolations, Subject, Violations};

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
        /// The identity of the error.
        subject: Subject,
    },
    /// Two fields have one column by their names, and the request or the server uses one of them.
    SharedColumn {
        /// The fields and the column.
        shared: SharedColumn,
        /// The identity of the error.
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
                "the list is sorted by `{field}`, which has no column: give it one with `Columns::column`"
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

/// `INVALID_ARGUMENT` for the request; `INTERNAL` for the server's own order and columns, which clients do not see.
#[cfg(feature = "_grpc")]
impl From<QueryError> for crate::Status {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Request(violations) => violations.into(),
            QueryError::NoColumn { subject, .. } => {
                internal("COLUMN_MISSING", subject, "the page could not be read", error)
            }
            QueryError::SharedColumn { subject, .. } => {
                internal("COLUMN_SHARED", subject, "the page could not be read", error)
            }
        }
    }
}
