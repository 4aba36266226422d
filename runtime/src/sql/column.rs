//! Column of a field, and the form of its values.

use super::Dialect;
#[cfg(feature = "filter")]
use super::JsonPath;
use crate::fields::Kind;

/// Column of a field, and the form of its values.
///
/// A text converts to the column of that name: `"created_at".into()`.
///
/// A column must be NULL exactly if its field is unset. The column of a field without presence must not be NULL. If it can
/// be NULL, use [`Column::nullable`]; otherwise pages lose rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub(super) source: Source,
    pub(super) time: TimeStorage,
    pub(super) elements: Option<Elements>,
    pub(super) is_bytewise: bool,
    pub(super) nulls: Nulls,
    /// Replacement of NULL. [`super::Columns`] sets it, because it depends on the field.
    pub(super) default: Option<Zero>,
}

/// Default value of a field without presence.
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
    /// Returns the default of a kind, or `None` for messages.
    pub(super) fn from_kind(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Bool => Some(Self::Bool),
            Kind::String => Some(Self::Text),
            Kind::Bytes => Some(Self::Bytes),
            Kind::Timestamp => Some(Self::Timestamp),
            Kind::Duration => Some(Self::Duration),
            Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Uint64 | Kind::Float | Kind::Double | Kind::Enum(_) => {
                Some(Self::Number)
            }
            Kind::Wrapper(kind) => Self::from_kind(*kind),
            Kind::Message(_) | Kind::Opaque(_) => None,
        }
    }
}

/// Meaning of NULL in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nulls {
    /// The field is unset.
    Unset,
    /// The column is never NULL.
    Never,
    /// The field is unset if it has presence; otherwise it has its default.
    Default,
}

/// SQL of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// Name, which is quoted.
    Name(String),
    /// SQL expression.
    Expression(String),
    /// Value in the JSON of another column.
    #[cfg(feature = "filter")]
    Json(Box<JsonPath>),
}

/// Form of a column for `google.protobuf.Timestamp` or `google.protobuf.Duration`.
///
/// For columns of integers, [`timestamp`](Self::timestamp) and [`duration`](Self::duration) convert from the column, and
/// [`from_timestamp`](Self::from_timestamp) and [`from_duration`](Self::from_duration) to the column.
///
/// A literal that the column cannot represent is compared as in memory. Example: in microseconds, `> 0.0000015s` becomes
/// `> 1`, and `= 0.0000015s` is always false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TimeStorage {
    /// Timestamp type of the database: `timestamptz` of PostgreSQL, `DATETIME(6)` in UTC of MySQL. Timestamps in SQLite, and
    /// durations in every database, are stored as [`TimeStorage::Micros`].
    ///
    /// PostgreSQL would read a `timestamp` without time zone in the time zone of the session. For such a column in UTC, use
    /// `Column::expression("created_at AT TIME ZONE 'UTC'")`.
    #[default]
    Native,
    /// Integer: seconds since 1970.
    Seconds,
    /// Integer: milliseconds since 1970.
    Millis,
    /// Integer: microseconds since 1970.
    Micros,
    /// Integer: nanoseconds since 1970.
    Nanos,
    /// Text in UTC with nine decimals, `2024-01-01T00:00:00.000000000Z`. In this form, the order as text is the order in
    /// time. Durations have no such form, and are stored as [`TimeStorage::Nanos`].
    Text,
}

/// Form of a column for a list or a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Elements {
    /// JSON array or object: `jsonb` in PostgreSQL, text in SQLite.
    ///
    /// Numbers, also of 64 bits, are JSON numbers. Enums are their numbers. Booleans are `true` and `false`. Values of any
    /// other type are unknown, like NULL; so are the strings that ProtoJSON has for 64 bits and enums. `null` instead of
    /// the array or the object is NULL. In an object, an entry with the value `null` does not exist.
    Json,
    /// PostgreSQL array, for lists alone.
    Array,
}

impl Column {
    /// Creates the column with this name. A dot separates a qualifier: `b.title`.
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

    /// Creates a column from an SQL expression. It must not contain text of a request.
    pub fn expression(sql: impl Into<String>) -> Self {
        Self { source: Source::Expression(sql.into()), ..Self::named(String::new()) }
    }

    /// Creates a column from a value in the JSON of a column.
    #[cfg(feature = "filter")]
    pub(crate) fn json(path: JsonPath) -> Self {
        Self { source: Source::Json(Box::new(path)), ..Self::named(String::new()) }
    }

    /// Sets the form of a timestamp or a duration.
    #[must_use]
    pub fn time(mut self, storage: TimeStorage) -> Self {
        self.time = storage;
        self
    }

    /// Sets the form of a list or a map.
    #[must_use]
    pub fn elements(mut self, storage: Elements) -> Self {
        self.elements = Some(storage);
        self
    }

    /// Declares that the collation of the column compares text by bytes, without padding: `COLLATE "C"` of PostgreSQL,
    /// `BINARY` of SQLite, `utf8mb4_0900_bin` of MySQL or `utf8mb4_nopad_bin` of MariaDB. The column is then written without
    /// a conversion, so that an index on it can be used for ranges and orders. In MySQL and MariaDB, the same applies to a
    /// column for `bytes`.
    ///
    /// Without an index, MySQL and MariaDB sort rows by the first `max_sort_length` bytes of the collation keys. The default
    /// is 1024 bytes, which are 341 characters in MariaDB. The values must be unique within these, or pages lose rows.
    #[must_use]
    pub fn bytewise(mut self) -> Self {
        self.is_bytewise = true;
        self
    }

    /// Declares that the column is `NOT NULL` although the field has presence, such as the creation time.
    ///
    /// An index can then be used for pages in descending order; otherwise NULLs would come last. If a row is NULL all the
    /// same, it can be left out of pages.
    #[must_use]
    pub fn not_null(mut self) -> Self {
        self.nulls = Nulls::Never;
        self
    }

    /// Declares that the column can be NULL although the field has no presence. NULL then means the default value.
    ///
    /// Orders, cursors and filters use `COALESCE(title, '')`. An index can be used if it is on this expression. For a field
    /// with presence, this has no effect: NULL means unset.
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

/// Writes a quoted name. Each part between dots is quoted separately.
pub(super) fn quote(name: &str, dialect: Dialect, text: &mut String) {
    // SQLite reads an unknown name in double quotes as a string. In back-ticks it is always a name.
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
