//! Conditions on lists and maps of scalars, in JSON columns or arrays. `json.rs` reads the JSON values.
//!
//! The names of a table function hide those of the table: next to a table function, `value` is a column of the function.
//! So all names here start with `transom_`. The names of SQLite's `json_each` are visible in its own argument too, so the
//! column is read in a subquery next to the function.

use super::json::{COLUMN, ELEMENT, JsonReader, condition};
use super::writer::Writer;
use super::{comparison, text};
use crate::fields::{Fields, Kind, Shape};
use crate::filter::expression::{Check, MapKey, Target, TargetStep};
use crate::sql::{Builder, Column, Dialect, Elements, SqlValue};

impl<F: Fields> Writer<'_, F> {
    /// Writes whether a list or a map has elements. The result is never NULL.
    pub(super) fn whole_collection(&mut self, target: &Target, truth: bool) {
        let Some((column, elements)) = self.elements_column(target) else { return };
        let is_map = matches!(target.field.shape, Shape::Map(_));
        let builder = &mut *self.builder;
        if !truth {
            builder.push("NOT ");
        }
        match (builder.dialect(), elements) {
            (Dialect::Postgres, Elements::Array) => {
                builder.push("(");
                column.write(builder);
                builder.push(" IS NOT NULL AND ");
                function("cardinality", &column, builder).push(" > 0)");
            }
            (Dialect::Postgres, Elements::Json) => {
                let (rows, of) = if is_map { ("jsonb_each", "object") } else { ("jsonb_array_elements", "array") };
                builder.push(&format!("EXISTS (SELECT 1 FROM {rows}("));
                column_of_type(&column, of, builder);
                builder.push(&format!(") AS {ELEMENT} WHERE jsonb_typeof({ELEMENT}.value) <> 'null')"));
            }
            (Dialect::MySql, _) => {
                builder.push("EXISTS (SELECT 1 FROM JSON_TABLE(");
                column.write(builder);
                let rows = if is_map { "$.*" } else { "$[*]" };
                builder.push(&format!(", '{rows}' COLUMNS({COLUMN} JSON PATH '$')) AS {ELEMENT}"));
                builder.push(&format!(" WHERE JSON_TYPE({ELEMENT}.{COLUMN}) <> 'NULL')"));
            }
            (Dialect::Sqlite, _) => {
                builder.push("EXISTS (SELECT 1 FROM ");
                element_rows(&column, builder).push(&format!(" WHERE {ELEMENT}.type <> 'null')"));
            }
        }
    }

    /// Writes the condition on any element of a list, or on the map value of a key.
    pub(super) fn element(&mut self, target: &Target, check: &Check, truth: bool) {
        let Some(reader) = JsonReader::new(target.kind(), self.builder.dialect()) else {
            return self.unsupported(target);
        };
        let Some((column, elements)) = self.elements_column(target) else { return };
        match target.steps.last() {
            Some(TargetStep::Key(key)) => {
                let value = MapValue { kind: target.kind(), reader, key, column: &column };
                match check {
                    Check::Present => {
                        if !truth {
                            self.builder.push("NOT ");
                        }
                        value.is_present(self.builder);
                    }
                    check => value.satisfies(check, truth, self.builder),
                }
            }
            _ => {
                // A list of the resource itself is never unset, so NULL is the empty list.
                let is_nested = target.field_path().as_slice().len() > 1;
                any_element(target.kind(), is_nested, check, &column, elements, &reader, truth, self.builder);
            }
        }
    }

    /// Returns `true` if the map value of a key can be read.
    pub(super) fn can_be_entry(&self, target: &Target) -> bool {
        JsonReader::new(target.kind(), self.builder.dialect()).is_some() && self.column_and_form(target).is_some()
    }

    /// Writes the map value of a key; NULL without the key.
    pub(super) fn entry(&mut self, target: &Target) {
        let reader = JsonReader::new(target.kind(), self.builder.dialect());
        if let (Some(reader), Some((column, _)), Some(TargetStep::Key(key))) =
            (reader, self.column_and_form(target), target.steps.last())
        {
            MapValue { kind: target.kind(), reader, key, column: &column }.write(self.builder);
        }
    }

    /// Returns the column of a list or a map, and its form, or adds a violation.
    fn elements_column(&mut self, target: &Target) -> Option<(Column, Elements)> {
        let column = self.column_and_form(target);
        if column.is_none() {
            self.unsupported(target);
        }
        column
    }

    /// Returns the column of a list or a map, and its form. The column must be set, because there is no default form. Arrays
    /// are supported for lists in PostgreSQL alone.
    fn column_and_form(&self, target: &Target) -> Option<(Column, Elements)> {
        let column = self.columns.given(&target.field_path())?.into_owned();
        let elements = column.elements_form()?;
        let is_map = matches!(target.field.shape, Shape::Map(_));
        let is_known = elements != Elements::Array || (self.builder.dialect() == Dialect::Postgres && !is_map);
        is_known.then_some((column, elements))
    }
}

