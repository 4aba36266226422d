//! Columns of the fields of a message.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::column::{Nulls, Source, Zero};
use super::shared_column::{self, Search, SharedColumn};
use super::time::{Form, Time};
use super::{Builder, Column, Dialect, Elements, SqlValue};
use crate::field_path::FieldPath;
use crate::fields::{Fields, Kind, Path, Schema, Shape, Value};

/// Columns of the fields of a message.
///
/// By default, the column of a field has the name of the field. For a field of a nested message, the names are joined with
/// `_`: `author.given_name` has the column `author_given_name`. With [`only_given`](Self::only_given), a field has no
/// column unless it was set with [`column`](Self::column).
///
/// Two fields can share a column by their names: `author_name`, and `name` in `author`. Neither field can be used until the
/// column of one of them is set. [`verify`](Self::verify) finds such fields at start-up.
///
/// A column must be NULL exactly if its field, or a message that contains the field, is unset. For other tables, see
/// [`Column::nullable`] and [`Column::not_null`].
#[derive(Debug, Clone)]
pub struct Columns<F> {
    given: BTreeMap<FieldPath, Column>,
    others: Others,
    qualifier: Option<String>,
    /// Whether fields can share a column by their names. Computed once.
    can_share: OnceLock<bool>,
    resource: PhantomData<fn(F)>,
}

/// Treatment of fields whose column was not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Others {
    ByName,
    Refused,
}

impl<F: Fields> Default for Columns<F> {
    fn default() -> Self {
        Self {
            given: BTreeMap::new(),
            others: Others::ByName,
            qualifier: None,
            can_share: OnceLock::new(),
            resource: PhantomData,
        }
    }
}

impl<F: Fields> Columns<F> {
    /// Creates columns in which every field has the column of its name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Qualifies all names without a qualifier with the name or the alias of a table. Expressions are not changed.
    #[must_use]
    pub fn of_table(mut self, table: impl Into<String>) -> Self {
        self.qualifier = Some(table.into());
        self
    }

    /// Rejects requests that use a field whose column was not set. Use it if the table does not have a column for every field
    /// that filters and orders accept.
    ///
    /// The tie-breaker and the default order of pages need columns too; a missing one is an error of the server.
    #[must_use]
    pub fn only_given(mut self) -> Self {
        self.others = Others::Refused;
        self
    }

    /// Sets the column of a field.
    ///
    /// # Panics
    ///
    /// When the path names elements of a list or values of a map. Set the column of the list or the map instead.
    #[must_use]
    pub fn column<T>(mut self, path: Path<'_, F, T>, column: impl Into<Column>) -> Self {
        self.given.insert(FieldPath::from_path(&path), column.into());
        self
    }

