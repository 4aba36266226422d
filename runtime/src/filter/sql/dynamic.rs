//! Values of `google.protobuf.Struct`, `Value` and `ListValue` in columns of JSON.

use super::super::dynamic::Dynamic;
use super::super::expression::{Check, Step, Target};
use super::super::literal::Literal;
use super::Writer;
use super::elements::any_element;
use super::json::{Reading, condition};
use crate::fields::{Fields, Kind};
use crate::sql::{Column, Dialect, Elements, JsonPath, JsonRead};

impl<F: Fields> Writer<'_, F> {
    pub(super) fn dynamic(&mut self, target: &Target, dynamic: &Dynamic, truth: bool) {
        let Some(column) = self.json_column(target, dynamic) else { return self.unsupported(target) };
        let inner = Inner { column, keys: dynamic.keys.iter().map(ToString::to_string).collect() };
        match &dynamic.check {
            Check::Present => self.is_present(&inner, truth),
            Check::Null => self.is_null_inside(&inner, truth),
            check => match &dynamic.has {
                None => self.compared(&inner, check, truth),
                Some(key) => self.has(&inner, check, key, truth),
            },
        }
    }

    /// The column of a field of which there is one, if it is one of JSON.
    fn json_column(&self, target: &Target, dynamic: &Dynamic) -> Option<Column> {
        let dialect = self.builder.dialect();
        let is_single = target.steps.iter().all(|step| matches!(step, Step::Field(_)));
        if !is_single || !JsonPath::is_possible(&dynamic.keys, dialect) {
            return None;
        }
        let more = dynamic.has.as_slice();
        if !JsonPath::is_possible(more, dialect) {
            return None;
        }
        let column = self.columns.given(&target.fields())?.into_owned();
        (column.elements_form() == Some(Elements::Json)).then_some(column)
    }

    /// Whether a value is there: never NULL.
    fn is_present(&mut self, inner: &Inner, truth: bool) {
        self.builder.push("COALESCE(");
        inner.read(JsonRead::Type).write(self.builder);
        let null = self.name("null");
        self.builder.push(&format!(", {null}) {} {null}", if truth { "<>" } else { "=" }));
    }

    /// Whether a value is null or not there, in an object that is.
    fn is_null_inside(&mut self, inner: &Inner, truth: bool) {
        self.builder.push("CASE WHEN ");
        match inner.keys.split_last() {
            Some((_, outer)) => {
                let outer = Inner { column: inner.column.clone(), keys: outer.to_vec() };
                outer.read(JsonRead::Type).write(self.builder);
                let object = self.name("object");
                self.builder.push(&format!(" = {object}"));
            }
            None => {
                inner.column.write(self.builder);
                self.builder.push(" IS NOT NULL");
            }
        }
        self.builder.push(" THEN ");
        self.is_present(inner, !truth);
        self.builder.push(" END");
    }

    fn compared(&mut self, inner: &Inner, check: &Check, truth: bool) {
        let (kind, read) = kind(check);
        condition(&inner.read(read), kind, check, truth, self.builder);
    }

    /// `:`, by what the value is.
    fn has(&mut self, inner: &Inner, check: &Check, key: &str, truth: bool) {
        let (kind, _) = kind(check);
        let Some(reading) = Reading::of(kind, self.builder.dialect()) else { return };
        let (array, object) = (self.name("array"), self.name("object"));
        self.builder.push("CASE ");
        inner.read(JsonRead::Type).write(self.builder);
        self.builder.push(&format!(" WHEN {array} THEN "));
        any_element(kind, false, check, &inner.read(JsonRead::Array), Elements::Json, &reading, truth, self.builder);
        self.builder.push(&format!(" WHEN {object} THEN "));
        let mut keys = inner.keys.clone();
        keys.push(key.to_owned());
        self.is_present(&Inner { column: inner.column.clone(), keys }, truth);
        self.builder.push(" ELSE ");
        self.compared(inner, check, truth);
        self.builder.push(" END");
    }

    /// The name of a type of JSON.
    fn name(&self, json_type: &str) -> String {
        match self.builder.dialect() {
            Dialect::MySql => format!("'{}'", json_type.to_ascii_uppercase()),
            Dialect::Sqlite | Dialect::Postgres => format!("'{json_type}'"),
        }
    }
}

/// Keys in a column.
struct Inner {
    column: Column,
    keys: Vec<String>,
}

impl Inner {
    fn read(&self, read: JsonRead) -> Column {
        Column::json(JsonPath { column: self.column.clone(), keys: self.keys.clone(), read })
    }
}

/// The type that a literal asks for.
fn kind(check: &Check) -> (Kind, JsonRead) {
    match check {
        Check::Compare(_, Literal::Bool(_)) => (Kind::Bool, JsonRead::Bool),
        Check::Compare(_, Literal::Float(_)) => (Kind::Double, JsonRead::Number),
        _ => (Kind::String, JsonRead::Text),
    }
}
