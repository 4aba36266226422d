//! Lists and maps of values that have no fields, in columns of JSON or arrays.

use super::super::expression::{Check, MapKey, Step, Target};
use super::{Writer, comparison, text};
use crate::fields::{Fields, Kind, Shape};
use crate::sql::{Builder, Column, Dialect, Elements, SqlValue};

impl<F: Fields> Writer<'_, F> {
    /// Whether a list or a map has elements: never NULL.
    pub(super) fn whole_collection(&mut self, target: &Target) {
        let Some((column, elements)) = self.elements_column(target) else { return };
        let builder = &mut *self.builder;
        builder.push("(");
        column.write(builder);
        builder.push(" IS NOT NULL AND ");
        match (builder.dialect(), elements) {
            (Dialect::Postgres, Elements::Array) => function("cardinality", &column, builder).push(" > 0"),
            (Dialect::Postgres, Elements::Json) => {
                column.write(builder);
                builder.push(" NOT IN ('[]'::jsonb, '{}'::jsonb)")
            }
            (Dialect::MySql, _) => function("JSON_LENGTH", &column, builder).push(" > 0"),
            (Dialect::Sqlite, _) => function("EXISTS (SELECT 1 FROM json_each", &column, builder).push(")"),
        };
        builder.push(")");
    }

    /// Any element of a list, or the value of a key.
    pub(super) fn element(&mut self, target: &Target, check: &Check) {
        if value_type(target.kind(), self.builder.dialect()).is_none() {
            let why = "holds values of a type that is not read from elements in SQL";
            return self.unsupported(target, why);
        }
        let Some((column, elements)) = self.elements_column(target) else { return };
        match target.steps.last() {
            Some(Step::Key(key)) => {
                let value = Value { kind: target.kind(), key, column: &column };
                match check {
                    Check::Present => value.is_present(self.builder),
                    check => value.satisfies(check, self.builder),
                }
            }
            _ => self.any_element(target, check, &column, elements),
        }
    }

    fn any_element(&mut self, target: &Target, check: &Check, column: &Column, elements: Elements) {
        // A list of the resource itself is never unset, so that its NULL is an empty list.
        let is_nested = target.fields().as_slice().len() > 1;
        let builder = &mut *self.builder;
        if is_nested {
            builder.push("CASE WHEN ");
            column.write(builder);
            builder.push(" IS NOT NULL THEN ");
        }
        let dialect = builder.dialect();
        let sql_type = value_type(target.kind(), dialect).unwrap_or_default();
        let value = match (dialect, elements) {
            (Dialect::Postgres, Elements::Array) => {
                function("EXISTS (SELECT 1 FROM unnest", column, builder).push(" AS element(value) WHERE ");
                "element.value".to_owned()
            }
            (Dialect::Postgres, Elements::Json) => {
                function("EXISTS (SELECT 1 FROM jsonb_array_elements_text", column, builder)
                    .push(" AS element(value) WHERE ");
                format!("CAST(element.value AS {sql_type})")
            }
            (Dialect::Sqlite, _) => {
                function("EXISTS (SELECT 1 FROM json_each", column, builder).push(" AS element WHERE ");
                "element.value".to_owned()
            }
            (Dialect::MySql, _) => {
                builder.push("EXISTS (SELECT 1 FROM JSON_TABLE(");
                column.write(builder);
                builder.push(&format!(", '$[*]' COLUMNS(value {sql_type} PATH '$')) AS element WHERE "));
                "element.value".to_owned()
            }
        };
        condition(&Column::raw(value), target.kind(), check, builder);
        builder.push(")");
        if is_nested {
            builder.push(" END");
        }
    }

    /// The column of a list or map, which has to be given: only then is its form known.
    fn elements_column(&mut self, target: &Target) -> Option<(Column, Elements)> {
        let column = self.columns.given(&target.fields()).cloned();
        match column.and_then(|column| column.elements_form().map(|elements| (column, elements))) {
            Some((_, Elements::Array)) if self.builder.dialect() != Dialect::Postgres => {
                self.unsupported(target, "is stored as an array, which PostgreSQL alone has");
                None
            }
            Some((_, Elements::Array)) if matches!(target.field.shape, Shape::Map(_)) => {
                self.unsupported(target, "is a map, which no array holds");
                None
            }
            Some(found) => Some(found),
            None => {
                self.unsupported(target, "holds many values, and has no column of JSON");
                None
            }
        }
    }
}

/// The value of a key.
struct Value<'v> {
    kind: Kind,
    key: &'v MapKey,
    column: &'v Column,
}

