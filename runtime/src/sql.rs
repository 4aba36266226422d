//! SQL that orders and filters become: text with bind parameters, for three families of databases.
//!
//! No character of a request stands in the text: values are [binds](Sql::binds), and names come from the messages or from
//! [`Columns`]. The answers are those of the comparison in memory:
//!
//! | | SQLite | PostgreSQL | MySQL, MariaDB |
//! |---|---|---|---|
//! | text is compared by its bytes | as `BINARY`, the default collation | `COLLATE "C"` | `CAST(… AS BINARY)` |
//! | an unset field | `NULL` | `NULL` | `NULL` |
//! | timestamps, unless [`Column`] says otherwise | integer, microseconds since 1970 | `timestamptz` | `DATETIME(6)` in UTC |
//! | durations, unless [`Column`] says otherwise | integer, microseconds | integer, microseconds | integer, microseconds |
//! | enums | integer | integer | integer |
//!
//! This module knows no driver: binds are plain values, in the order of their place holders.

mod builder;
mod column;
mod columns;
pub(crate) mod time;

pub use builder::{Builder, Sql, SqlValue};
pub use column::{Column, Elements, TimeStorage};
pub use columns::Columns;

/// A family of databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SQLite 3.38 or later, with place holders `?`.
    Sqlite,
    /// PostgreSQL 12 or later, with place holders `$1`.
    Postgres,
    /// MySQL 8.0.4 or later, and MariaDB 10.6 or later, with place holders `?`.
    MySql,
}
