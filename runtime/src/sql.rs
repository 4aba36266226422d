//! SQL that orders and filters become: text with bind parameters, for three families of databases.
//!
//! No character of a request stands in the text: values are [binds](Sql::binds), and names come from the messages or from
//! [`Columns`]. The answers are those of the comparison in memory:
//!
//! | | SQLite | PostgreSQL | MySQL, MariaDB |
//! |---|---|---|---|
//! | text is compared by its bytes | `COLLATE BINARY` | `COLLATE "C"` | `CAST(CONVERT(… USING utf8mb4) AS BINARY)` |
//! | an unset field | `NULL` | `NULL` | `NULL` |
//! | timestamps, unless [`Column`] says otherwise | integer, microseconds since 1970 | `timestamptz` | `DATETIME(6)` in UTC |
//! | durations, unless [`Column`] says otherwise | integer, microseconds | integer, microseconds | integer, microseconds |
//! | enums | integer | integer | integer |
//!
//! A column is NULL exactly where its field is unset: [`Column`] says what to do where a table is otherwise.
//!
//! MySQL and MariaDB sort by the beginnings of long values. So orders, and what comes after a cursor, see 1000 bytes of
//! text and of bytes there, and resources that have these in common are sorted by the next field of the order: the
//! tie-breaker has to differ within them. Filters compare all of a value. They need the `max_sort_length` of
//! 1024 that servers have if nothing else is set, or more.
//!
//! This module knows no driver: binds are plain values, in the order of their place holders.

mod builder;
mod column;
mod columns;
#[cfg(feature = "filter")]
mod json_path;
mod shared;
pub(crate) mod time;

pub use builder::{Builder, Sql, SqlValue};
pub use column::{Column, Elements, TimeStorage};
pub use columns::Columns;
#[cfg(feature = "filter")]
pub(crate) use json_path::{JsonPath, JsonRead};
pub use shared::SharedColumn;

/// A family of databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SQLite 3.38 or later, with place holders `?`.
    Sqlite,
    /// PostgreSQL 12 or later, with place holders `$1`.
    Postgres,
    /// MySQL 8.0.4 or later, and MariaDB 10.6 or later, with place holders `?`, on connections with `utf8mb4`.
    MySql,
}

#[cfg(feature = "filter")]
impl Dialect {
    /// The most place holders of one statement: `SQLITE_MAX_VARIABLE_NUMBER` unless SQLite was built with another, and 16
    /// bits in the protocols of the others.
    const fn max_binds(self) -> usize {
        match self {
            Self::Sqlite => 32_766,
            Self::Postgres | Self::MySql => 65_535,
        }
    }

    /// The most conditions of one statement. SQLite estimates the rows that are left in 16 bits, and finds no plan for some
    /// 30,000 conditions.
    pub(crate) const fn max_conditions(self) -> usize {
        match self {
            Self::Sqlite => 10_000,
            Self::Postgres | Self::MySql => usize::MAX,
        }
    }
}