    /// Returns the column that was set for the field.
    pub(crate) fn given(&self, path: &FieldPath) -> Option<Cow<'_, Column>> {
        let column = self.given.get(path)?;
        Some(match (&self.qualifier, &column.source) {
            (Some(table), Source::Name(name)) if !name.contains('.') => {
                let source = Source::Name(format!("{table}.{name}"));
                Cow::Owned(Column { source, ..column.clone() })
            }
            _ => Cow::Borrowed(column),
        })
    }

    /// Returns `true` if the field has a column that is never NULL.
    pub(crate) fn is_not_null(&self, path: &FieldPath) -> bool {
        self.given.get(path).is_some_and(|column| column.nulls == Nulls::Never)
    }

    /// Checks that no two fields share a column by their names, down to five levels of messages.
    ///
    /// At most 100,000 paths are checked. A message that contains itself in many fields can have more.
    ///
    /// Orders, filters and pages that use such a field fail with
    /// [`QueryError::SharedColumn`](super::QueryError::SharedColumn), which is `INTERNAL` for the client. Call this at
    /// start-up, or in a test:
    ///
    /// ```ignore
    /// let columns = Columns::<Book>::new();
    /// columns.verify(Dialect::Postgres)?;
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the first two fields that share a column.
    pub fn verify(&self, dialect: Dialect) -> Result<(), SharedColumn> {
        let mut paths_left = 100_000;
        if self.can_share() {
            self.verify_below(F::schema(), &mut FieldPath::default(), dialect, &mut paths_left)?;
        }
        Ok(())
    }

    fn verify_below(
        &self,
        schema: &'static Schema,
        path: &mut FieldPath,
        dialect: Dialect,
        paths_left: &mut u32,
    ) -> Result<(), SharedColumn> {
        const DEPTH: usize = 5;
        for (index, field) in schema.positions() {
            let Some(left) = paths_left.checked_sub(1) else { return Ok(()) };
            *paths_left = left;
            path.push(index);
            if let Some(shared) = self.shared(path, dialect) {
                return Err(shared);
            }
            let is_single = !matches!(field.shape, Shape::Repeated | Shape::Map(_));
            if let Some(message) = field.message().filter(|_| is_single && path.as_slice().len() < DEPTH) {
                self.verify_below(message, path, dialect, paths_left)?;
            }
            path.pop();
        }
        Ok(())
    }

    /// Returns `true` if fields can share a column by their names.
    pub(crate) fn can_share(&self) -> bool {
        self.others == Others::ByName && *self.can_share.get_or_init(|| shared_column::is_possible(F::schema()))
    }

    /// Returns another field that has the same column by its name.
    pub(crate) fn shared(&self, path: &FieldPath, dialect: Dialect) -> Option<SharedColumn> {
        if !self.can_share()
            || self.given.contains_key(path)
            || !path.last(F::schema()).is_some_and(shared_column::has_column)
        {
            return None;
        }
        let column = path.named(F::schema(), '_').to_string();
        let mut other = FieldPath::default();
        let is_given = |path: &FieldPath| self.given.contains_key(path);
        let mut search = Search { dialect, own: path, is_given: &is_given, failed: HashSet::new() };
        search.find(F::schema(), &column, &mut other).then(|| {
            let fields = [path, &other].map(|path| path.named(F::schema(), '.').to_string());
            SharedColumn { column, fields }
        })
    }

    /// Returns `true` if the field has a column. Shared columns are checked by [`shared`](Self::shared).
    pub(crate) fn is_usable(&self, path: &FieldPath) -> bool {
        match self.others {
            Others::ByName => true,
            Others::Refused => self.given.contains_key(path),
        }
    }

    /// Returns the description for a client that uses a field without a column.
    pub(crate) fn refusal(&self, path: &FieldPath) -> String {
        format!("`{}` cannot be used here", path.named(F::schema(), '.'))
    }

    /// Returns the column of the field, set or by its name.
    pub(crate) fn resolve(&self, path: &FieldPath) -> Cow<'_, Column> {
        match self.given(path) {
            Some(column) if column.nulls == Nulls::Default && !path.can_be_absent(F::schema()) => {
                let default = path.last(F::schema()).and_then(|field| Zero::from_kind(field.kind));
                Cow::Owned(Column { default, ..column.into_owned() })
            }
            Some(column) => column,
            None => {
                let name = path.named(F::schema(), '_');
                Cow::Owned(Column::named(match &self.qualifier {
                    Some(table) => format!("{table}.{name}"),
                    None => name.to_string(),
                }))
            }
        }
    }
}

impl Column {
    /// Writes the column.
    pub(crate) fn write(&self, builder: &mut Builder) {
        let Some(zero) = self.default else { return self.write_source(builder) };
        builder.push("COALESCE(");
        self.write_source(builder);
        let text = self.zero(zero, builder.dialect());
        builder.push(", ").push(text).push(")");
    }

    fn write_source(&self, builder: &mut Builder) {
        match &self.source {
            Source::Name(name) => {
                builder.identifier(name);
            }
            Source::Expression(sql) => {
                builder.push("(").push(sql).push(")");
            }
            #[cfg(feature = "filter")]
            Source::Json(path) => path.write(builder),
        }
    }

