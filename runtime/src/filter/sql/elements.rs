//! Lists and maps of values that have no fields, in columns of JSON or arrays.
//!
//! What has no column of JSON is refused; how the values in JSON are read stands in `json.rs`.
//!
//! A table function brings names of its own, in front of those of the table that is asked: a column `value` beside one is
//! the function's. So whatever is named here begins with `transom_`; and SQLite, whose `json_each` has its own names and
//! sees them in its argument too, reads the column in a subquery beside the function.

use super::super::expression::{Check, MapKey, Step, Target};
use super::json::{ELEMENT, HELD, Reading, condition};
use super::{Writer, comparison, text};
use crate::fields::{Fields, Kind, Shape};
use crate::sql::{Builder, Column, Dialect, Elements, SqlValue};

impl<F: Fields> Writer<'_, F> {
    /// Whether a list or a map has elements: never NULL.
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
                only(&column, of, builder);
                builder.push(&format!(") AS {ELEMENT} WHERE jsonb_typeof({ELEMENT}.value) <> 'null')"));
            }
            (Dialect::MySql, _) => {
                builder.push("EXISTS (SELECT 1 FROM JSON_TABLE(");
                column.write(builder);
                let rows = if is_map { "$.*" } else { "$[*]" };
                builder.push(&format!(", '{rows}' COLUMNS({HELD} JSON PATH '$')) AS {ELEMENT}"));
                builder.push(&format!(" WHERE JSON_TYPE({ELEMENT}.{HELD}) <> 'NULL')"));
            }
            (Dialect::Sqlite, _) => {
                builder.push("EXISTS (SELECT 1 FROM ");
                each(&column, builder).push(&format!(" WHERE {ELEMENT}.type <> 'null')"));
            }
        }
    }

    /// Any element of a list, or the value of a key.
    pub(super) fn element(&mut self, target: &Target, check: &Check, truth: bool) {
        let Some(reading) = Reading::of(target.kind(), self.builder.dialect()) else {
            return self.unsupported(target);
        };
        let Some((column, elements)) = self.elements_column(target) else { return };
        match target.steps.last() {
            Some(Step::Key(key)) => {
                let value = Value { kind: target.kind(), reading, key, column: &column };
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
                // A list of the resource itself is never unset, so that its NULL is an empty list.
                let is_nested = target.fields().as_slice().len() > 1;
                any_element(target.kind(), is_nested, check, &column, elements, &reading, truth, self.builder);
            }
        }
    }

    /// Whether the value of the key can be read.
    pub(super) fn can_be_entry(&self, target: &Target) -> bool {
        Reading::of(target.kind(), self.builder.dialect()).is_some() && self.stored(target).is_some()
    }

    /// Writes the value of a key; NULL without the key.
    pub(super) fn entry(&mut self, target: &Target) {
        let reading = Reading::of(target.kind(), self.builder.dialect());
        if let (Some(reading), Some((column, _)), Some(Step::Key(key))) =
            (reading, self.stored(target), target.steps.last())
        {
            Value { kind: target.kind(), reading, key, column: &column }.write(self.builder);
        }
    }

    /// The column of a list or map, and its form; a problem if there is none.
    fn elements_column(&mut self, target: &Target) -> Option<(Column, Elements)> {
        let stored = self.stored(target);
        if stored.is_none() {
            self.unsupported(target);
        }
        stored
    }

    /// The column of a list or map, which has to be given: only then is its form known. PostgreSQL alone has arrays, and
    /// they hold lists alone.
    fn stored(&self, target: &Target) -> Option<(Column, Elements)> {
        let column = self.columns.given(&target.fields())?.into_owned();
        let elements = column.elements_form()?;
        let is_map = matches!(target.field.shape, Shape::Map(_));
        let is_known = elements != Elements::Array || (self.builder.dialect() == Dialect::Postgres && !is_map);
        is_known.then_some((column, elements))
    }
}

