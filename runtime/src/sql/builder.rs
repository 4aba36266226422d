//! Builder of SQL with bind parameters.

use super::Dialect;

/// SQL text and the values of its placeholders.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sql {
    /// The text, with one placeholder for each bind.
    pub text: String,
    /// The values, in the order of their placeholders.
    pub binds: Vec<SqlValue>,
}

/// Value to bind. There is no NULL: comparisons with NULL are written as `IS NULL`. In SQLite, so are comparisons with NaN,
/// which SQLite stores as NULL.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SqlValue {
    /// Boolean.
    Bool(bool),
    /// Integer of 64 bits.
    Int(i64),
    /// Float of 64 bits.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Implements `From` for the values of the variants.
macro_rules! from {
    ($($type:ty => $variant:ident),* $(,)?) => {$(
        impl From<$type> for SqlValue {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

from! {
    bool => Bool, i64 => Int, i32 => Int, u32 => Int, f64 => Float,
    String => Text, &String => Text, &str => Text, Vec<u8> => Bytes, &[u8] => Bytes,
}

/// Builder of a query, to which orders, filters and pages add their parts.
///
/// ```
/// use transom::sql::{Builder, Dialect, SqlValue};
///
/// let mut query = Builder::new(Dialect::Postgres);
/// query.push("SELECT * FROM books WHERE shelf = ").bind(SqlValue::Int(7));
/// let sql = query.finish();
/// assert_eq!(sql.text, "SELECT * FROM books WHERE shelf = $1");
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    dialect: Dialect,
    sql: Sql,
}

impl Builder {
    /// Creates an empty builder.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, sql: Sql::default() }
    }

    /// Returns the dialect.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Adds SQL text. It must not contain text of a request.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.sql.text.push_str(text);
        self
    }

    /// Adds a placeholder and its value.
    pub fn bind(&mut self, value: SqlValue) -> &mut Self {
        self.sql.binds.push(value);
        match self.dialect {
            Dialect::Sqlite | Dialect::MySql => self.sql.text.push('?'),
            Dialect::Postgres => {
                self.sql.text.push('$');
                self.sql.text.push_str(&self.sql.binds.len().to_string());
            }
        }
        self
    }

    /// Adds a placeholder with a type cast, if the database would otherwise derive another type from the context.
    pub(crate) fn value(&mut self, value: SqlValue) -> &mut Self {
        let cast = match (self.dialect, &value) {
            (Dialect::Postgres, SqlValue::Int(_)) => "::bigint",
            (Dialect::Postgres, SqlValue::Float(_)) => "::float8",
            (Dialect::Postgres, SqlValue::Text(_)) => "::text",
            _ => "",
        };
        self.bind(value).push(cast)
    }

    /// Adds an unsigned integer. Only MySQL has a type for integers above 63 bits.
    pub(crate) fn unsigned(&mut self, value: u64) -> &mut Self {
        match (i64::try_from(value), self.dialect) {
            (Ok(value), _) => self.value(SqlValue::Int(value)),
            // As a float, the value is above every integer of SQLite, even if the float is not exact.
            (Err(_), Dialect::Sqlite) => self.value(SqlValue::Float(value as f64)),
            (Err(_), Dialect::Postgres) => {
                self.push("CAST(").value(SqlValue::Text(value.to_string())).push(" AS numeric)")
            }
            (Err(_), Dialect::MySql) => {
                self.push("CAST(").value(SqlValue::Text(value.to_string())).push(" AS UNSIGNED)")
            }
        }
    }

    /// Adds the quoted name of a table or a column. A dot separates a qualifier: `b.title`.
    pub fn identifier(&mut self, name: &str) -> &mut Self {
        super::column::quote(name, self.dialect, &mut self.sql.text);
        self
    }

    /// Returns `true` if there are more values than the database accepts, less those for a cursor and a limit.
    #[cfg(feature = "filter")]
    pub(crate) fn is_full(&self) -> bool {
        const ROOM: usize = 256;
        self.sql.binds.len() > self.dialect.max_binds() - ROOM
    }

    /// Returns the text and its values.
    #[must_use]
    pub fn finish(self) -> Sql {
        self.sql
    }
}