/// Writes whether any element satisfies a check. If the list can be unset, the result is then unknown.
#[expect(clippy::too_many_arguments, reason = "each argument is an independent property of the list")]
pub(super) fn any_element(
    kind: Kind,
    is_nested: bool,
    check: &Check,
    column: &Column,
    elements: Elements,
    reader: &JsonReader,
    truth: bool,
    builder: &mut Builder,
) {
    let dialect = builder.dialect();
    if is_nested {
        builder.push("CASE WHEN ");
        match (dialect, elements) {
            (Dialect::Postgres, Elements::Array) => {
                column.write(builder);
                builder.push(" IS NOT NULL");
            }
            (Dialect::Postgres, Elements::Json) => {
                function("jsonb_typeof", column, builder).push(" <> 'null'");
            }
            (Dialect::Sqlite, _) => {
                function("json_type", column, builder).push(" <> 'null'");
            }
            (Dialect::MySql, _) => {
                function("JSON_TYPE", column, builder).push(" <> 'NULL'");
            }
        }
        builder.push(" THEN ");
    }
    if !truth {
        builder.push("NOT ");
    }
    let value = match (dialect, elements) {
        (Dialect::Postgres, Elements::Array) => {
            function("EXISTS (SELECT 1 FROM unnest", column, builder).push(&format!(" AS {ELEMENT}(value) WHERE "));
            format!("{ELEMENT}.value")
        }
        (Dialect::Postgres, Elements::Json) => {
            builder.push("EXISTS (SELECT 1 FROM jsonb_array_elements(");
            column_of_type(column, "array", builder);
            builder.push(&format!(") AS {ELEMENT}(value) WHERE "));
            reader.value()
        }
        (Dialect::Sqlite, _) => {
            builder.push("EXISTS (SELECT 1 FROM ");
            element_rows(column, builder).push(" WHERE ");
            reader.value()
        }
        (Dialect::MySql, _) => {
            builder.push("EXISTS (SELECT 1 FROM JSON_TABLE(");
            column.write(builder);
            builder.push(&format!(", '$[*]' COLUMNS({})) AS {ELEMENT} WHERE ", reader.columns()));
            reader.value()
        }
    };
    let value = Column::expression(value);
    if elements == Elements::Array {
        match check {
            Check::Compare(relation, literal) => {
                comparison::write(&value, kind, *relation, literal, builder);
            }
            Check::Match { pattern, is_negated } => text::write(&value, pattern, *is_negated, builder),
            // List elements have no presence.
            Check::Present | Check::Null | Check::Dynamic(_) => {}
        }
    } else {
        condition(&value, kind, check, true, builder);
    }
    builder.push(")");
    if is_nested {
        builder.push(" END");
    }
}

/// Map value of a key.
struct MapValue<'v> {
    kind: Kind,
    reader: JsonReader,
    key: &'v MapKey,
    column: &'v Column,
}

