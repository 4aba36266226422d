//! What a field is in a table.

use super::Dialect;
#[cfg(feature = "filter")]
use super::JsonPath;
use crate::fields::Kind;

/// Where a field stands in a table, and in what form.
///
/// A text is the name of a column: `"created_at".into()`.
///
/// A column is NULL exactly where its field is unset. What is always there is never NULL: a field without presence whose
/// column can be NULL needs [`Column::nullable`], or its rows are lost between two pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub(super) source: Source,
    pub(super) time: TimeStorage,
    pub(super) elements: Option<Elements>,
    pub(super) is_bytewise: bool,
    pub(super) nulls: Nulls,
    /// What NULL is read as. [`super::Columns`] says so, which knows the field.
    pub(super) default: Option<Zero>,
}

/// What stands for absence in a field that is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zero {
    Number,
    Bool,
    Text,
    Bytes,
    Timestamp,
    Duration,
}

impl Zero {
    /// The one among values of this kind. Of a message a column says at most that it is there.
    pub(super) fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Bool => Some(Self::Bool),
            Kind::String => Some(Self::Text),
            Kind::Bytes => Some(Self::Bytes),
            Kind::Timestamp => Some(Self::Timestamp),
            Kind::Duration => Some(Self::Duration),
            Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Uint64 | Kind::Float | Kind::Double | Kind::Enum(_) => {
                Some(Self::Number)
            }
            Kind::Wrapper(kind) => Self::of(*kind),
            Kind::Message(_) | Kind::Opaque(_) => None,
        }
    }
}

/// What NULL in a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nulls {
    /// The field is unset.
    Unset,
    /// There is none.
    Never,
    /// The field is unset if it can be; otherwise it is zero or empty.
    Default,
}

/// What is written for the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A name, which is quoted.
    Name(String),
    /// SQL as it is.
    Expression(String),
    /// A value in the JSON of another column.
    #[cfg(feature = "filter")]
    Json(Box<JsonPath>),
}

/// The form of a column for `google.protobuf.Timestamp` or `google.protobuf.Duration`.
///
/// Rows that hold integers are read by [`timestamp`](Self::timestamp) and [`duration`](Self::duration), and written by
/// [`of_timestamp`](Self::of_timestamp) and [`of_duration`](Self::of_duration).
///
/// A value between two that the column can hold is compared as in memory: `> 0.0000015s` is `> 1` in microseconds, and
/// `= 0.0000015s` holds for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TimeStorage {
    /// The type that the database has: `timestamptz` of PostgreSQL, `DATETIME(6)` in UTC of MySQL. What has none is
    /// stored as [`TimeStorage::Micros`]: timestamps in SQLite, and durations everywhere. A column of PostgreSQL's
    /// `timestamp` without time zone is none of these: it would be read in the time zone of the session; give
    /// `Column::expression("created_at AT TIME ZONE 'UTC'")` for one that holds UTC.
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
    ///
    /// Numbers are JSON numbers, 64 bits wide ones too; booleans are `true` and `false`; enums are their numbers. Values in
    /// the strings that protobuf's own JSON has for 64 bits and for enums, or of any other type, are unknown, like NULL.
    /// `null` counts as NULL in place of the array or the object, and as no entry in an object.
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
            nulls: Nulls::Unset,
            default: None,
        }
    }

    /// An SQL expression, taken as it is. Never text from a request.
    pub fn expression(sql: impl Into<String>) -> Self {
        Self { source: Source::Expression(sql.into()), ..Self::named(String::new()) }
    }

    /// A value in the JSON of a column.
    #[cfg(feature = "filter")]
    pub(crate) fn json(path: JsonPath) -> Self {
        Self { source: Source::Json(Box::new(path)), ..Self::named(String::new()) }
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

    /// Says that the column's own collation compares text by its bytes without padding, as `COLLATE "C"` of PostgreSQL,
    /// `BINARY` of SQLite, `utf8mb4_0900_bin` of MySQL and `utf8mb4_nopad_bin` of MariaDB do. Nothing is then written
    /// around the column, so its index serves ranges and orders. Of MySQL and MariaDB it says the same of a column of
    /// bytes.
    ///
    /// MySQL and MariaDB sort rows that no index has sorted by the first `max_sort_length` bytes of the collation's keys,
    /// 1024 if nothing else is set, which are 341 characters in MariaDB. The values of such a column have to differ before
    /// that, or pages lose rows.
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
        self.nulls = Nulls::Never;
        self
    }

    /// Says that the column can be NULL although its field is always there: one without presence, which then is zero or
    /// empty. `COALESCE(title, '')` is written for it in orders, after cursors and in filters; an index serves them if it
    /// is one of this expression. For a field that can be unset it changes nothing: NULL is unset then.
    #[must_use]
    pub fn nullable(mut self) -> Self {
        self.nulls = Nulls::Default;
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