/// Writes whether any element satisfies the check; of a list that can be unset, unknown where it is.
#[expect(clippy::too_many_arguments, reason = "each says one thing of the list")]
pub(super) fn any_element(
    kind: Kind,
    is_nested: bool,
    check: &Check,
    column: &Column,
    elements: Elements,
    reading: &Reading,
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
            only(column, "array", builder);
            builder.push(&format!(") AS {ELEMENT}(value) WHERE "));
            reading.value()
        }
        (Dialect::Sqlite, _) => {
            builder.push("EXISTS (SELECT 1 FROM ");
            each(column, builder).push(" WHERE ");
            reading.value()
        }
        (Dialect::MySql, _) => {
            builder.push("EXISTS (SELECT 1 FROM JSON_TABLE(");
            column.write(builder);
            builder.push(&format!(", '$[*]' COLUMNS({})) AS {ELEMENT} WHERE ", reading.columns()));
            reading.value()
        }
    };
    let value = Column::expression(value);
    if elements == Elements::Array {
        match check {
            Check::Compare(relation, literal) => {
                comparison::write(&value, kind, *relation, literal, builder);
            }
            Check::Match { pattern, is_negated } => text::write(&value, pattern, *is_negated, builder),
            // Whether an element of a list is set is not asked.
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

/// The value of a key.
struct Value<'v> {
    kind: Kind,
    reading: Reading,
    key: &'v MapKey,
    column: &'v Column,
}

impl Value<'_> {
    fn name(&self) -> SqlValue {
        SqlValue::Text(match self.key {
            MapKey::Bool(key) => key.to_string(),
            MapKey::Int(key) => key.to_string(),
            MapKey::Uint(key) => key.to_string(),
            MapKey::Text(key) => key.to_string(),
        })
    }

    /// Whether the key is there: never NULL.
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
                builder.push(" ->> ").value(self.name()).push(") IS NOT NULL)");
            }
            Dialect::MySql => {
                builder.push("EXISTS (SELECT 1 FROM ");
                self.rows(builder);
                builder.push(&format!(" AND JSON_TYPE({ELEMENT}.{HELD}) <> 'NULL')"));
            }
        }
    }

    /// The value stands in a subquery of one row, as a column to compare; without the row it is NULL, which is unknown.
    fn satisfies(&self, check: &Check, truth: bool, builder: &mut Builder) {
        builder.push("(SELECT ");
        condition(&Column::expression(self.reading.value()), self.kind, check, truth, builder);
        builder.push(" FROM ");
        self.rows(builder);
        builder.push(")");
    }

    /// The value itself.
    fn write(&self, builder: &mut Builder) {
        builder.push("(SELECT ").push(&self.reading.value()).push(" FROM ");
        self.rows(builder);
        builder.push(")");
    }

    /// The row of the key, with a condition that is still open to an `AND`.
    fn rows(&self, builder: &mut Builder) {
        match builder.dialect() {
            Dialect::Sqlite => {
                each(self.column, builder).push(&format!(" WHERE {ELEMENT}.key = ")).value(self.name());
            }
            Dialect::Postgres => {
                builder.push("(SELECT ");
                self.column.write(builder);
                builder.push(" -> ").value(self.name()).push(&format!(" AS value) AS {ELEMENT}"));
            }
            Dialect::MySql => {
                // Not by a path: MariaDB reads a quoted key that begins with a minus as something else.
                const PLACE: &str = "transom_place FOR ORDINALITY";
                function("JSON_TABLE(JSON_KEYS", self.column, builder).push(&format!(
                    ", '$[*]' COLUMNS({PLACE}, transom_key LONGTEXT CHARACTER SET utf8mb4 PATH '$')) AS transom_keyed \
                     JOIN JSON_TABLE("
                ));
                self.column.write(builder);
                builder
                    .push(&format!(", '$.*' COLUMNS({PLACE}, {})) AS {ELEMENT} ON ", self.reading.columns()))
                    .push(&format!("{ELEMENT}.transom_place = transom_keyed.transom_place WHERE "))
                    .push("CAST(transom_keyed.transom_key AS BINARY) = ")
                    .value(self.name());
            }
        }
    }
}

/// Writes the column of PostgreSQL if it holds JSON of this type, and NULL otherwise.
fn only(column: &Column, json_type: &str, builder: &mut Builder) {
    function("CASE jsonb_typeof", column, builder).push(&format!(" WHEN '{json_type}' THEN "));
    column.write(builder);
    builder.push(" END");
}

/// Writes the rows of SQLite for the elements of a column.
fn each<'b>(column: &Column, builder: &'b mut Builder) -> &'b mut Builder {
    builder.push("(SELECT ");
    column.write(builder);
    builder.push(&format!(" AS {HELD}) AS transom_column JOIN json_each(transom_column.{HELD}) AS {ELEMENT}"))
}

/// `name(column)`
fn function<'b>(name: &str, column: &Column, builder: &'b mut Builder) -> &'b mut Builder {
    builder.push(name).push("(");
    column.write(builder);
    builder.push(")")
}