impl Value<'_> {
    fn name(&self) -> String {
        match self.key {
            MapKey::Bool(key) => key.to_string(),
            MapKey::Int(key) => key.to_string(),
            MapKey::Uint(key) => key.to_string(),
            MapKey::Text(key) => key.to_string(),
        }
    }

    /// Whether the key is there: never NULL.
    fn is_present(&self, builder: &mut Builder) {
        match builder.dialect() {
            Dialect::Sqlite => {
                function("EXISTS (SELECT 1 FROM json_each", self.column, builder).push(" AS entry WHERE entry.key = ");
                builder.value(SqlValue::Text(self.name())).push(")");
            }
            Dialect::Postgres => {
                builder.push("(");
                self.column.write(builder);
                builder.push(" -> ").value(SqlValue::Text(self.name())).push(") IS NOT NULL");
            }
            Dialect::MySql => {
                function("EXISTS (SELECT 1 FROM JSON_TABLE(JSON_KEYS", self.column, builder)
                    .push(&format!(", '$[*]' COLUMNS(name {MYSQL_TEXT} PATH '$')) AS entry"))
                    .push(" WHERE CAST(entry.name AS BINARY) = ")
                    .value(SqlValue::Text(self.name()))
                    .push(")");
            }
        }
    }

    /// The value stands in a subquery of one row, as a column to compare; without the row it is NULL, which is unknown.
    fn satisfies(&self, check: &Check, builder: &mut Builder) {
        let dialect = builder.dialect();
        let sql_type = value_type(self.kind, dialect).unwrap_or_default();
        builder.push("(SELECT ");
        let value = Column::raw("entry.value".to_owned());
        condition(&value, self.kind, check, builder);
        builder.push(" FROM ");
        match dialect {
            Dialect::Sqlite => {
                function("json_each", self.column, builder).push(" AS entry WHERE entry.key = ");
                builder.value(SqlValue::Text(self.name()));
            }
            Dialect::Postgres => {
                builder.push("(SELECT CAST(");
                self.column.write(builder);
                builder.push(" ->> ").value(SqlValue::Text(self.name()));
                builder.push(&format!(" AS {sql_type}) AS value) AS entry"));
            }
            Dialect::MySql => {
                // Not by a path: MariaDB reads a quoted key that begins with a minus as something else.
                function("JSON_TABLE(JSON_KEYS", self.column, builder).push(&format!(
                    ", '$[*]' COLUMNS(place FOR ORDINALITY, name {MYSQL_TEXT} PATH '$')) AS keyed JOIN JSON_TABLE("
                ));
                self.column.write(builder);
                builder
                    .push(&format!(", '$.*' COLUMNS(place FOR ORDINALITY, value {sql_type} PATH '$')) AS entry"))
                    .push(" ON entry.place = keyed.place WHERE CAST(keyed.name AS BINARY) = ")
                    .value(SqlValue::Text(self.name()));
            }
        }
        builder.push(")");
    }
}

fn condition(value: &Column, kind: Kind, check: &Check, builder: &mut Builder) {
    match check {
        // An element is there if it is looked at.
        Check::Present => {
            builder.push("TRUE");
        }
        Check::Compare(relation, literal) => comparison::write(value, kind, *relation, literal, builder),
        Check::Match { pattern, is_negated } => text::write(value, pattern, *is_negated, builder),
    }
}

/// `name(column)`
fn function<'b>(name: &str, column: &Column, builder: &'b mut Builder) -> &'b mut Builder {
    builder.push(name).push("(");
    column.write(builder);
    builder.push(")")
}

/// Text of any length; the character set that is the server's default can be too small for it.
const MYSQL_TEXT: &str = "LONGTEXT CHARACTER SET utf8mb4";

/// The type that elements of JSON are read as.
fn value_type(kind: Kind, dialect: Dialect) -> Option<&'static str> {
    Some(match (kind, dialect) {
        (Kind::Bool, Dialect::MySql) => "BOOLEAN",
        (Kind::Bool, _) => "boolean",
        (Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Enum(_), _) => "BIGINT",
        (Kind::Uint64, Dialect::MySql) => "BIGINT UNSIGNED",
        (Kind::Uint64, _) => "numeric",
        (Kind::Float | Kind::Double, Dialect::MySql) => "DOUBLE",
        (Kind::Float | Kind::Double, _) => "float8",
        (Kind::String, Dialect::MySql) => MYSQL_TEXT,
        (Kind::String, _) => "text",
        _ => return None,
    })
}
