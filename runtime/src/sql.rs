//! SQL for orders, filters and pages: text with bind parameters, in three dialects.
//!
//! The text contains no characters of a request. Values are [bound](Sql::binds), and names come from the messages or from
//! [`Columns`]. The results are the same as in memory:
//!
//! | | SQLite | PostgreSQL | MySQL, MariaDB |
//! |---|---|---|---|
//! | comparison of text by bytes | `COLLATE BINARY` | `COLLATE "C"` | `CAST(CONVERT(… USING utf8mb4) AS BINARY)` |
//! | an unset field | `NULL` | `NULL` | `NULL` |
//! | timestamps, unless set in [`Column`] | integer, microseconds since 1970 | `timestamptz` | `DATETIME(6)` in UTC |
//! | durations, unless set in [`Column`] | integer, microseconds | integer, microseconds | integer, microseconds |
//! | enums | integer | integer | integer |
//!
//! A column must be NULL exactly if its field is unset. For other tables, see [`Column::nullable`] and
//! [`Column::not_null`].
//!
//! MySQL and MariaDB sort by the first bytes of long values. So orders and cursors compare only the first 1000 bytes of
//! text and of `bytes` there. Resources with equal first bytes are sorted by the next field of the order, so the
//! tie-breaker must be unique within 1000 bytes. Filters compare whole values. The server needs a `max_sort_length` of at
//! least 1024, which is the default.
//!
//! This module depends on no driver: binds are plain values, in the order of their placeholders.

mod builder;
mod column;
mod columns;
#[cfg(feature = "filter")]
mod json_path;
mod query_error;
mod shared_column;
pub(crate) mod time;

pub use self::builder::{Builder, Sql, SqlValue};
pub use self::column::{Column, Elements, TimeStorage};
pub use self::columns::Columns;
#[cfg(feature = "filter")]
pub(crate) use self::json_path::{JsonPath, JsonRead};
pub use self::query_error::QueryError;
pub use self::shared_column::SharedColumn;

/// SQL dialect of a family of databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SQLite 3.38 or later, with placeholders `?`.
    Sqlite,
    /// PostgreSQL 12 or later, with placeholders `$1`.
    Postgres,
    /// MySQL 8.0.4 or later, and MariaDB 10.6 or later, with placeholders `?`, on connections with `utf8mb4`.
    MySql,
}

#[cfg(feature = "filter")]
impl Dialect {
    /// Maximum number of placeholders in a statement: the default of `SQLITE_MAX_VARIABLE_NUMBER`, and 16 bits in the
    /// protocols of the other databases.
    const fn max_binds(self) -> usize {
        match self {
            Self::Sqlite => 32_766,
            Self::Postgres | Self::MySql => 65_535,
        }
    }

    /// Maximum number of conditions in a statement. SQLite estimates row counts in 16 bits, and finds no plan for some
    /// statements of 30,000 conditions.
    pub(crate) const fn max_conditions(self) -> usize {
        match self {
            Self::Sqlite => 10_000,
            Self::Postgres | Self::MySql => usize::MAX,
        }
    }
}
