//! The columns of a message's fields.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::marker::PhantomData;
use std::sync::OnceLock;

use super::column::{Nulls, Source, Zero};
use super::shared::{self, Search, SharedColumn};
use super::time::{Form, Time};
use super::{Builder, Column, Dialect, Elements, SqlValue};
use crate::field_path::FieldPath;
use crate::fields::{Fields, Kind, Path, Schema, Shape, Value};

/// Which column holds which field.
///
/// A field that is not named here has the column of its own name; one of a message that is there at most once, the names
/// of the path joined with `_`: `author.given_name` is `author_given_name`. [`only_given`](Self::only_given) ends that.
///
/// Two fields can get the same column: `author_name`, and `name` in `author`. Neither field can then be used, unless one
/// of them is given a column. [`verify`](Self::verify) finds such fields at start-up.
///
/// A column is NULL exactly where its field, or a message on the way to it, is unset; a field that is always there has a
/// column without NULL. [`Column::nullable`] and [`Column::not_null`] say where a table is otherwise.
#[derive(Debug, Clone)]
pub struct Columns<F> {
    given: BTreeMap<FieldPath, Column>,
    others: Others,
    qualifier: Option<String>,
    /// Whether fields can share a column by their names; computed once.
    can_share: OnceLock<bool>,
    resource: PhantomData<fn(F)>,
}

