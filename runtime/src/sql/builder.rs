//! SQL text while it grows, and what it is when it is done.

use super::Dialect;

/// A piece of SQL and the values of its place holders.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sql {
    /// The text, with a place holder for each bind.
    pub text: String,
    /// The values, in the order of their place holders.
    pub binds: Vec<SqlValue>,
}

/// A value to bind. None is NULL: what is compared with NULL is written as `IS NULL`, and so is what is compared with NaN in
/// SQLite, which stores NULL in its place.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SqlValue {
    /// A truth value.
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// A double.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Implements `From` for what a variant holds.
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

/// SQL that is written piece by piece: a user's own query, with the parts that orders and filters add.
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
    /// Nothing so far.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, sql: Sql::default() }
    }

    /// The family of databases that the text is for.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Adds text as it is: never text from a request.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.sql.text.push_str(text);
        self
    }

    /// Adds a place holder and its value.
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

    /// Adds a place holder that says its type where the database would otherwise guess one from what it is compared with.
    pub(crate) fn value(&mut self, value: SqlValue) -> &mut Self {
        let cast = match (self.dialect, &value) {
            (Dialect::Postgres, SqlValue::Int(_)) => "::bigint",
            (Dialect::Postgres, SqlValue::Float(_)) => "::float8",
            (Dialect::Postgres, SqlValue::Text(_)) => "::text",
            _ => "",
        };
        self.bind(value).push(cast)
    }

    /// Adds an unsigned integer. No database but MySQL has a type for those beyond 63 bits.
    pub(crate) fn unsigned(&mut self, value: u64) -> &mut Self {
        match (i64::try_from(value), self.dialect) {
            (Ok(value), _) => self.value(SqlValue::Int(value)),
            // A double is above every integer that SQLite holds, if not equal to the value.
            (Err(_), Dialect::Sqlite) => self.value(SqlValue::Float(value as f64)),
            (Err(_), Dialect::Postgres) => {
                self.push("CAST(").value(SqlValue::Text(value.to_string())).push(" AS numeric)")
            }
            (Err(_), Dialect::MySql) => {
                self.push("CAST(").value(SqlValue::Text(value.to_string())).push(" AS UNSIGNED)")
            }
        }
    }

    /// Adds the quoted name of a table or column; a dot separates a qualifier, as in `b.title`.
    pub fn identifier(&mut self, name: &str) -> &mut Self {
        super::column::quote(name, self.dialect, &mut self.sql.text);
        self
    }

    /// Returns `true` if there are more values than the database takes, or too few are left for a cursor and a limit.
    #[cfg(feature = "filter")]
    pub(crate) fn is_full(&self) -> bool {
        const ROOM: usize = 256;
        self.sql.binds.len() > self.dialect.max_binds() - ROOM
    }

    /// The text and its values.
    #[must_use]
    pub fn finish(self) -> Sql {
        self.sql
    }
}