    /// Returns the default value as SQL text. A placeholder could not be part of an indexed expression.
    fn zero(&self, zero: Zero, dialect: Dialect) -> &'static str {
        let epoch = |time: Time| match time.form(self, dialect) {
            Form::Integer(_) => "0",
            Form::Timestamptz => "'1970-01-01T00:00:00Z'",
            // COALESCE of a time and a text would be a text.
            Form::Datetime => "TIMESTAMP'1970-01-01 00:00:00.000000'",
            Form::Text => "'1970-01-01T00:00:00.000000000Z'",
        };
        match (zero, dialect) {
            (Zero::Number, _) => "0",
            (Zero::Bool, _) => "FALSE",
            (Zero::Text, _) | (Zero::Bytes, Dialect::Postgres) => "''",
            (Zero::Bytes, _) => "x''",
            (Zero::Timestamp, _) => epoch(Time::Timestamp(0)),
            (Zero::Duration, _) => epoch(Time::Duration(0)),
        }
    }

    /// Writes the column so that `=` and `<` compare whole values as in memory.
    pub(crate) fn write_comparable(&self, kind: Kind, builder: &mut Builder) {
        if !is_text(kind) || self.is_bytewise {
            return self.write(builder);
        }
        match builder.dialect() {
            Dialect::Sqlite => {
                self.write(builder);
                builder.push(" COLLATE BINARY");
            }
            Dialect::Postgres => {
                self.write(builder);
                builder.push(" COLLATE \"C\"");
            }
            Dialect::MySql => {
                builder.push("CAST(CONVERT(");
                self.write(builder);
                builder.push(" USING utf8mb4) AS BINARY)");
            }
        }
    }

    /// Writes the part of the column by which `ORDER BY` sorts, so that `<` and `=` agree with the order of rows.
    pub(crate) fn write_sortable(&self, kind: Kind, builder: &mut Builder) {
        if !self.is_truncated(kind, builder.dialect()) {
            return self.write_comparable(kind, builder);
        }
        builder.push("LEFT(");
        self.write_comparable(kind, builder);
        builder.push(&format!(", {MYSQL_SORT_BYTES})"));
    }

    /// Writes a placeholder for a value, to compare with [`write_sortable`](Self::write_sortable).
    pub(crate) fn write_sort_value(&self, kind: Kind, value: Value<'_>, builder: &mut Builder) {
        let bytes = match value {
            Value::Text(text) => text.as_bytes(),
            Value::Bytes(bytes) => bytes,
            _ => &[],
        };
        match bytes.get(..MYSQL_SORT_BYTES) {
            // The prefix may end within a character, as that of the column does.
            Some(beginning) if bytes.len() > MYSQL_SORT_BYTES && self.is_truncated(kind, builder.dialect()) => {
                builder.value(SqlValue::Bytes(beginning.to_vec()));
            }
            _ => self.write_value(value, builder),
        }
    }

    /// Returns `true` if rows are sorted by the first bytes of values alone.
    fn is_truncated(&self, kind: Kind, dialect: Dialect) -> bool {
        dialect == Dialect::MySql && !self.is_bytewise && (is_text(kind) || matches!(kind, Kind::Bytes))
    }

    /// Writes a placeholder for a value in the form of the column.
    pub(crate) fn write_value(&self, value: Value<'_>, builder: &mut Builder) {
        match value {
            Value::Bool(value) => builder.value(SqlValue::Bool(value)),
            Value::Int(value) => builder.value(SqlValue::Int(value)),
            Value::Uint(value) => builder.unsigned(value),
            Value::Float(value) => builder.value(SqlValue::Float(value)),
            Value::Text(value) => builder.value(SqlValue::Text(value.to_owned())),
            Value::Bytes(value) => builder.value(SqlValue::Bytes(value.to_vec())),
            Value::Timestamp(value) => self.write_time(Time::from_timestamp(&value), builder),
            Value::Duration(value) => self.write_time(Time::from_duration(&value), builder),
            // Messages are never compared.
            Value::Opaque => builder,
        };
    }

    fn write_time<'b>(&self, time: Time, builder: &'b mut Builder) -> &'b mut Builder {
        time.write(time.form(self, builder.dialect()), builder);
        builder
    }

    /// Returns the form of a list or a map.
    pub(crate) fn elements_form(&self) -> Option<Elements> {
        self.elements
    }

    /// Returns `true` if the collation of the column compares by bytes.
    pub(crate) fn is_bytewise(&self) -> bool {
        self.is_bytewise
    }
}

/// Number of bytes of a value by which MySQL and MariaDB sort. Both use `max_sort_length` bytes, 1024 by default. MariaDB
/// uses up to four of them for the length.
const MYSQL_SORT_BYTES: usize = 1000;

/// Returns `true` for strings and string wrappers.
pub(crate) fn is_text(kind: Kind) -> bool {
    match kind {
        Kind::String => true,
        Kind::Wrapper(kind) => is_text(*kind),
        _ => false,
    }
}