/// What holds for fields whose column is not given.
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
    /// Every field in the column of its own name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a table's name or alias before the names of columns, given or not, that have no qualifier of their own.
    /// Expressions stay as they are.
    #[must_use]
    pub fn of_table(mut self, table: impl Into<String>) -> Self {
        self.qualifier = Some(table.into());
        self
    }

    /// Refuses fields whose column is not given, as a mistake of the request: for tables that do not have a column for
    /// every field that filters and orders may name. The tie-breaker and the default order of pages need columns too;
    /// that one has none is a mistake of the server.
    #[must_use]
    pub fn only_given(mut self) -> Self {
        self.others = Others::Refused;
        self
    }

    /// Says where a field stands.
    ///
    /// # Panics
    ///
    /// When the path leads to elements of a list or to values of a map; the list or the map is what has a column.
    #[must_use]
    pub fn column<T>(mut self, path: Path<'_, F, T>, column: impl Into<Column>) -> Self {
        self.given.insert(FieldPath::of(&path), column.into());
        self
    }

    /// The column that was given for the field.
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

    /// Whether the field was given a column without NULL.
    pub(crate) fn is_not_null(&self, path: &FieldPath) -> bool {
        self.given.get(path).is_some_and(|column| column.nulls == Nulls::Never)
    }

    /// Checks that no two fields have one column by their names, down to messages in four others.
    ///
    /// At most 100,000 paths are checked, those of the first fields: a message that holds itself in many fields has more.
    ///
    /// Pages that use such a field fail with [`QueryError::SharedColumn`](crate::page::QueryError::SharedColumn), which is
    /// `INTERNAL` for the client. Call this at start-up, or in a test, to learn it earlier:
    ///
    /// ```ignore
    /// let columns = Columns::<Book>::new();
    /// columns.verify(Dialect::Postgres)?;
    /// ```
    ///
    /// # Errors
    ///
    /// The first two fields that share a column.
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

    /// Whether fields can share a column by their names.
    pub(crate) fn can_share(&self) -> bool {
        self.others == Others::ByName && *self.can_share.get_or_init(|| shared::is_possible(F::schema()))
    }

    /// Another field that has the same column by its name as this one.
    pub(crate) fn shared(&self, path: &FieldPath, dialect: Dialect) -> Option<SharedColumn> {
        if !self.can_share() || self.given.contains_key(path) || !path.last(F::schema()).is_some_and(shared::has_column)
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

    /// Whether the field can be used.
    pub(crate) fn is_usable(&self, path: &FieldPath, dialect: Dialect) -> bool {
        match self.others {
            Others::ByName => self.shared(path, dialect).is_none(),
            Others::Refused => self.given.contains_key(path),
        }
    }

    /// The text for a client that names a field that cannot be used.
    pub(crate) fn refusal(&self, path: &FieldPath) -> String {
        format!("`{}` cannot be used here", path.named(F::schema(), '.'))
    }

    /// The column of the field, given or by its name.
    pub(crate) fn resolve(&self, path: &FieldPath) -> Cow<'_, Column> {
        match self.given(path) {
            Some(column) if column.nulls == Nulls::Default && !path.can_be_absent(F::schema()) => {
                let default = path.last(F::schema()).and_then(|field| Zero::of(field.kind));
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

    /// Zero or the empty value as text, which an expression that has an index can hold.
    fn zero(&self, zero: Zero, dialect: Dialect) -> &'static str {
        let epoch = |time: Time| match time.form(self, dialect) {
            Form::Integer(_) => "0",
            Form::Timestamptz => "'1970-01-01T00:00:00Z'",
            // COALESCE of a time and a text is a text, with as many digits as either has.
            Form::Datetime => "TIMESTAMP'1970-01-01 00:00:00.000000'",
            Form::Text => "'1970-01-01T00:00:00.000000000Z'",
        };
        match (zero, dialect) {
            (Zero::Number, _) => "0",
            (Zero::Bool, _) => "FALSE",
            (Zero::Text, _) | (Zero::Bytes, Dialect::Postgres) => "''",
            (Zero::Bytes, _) => "x''",
            (Zero::Timestamp, _) => epoch(Time::Point(0)),
            (Zero::Duration, _) => epoch(Time::Span(0)),
        }
    }

    /// Writes the column so that `=` and `<` see all of what memory compares.
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

    /// Writes as much of the column as `ORDER BY` sorts by, so that `<` and `=` say of rows what it does.
    pub(crate) fn write_sortable(&self, kind: Kind, builder: &mut Builder) {
        if !self.is_cut(kind, builder.dialect()) {
            return self.write_comparable(kind, builder);
        }
        builder.push("LEFT(");
        self.write_comparable(kind, builder);
        builder.push(&format!(", {MYSQL_SORTED})"));
    }

    /// Writes a place holder for a value to compare with [what is sorted](Self::write_sortable).
    pub(crate) fn write_sort_value(&self, kind: Kind, value: Value<'_>, builder: &mut Builder) {
        let bytes = match value {
            Value::Text(text) => text.as_bytes(),
            Value::Bytes(bytes) => bytes,
            _ => &[],
        };
        match bytes.get(..MYSQL_SORTED) {
            // It may end within a character, as the column then does.
            Some(beginning) if bytes.len() > MYSQL_SORTED && self.is_cut(kind, builder.dialect()) => {
                builder.value(SqlValue::Bytes(beginning.to_vec()));
            }
            _ => self.write_value(value, builder),
        }
    }

    /// Whether only the beginnings of values are sorted by.
    fn is_cut(&self, kind: Kind, dialect: Dialect) -> bool {
        dialect == Dialect::MySql && !self.is_bytewise && (is_text(kind) || matches!(kind, Kind::Bytes))
    }

    /// Writes a place holder for a value in the form that the column has.
    pub(crate) fn write_value(&self, value: Value<'_>, builder: &mut Builder) {
        match value {
            Value::Bool(value) => builder.value(SqlValue::Bool(value)),
            Value::Int(value) => builder.value(SqlValue::Int(value)),
            Value::Uint(value) => builder.unsigned(value),
            Value::Float(value) => builder.value(SqlValue::Float(value)),
            Value::Text(value) => builder.value(SqlValue::Text(value.to_owned())),
            Value::Bytes(value) => builder.value(SqlValue::Bytes(value.to_vec())),
            Value::Timestamp(value) => self.write_time(Time::of_timestamp(&value), builder),
            Value::Duration(value) => self.write_time(Time::of_duration(&value), builder),
            // Nothing compares messages.
            Value::Opaque => builder,
        };
    }

    fn write_time<'b>(&self, time: Time, builder: &'b mut Builder) -> &'b mut Builder {
        time.write(time.form(self, builder.dialect()), builder);
        builder
    }

    /// The form that was said for a list or a map.
    pub(crate) fn elements_form(&self) -> Option<Elements> {
        self.elements
    }

    /// Whether the database itself compares the column by bytes.
    pub(crate) fn is_bytewise(&self) -> bool {
        self.is_bytewise
    }
}

/// How many bytes of a value MySQL and MariaDB are made to sort by. Both look at `max_sort_length` bytes, 1024 if nothing
/// else is set, and MariaDB keeps up to four of them for the length.
const MYSQL_SORTED: usize = 1000;

/// Whether values are text, in a wrapper or not.
pub(crate) fn is_text(kind: Kind) -> bool {
    match kind {
        Kind::String => true,
        Kind::Wrapper(kind) => is_text(*kind),
        _ => false,
    }
}
