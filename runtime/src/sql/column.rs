//! What a field is in a table.

use super::Dialect;

/// Where a field stands in a table, and in what form.
///
/// A text is the name of a column: `"created_at".into()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub(super) source: Source,
    pub(super) time: TimeStorage,
    pub(super) elements: Option<Elements>,
    pub(super) is_bytewise: bool,
    pub(super) is_not_null: bool,
}

/// What is written for the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A name, which is quoted.
    Name(String),
    /// SQL as it is.
    Expression(String),
    /// SQL that is one word already.
    Raw(String),
}

/// The form of a column for `google.protobuf.Timestamp` or `google.protobuf.Duration`.
///
/// A value between two that the column can hold is compared as in memory: `> 0.0000015s` is `> 1` in microseconds, and
/// `= 0.0000015s` holds for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TimeStorage {
    /// The type that the database has: `timestamptz` of PostgreSQL, `DATETIME(6)` in UTC of MySQL. What has none is
    /// stored as [`TimeStorage::Micros`]: timestamps in SQLite, and durations everywhere.
    #[default]
    Native,
    /// An integer: seconds since 1970.
    Seconds,
    /// An integer: milliseconds since 1970.
    Millis,
    /// An integer: microseconds since 1970.
    Micros,
    /// An integer: nanoseconds since 1970.
    Nanos,
    /// Text in UTC with nine digits, `2024-01-01T00:00:00.000000000Z`, which is the one form of RFC 3339 whose order as
    /// text is the order in time. Durations have no such form and are stored as [`TimeStorage::Nanos`].
    Text,
}

/// The form of a column for a list or a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Elements {
    /// JSON: an array or an object. PostgreSQL's `jsonb`; text in SQLite.
    Json,
    /// An array of PostgreSQL; of lists alone.
    Array,
}

impl Column {
    /// The column with this name; a dot separates a qualifier, as in `b.title`.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            source: Source::Name(name.into()),
            time: TimeStorage::Native,
            elements: None,
            is_bytewise: false,
            is_not_null: false,
        }
    }

    /// An SQL expression, taken as it is. Never text from a request.
    pub fn expression(sql: impl Into<String>) -> Self {
        Self { source: Source::Expression(sql.into()), ..Self::named(String::new()) }
    }

    /// Says how a timestamp or a duration is stored.
    #[must_use]
    pub fn time(mut self, storage: TimeStorage) -> Self {
        self.time = storage;
        self
    }

    /// Says how a list or a map is stored.
    #[must_use]
    pub fn elements(mut self, storage: Elements) -> Self {
        self.elements = Some(storage);
        self
    }

    /// Says that the column's own collation compares text by its bytes without padding, as `COLLATE "C"`, `BINARY` and
    /// `utf8mb4_0900_bin` do. Nothing is then written around the column, so its index serves ranges and orders.
    #[must_use]
    pub fn bytewise(mut self) -> Self {
        self.is_bytewise = true;
        self
    }

    /// Says that the column is `NOT NULL` although the field can be unset, as the time of creation is in every row. An
    /// index then finds the rows after a cursor in descending order, where they would have to be looked for otherwise:
    /// NULLs would come last. Rows that are NULL all the same can be left out of pages.
    #[must_use]
    pub fn not_null(mut self) -> Self {
        self.is_not_null = true;
        self
    }
}

impl From<&str> for Column {
    fn from(name: &str) -> Self {
        Self::named(name)
    }
}

impl From<String> for Column {
    fn from(name: String) -> Self {
        Self::named(name)
    }
}

/// Writes a name in quotes, each part of it on its own.
pub(super) fn quote(name: &str, dialect: Dialect, text: &mut String) {
    // SQLite takes a name in double quotes that it does not know for a text; in back-ticks it is always a name.
    let mark = match dialect {
        Dialect::Sqlite | Dialect::MySql => '`',
        Dialect::Postgres => '"',
    };
    for (position, part) in name.split('.').enumerate() {
        if position > 0 {
            text.push('.');
        }
        text.push(mark);
        for character in part.chars() {
            text.push(character);
            if character == mark {
                text.push(mark);
            }
        }
        text.push(mark);
    }
}