impl MapValue<'_> {
    /// Returns the key as text.
    fn key_text(&self) -> SqlValue {
        SqlValue::Text(match self.key {
            MapKey::Bool(key) => key.to_string(),
            MapKey::Int(key) => key.to_string(),
            MapKey::Uint(key) => key.to_string(),
            MapKey::Text(key) => key.to_string(),
        })
    }

    /// Writes whether the key exists. The result is never NULL.
    fn is_present(&self, builder: &mut Builder) {
        match builder.dialect() {
            Dialect::Sqlite => {
                builder.push("EXISTS (SELECT 1 FROM ");
                self.rows(builder);
                builder.push(&format!(" AND {ELEMENT}.type <> 'null')"));
            }
            Dialect::Postgres => {
                builder.push("((");
                self.column.write(builder);
                builder.push(" ->> ").value(self.key_text()).push(") IS NOT NULL)");
            }
            Dialect::MySql => {
                builder.push("EXISTS (SELECT 1 FROM ");
                self.rows(builder);
                builder.push(&format!(" AND JSON_TYPE({ELEMENT}.{COLUMN}) <> 'NULL')"));
            }
        }
    }

    /// Writes whether the value satisfies a check. A subquery reads the value; without the key it is NULL, which is unknown.
    fn satisfies(&self, check: &Check, truth: bool, builder: &mut Builder) {
        builder.push("(SELECT ");
        condition(&Column::expression(self.reader.value()), self.kind, check, truth, builder);
        builder.push(" FROM ");
        self.rows(builder);
        builder.push(")");
    }

    /// Writes the value.
    fn write(&self, builder: &mut Builder) {
        builder.push("(SELECT ").push(&self.reader.value()).push(" FROM ");
        self.rows(builder);
        builder.push(")");
    }

    /// Writes the row of the key. The caller can add another condition with `AND`.
    fn rows(&self, builder: &mut Builder) {
        match builder.dialect() {
            Dialect::Sqlite => {
                element_rows(self.column, builder).push(&format!(" WHERE {ELEMENT}.key = ")).value(self.key_text());
            }
            Dialect::Postgres => {
                builder.push("(SELECT ");
                self.column.write(builder);
                builder.push(" -> ").value(self.key_text()).push(&format!(" AS value) AS {ELEMENT}"));
            }
            Dialect::MySql => {
                // Not by a JSON path: MariaDB does not support a quoted key that starts with a minus.
                const ORDINAL: &str = "transom_place FOR ORDINALITY";
                function("JSON_TABLE(JSON_KEYS", self.column, builder).push(&format!(
                    ", '$[*]' COLUMNS({ORDINAL}, transom_key LONGTEXT CHARACTER SET utf8mb4 PATH '$')) AS transom_keyed \
                     JOIN JSON_TABLE("
                ));
                self.column.write(builder);
                builder
                    .push(&format!(", '$.*' COLUMNS({ORDINAL}, {})) AS {ELEMENT} ON ", self.reader.columns()))
                    .push(&format!("{ELEMENT}.transom_place = transom_keyed.transom_place WHERE "))
                    .push("CAST(transom_keyed.transom_key AS BINARY) = ")
                    .value(self.key_text());
            }
        }
    }
}

/// Writes a column of PostgreSQL if it has this JSON type, and NULL otherwise.
fn column_of_type(column: &Column, json_type: &str, builder: &mut Builder) {
    function("CASE jsonb_typeof", column, builder).push(&format!(" WHEN '{json_type}' THEN "));
    column.write(builder);
    builder.push(" END");
}

/// Writes the rows of SQLite for the elements of a column.
fn element_rows<'b>(column: &Column, builder: &'b mut Builder) -> &'b mut Builder {
    builder.push("(SELECT ");
    column.write(builder);
    builder.push(&format!(" AS {COLUMN}) AS transom_column JOIN json_each(transom_column.{COLUMN}) AS {ELEMENT}"))
}

/// `name(column)`
fn function<'b>(name: &str, column: &Column, builder: &'b mut Builder) -> &'b mut Builder {
    builder.push(name).push("(");
    column.write(builder);
    builder.push(")")
}
