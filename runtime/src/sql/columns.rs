//! The columns of a message's fields.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::column::Source;
use super::time::Time;
use super::{Builder, Column, Dialect, Elements, SqlValue};
use crate::field_path::FieldPath;
use crate::fields::{Fields, Kind, Path, Value};

/// Which column holds which field.
///
/// A field that is not named here has the column of its own name; one of a message that is there at most once, the names
/// of the path joined with `_`: `author.given_name` is `author_given_name`.
#[derive(Debug, Clone)]
pub struct Columns<F> {
    given: BTreeMap<FieldPath, Column>,
    qualifier: Option<String>,
    resource: PhantomData<fn(F)>,
}

impl<F: Fields> Default for Columns<F> {
    fn default() -> Self {
        Self { given: BTreeMap::new(), qualifier: None, resource: PhantomData }
    }
}

impl<F: Fields> Columns<F> {
    /// Every field in the column of its own name.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a table's name or alias before the columns that are not given.
    #[must_use]
    pub fn of_table(mut self, table: impl Into<String>) -> Self {
        self.qualifier = Some(table.into());
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
    pub(crate) fn given(&self, path: &FieldPath) -> Option<&Column> {
        self.given.get(path)
    }

    /// The column of the field, given or by its name.
    pub(crate) fn resolve(&self, path: &FieldPath) -> Cow<'_, Column> {
        match self.given.get(path) {
            Some(column) => Cow::Borrowed(column),
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
        match &self.source {
            Source::Name(name) => builder.identifier(name),
            Source::Raw(sql) => builder.push(sql),
            Source::Expression(sql) => builder.push("(").push(sql).push(")"),
        };
    }

    /// Writes the column so that `<` and `ORDER BY` see the order that memory has.
    pub(crate) fn write_ordered(&self, kind: Kind, builder: &mut Builder) {
        if !is_text(kind) || self.is_bytewise {
            return self.write(builder);
        }
        match builder.dialect() {
            Dialect::Sqlite => self.write(builder),
            Dialect::Postgres => {
                self.write(builder);
                builder.push(" COLLATE \"C\"");
            }
            Dialect::MySql => {
                builder.push("CAST(");
                self.write(builder);
                builder.push(" AS BINARY)");
            }
        }
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

    /// SQL that needs no quotes and no parentheses.
    pub(crate) fn raw(sql: String) -> Self {
        Self { source: Source::Raw(sql), ..Self::named(String::new()) }
    }

    /// The form that was said for a list or a map.
    pub(crate) fn elements_form(&self) -> Option<Elements> {
        self.elements
    }

    /// Whether every row has a value.
    pub(crate) fn is_not_null(&self) -> bool {
        self.is_not_null
    }

    /// Whether the database itself compares the column by bytes.
    pub(crate) fn is_bytewise(&self) -> bool {
        self.is_bytewise
    }
}

/// Whether values are text, in a wrapper or not.
pub(crate) fn is_text(kind: Kind) -> bool {
    match kind {
        Kind::String => true,
        Kind::Wrapper(kind) => is_text(*kind),
        _ => false,
    }
}
