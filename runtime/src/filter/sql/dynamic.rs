//! Conditions on values of `google.protobuf.Struct`, `Value` and `ListValue` in JSON columns.

use super::elements::any_element;
use super::json::{JsonReader, condition};
use super::writer::Writer;
use crate::fields::{Fields, Kind};
use crate::filter::expression::{Check, Dynamic, Target, TargetStep};
use crate::filter::literal::Literal;
use crate::sql::{Column, Dialect, Elements, JsonPath, JsonRead};

impl<F: Fields> Writer<'_, F> {
    /// Writes the condition on a value inside of a JSON column.
    pub(super) fn dynamic(&mut self, target: &Target, dynamic: &Dynamic, truth: bool) {
        let Some(column) = self.json_column(target, dynamic) else { return self.unsupported(target) };
        let path = KeyPath { column, keys: dynamic.keys.iter().map(ToString::to_string).collect() };
        match &dynamic.check {
            Check::Present => self.is_present(&path, truth),
            Check::Null => self.is_null_in_object(&path, truth),
            check => match &dynamic.has_key {
                None => self.compare(&path, check, truth),
                Some(key) => self.has(&path, check, key, truth),
            },
        }
    }

    /// Returns the JSON column of a singular field, if the database supports the keys.
    fn json_column(&self, target: &Target, dynamic: &Dynamic) -> Option<Column> {
        let dialect = self.builder.dialect();
        let is_single = target.steps.iter().all(|step| matches!(step, TargetStep::Field(_)));
        if !is_single || !JsonPath::is_possible(&dynamic.keys, dialect) {
            return None;
        }
        if !JsonPath::is_possible(dynamic.has_key.as_slice(), dialect) {
            return None;
        }
        let column = self.columns.given(&target.field_path())?.into_owned();
        (column.elements_form() == Some(Elements::Json)).then_some(column)
    }

    /// Writes whether a value is present and not `null`. The result is never NULL.
    fn is_present(&mut self, path: &KeyPath, truth: bool) {
        self.builder.push("COALESCE(");
        path.read(JsonRead::Type).write(self.builder);
        let null = self.type_name("null");
        self.builder.push(&format!(", {null}) {} {null}", if truth { "<>" } else { "=" }));
    }

    /// Writes whether a value is `null` or absent, in an object that is present.
    fn is_null_in_object(&mut self, path: &KeyPath, truth: bool) {
        self.builder.push("CASE WHEN ");
        match path.keys.split_last() {
            Some((_, outer)) => {
                let outer = KeyPath { column: path.column.clone(), keys: outer.to_vec() };
                outer.read(JsonRead::Type).write(self.builder);
                let object = self.type_name("object");
                self.builder.push(&format!(" = {object}"));
            }
            None => {
                path.column.write(self.builder);
                self.builder.push(" IS NOT NULL");
            }
        }
        self.builder.push(" THEN ");
        self.is_present(path, !truth);
        self.builder.push(" END");
    }

    /// Writes the comparison of a value.
    fn compare(&mut self, path: &KeyPath, check: &Check, truth: bool) {
        let (kind, read) = literal_type(check);
        condition(&path.read(read), kind, check, truth, self.builder);
    }

    /// Writes the condition of `:`, which depends on the JSON type of the value.
    fn has(&mut self, path: &KeyPath, check: &Check, key: &str, truth: bool) {
        let (kind, _) = literal_type(check);
        let Some(reader) = JsonReader::new(kind, self.builder.dialect()) else { return };
        let (array, object) = (self.type_name("array"), self.type_name("object"));
        self.builder.push("CASE ");
        path.read(JsonRead::Type).write(self.builder);
        self.builder.push(&format!(" WHEN {array} THEN "));
        any_element(kind, false, check, &path.read(JsonRead::Array), Elements::Json, &reader, truth, self.builder);
        self.builder.push(&format!(" WHEN {object} THEN "));
        let mut keys = path.keys.clone();
        keys.push(key.to_owned());
        self.is_present(&KeyPath { column: path.column.clone(), keys }, truth);
        self.builder.push(" ELSE ");
        self.compare(path, check, truth);
        self.builder.push(" END");
    }

    /// Returns the name of a JSON type in the database, as a string literal.
    fn type_name(&self, json_type: &str) -> String {
        match self.builder.dialect() {
            Dialect::MySql => format!("'{}'", json_type.to_ascii_uppercase()),
            Dialect::Sqlite | Dialect::Postgres => format!("'{json_type}'"),
        }
    }
}

/// Path of keys in a JSON column.
struct KeyPath {
    column: Column,
    keys: Vec<String>,
}

impl KeyPath {
    fn read(&self, read: JsonRead) -> Column {
        Column::json(JsonPath { column: self.column.clone(), keys: self.keys.clone(), read })
    }
}

/// Returns the types of the values that a check compares.
fn literal_type(check: &Check) -> (Kind, JsonRead) {
    match check {
        Check::Compare(_, Literal::Bool(_)) => (Kind::Bool, JsonRead::Bool),
        Check::Compare(_, Literal::Float(_)) => (Kind::Double, JsonRead::Number),
        _ => (Kind::String, JsonRead::Text),
    }
}
