//! Value in a JSON column at a path of object keys, as an SQL expression with placeholders for the keys.

use super::{Builder, Column, Dialect, SqlValue};

/// Value in a JSON column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonPath {
    pub(crate) column: Column,
    /// Keys of objects, from the outermost inwards.
    pub(crate) keys: Vec<String>,
    pub(crate) read: JsonRead,
}

/// Part of a JSON value that is read. The result is NULL if the value has another type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonRead {
    /// Name of the JSON type in the database.
    Type,
    /// The array.
    Array,
    Number,
    Text,
    Bool,
}

/// Maximum number of keys. In SQLite, each key is a table of a join, and a join has at most 64 tables.
const MAX_KEYS: usize = 32;

impl JsonPath {
    /// Returns `true` if the database supports these keys. In MySQL and MariaDB, a path is one text, in which some characters
    /// are special.
    pub(crate) fn is_possible(keys: &[Box<str>], dialect: Dialect) -> bool {
        let is_plain = |key: &str| {
            let is_special = |character: char| matches!(character, '"' | '\\' | '*') || character.is_control();
            !key.is_empty() && !key.starts_with('-') && !key.contains(is_special)
        };
        keys.len() <= MAX_KEYS && (dialect != Dialect::MySql || keys.iter().all(|key| is_plain(key)))
    }

    pub(super) fn write(&self, builder: &mut Builder) {
        match builder.dialect() {
            Dialect::Sqlite if self.keys.is_empty() => self.whole_in_sqlite(builder),
            Dialect::Sqlite => self.in_sqlite(builder),
            Dialect::Postgres => self.in_postgres(builder),
            Dialect::MySql => self.in_mysql(builder),
        }
    }

    fn whole_in_sqlite(&self, builder: &mut Builder) {
        let (types, value) = match self.read {
            JsonRead::Type => {
                builder.push("json_type(");
                self.column.write(builder);
                builder.push(")");
                return;
            }
            JsonRead::Array => ("'array'", ""),
            JsonRead::Number => ("'integer', 'real'", "$"),
            JsonRead::Text => ("'text'", "$"),
            JsonRead::Bool => ("'true', 'false'", "$"),
        };
        builder.push("CASE WHEN json_type(");
        self.column.write(builder);
        builder.push(&format!(") IN ({types}) THEN "));
        if value.is_empty() {
            self.column.write(builder);
        } else {
            builder.push("json_extract(");
            self.column.write(builder);
            builder.push(", '$')");
        }
        builder.push(" END");
    }

    /// Writes one `json_each` for each key. The argument of `json_each` can see its own columns, so all names are qualified.
    fn in_sqlite(&self, builder: &mut Builder) {
        let last = self.keys.len();
        let value = |types: &str| format!("CASE WHEN transom_{last}.type IN ({types}) THEN transom_{last}.value END");
        let value = match self.read {
            JsonRead::Type => format!("transom_{last}.type"),
            JsonRead::Array => value("'array'"),
            JsonRead::Number => value("'integer', 'real'"),
            JsonRead::Text => value("'text'"),
            JsonRead::Bool => value("'true', 'false'"),
        };
        builder.push("(SELECT ").push(&value).push(" FROM (SELECT ");
        self.column.write(builder);
        builder.push(
            " AS transom_held) AS transom_0 JOIN json_each(CASE json_type(transom_0.transom_held) WHEN 'object' THEN \
             transom_0.transom_held END) AS transom_1",
        );
        for key in 2..=last {
            let object = key - 1;
            builder.push(&format!(
                " JOIN json_each(CASE transom_{object}.type WHEN 'object' THEN transom_{object}.value END) AS transom_{key}"
            ));
        }
        for (position, key) in self.keys.iter().enumerate() {
            let before = if position == 0 { " WHERE" } else { " AND" };
            builder.push(&format!("{before} transom_{}.key = ", position + 1)).value(SqlValue::Text(key.clone()));
        }
        builder.push(")");
    }

    fn in_postgres(&self, builder: &mut Builder) {
        let json = |builder: &mut Builder| {
            builder.push("(");
            self.column.write(builder);
            for key in &self.keys {
                builder.push(" -> ").value(SqlValue::Text(key.clone()));
            }
            builder.push(")");
        };
        let (json_type, before, after) = match self.read {
            JsonRead::Type => {
                builder.push("jsonb_typeof(");
                json(builder);
                builder.push(")");
                return;
            }
            JsonRead::Array => ("array", "", ""),
            JsonRead::Number => ("number", "CAST(", " #>> '{}' AS float8)"),
            JsonRead::Text => ("string", "", " #>> '{}'"),
            JsonRead::Bool => ("boolean", "CAST(", " #>> '{}' AS boolean)"),
        };
        builder.push("(CASE jsonb_typeof(");
        json(builder);
        builder.push(&format!(") WHEN '{json_type}' THEN {before}"));
        json(builder);
        builder.push(after).push(" END)");
    }

    fn in_mysql(&self, builder: &mut Builder) {
        let path = self.keys.iter().fold("$".to_owned(), |path, key| format!("{path}.\"{key}\""));
        let json = |builder: &mut Builder| {
            builder.push("JSON_EXTRACT(");
            self.column.write(builder);
            builder.push(", ").value(SqlValue::Text(path.clone())).push(")");
        };
        let (types, before, after) = match self.read {
            JsonRead::Type => {
                builder.push("JSON_TYPE(");
                json(builder);
                builder.push(")");
                return;
            }
            JsonRead::Array => ("'ARRAY'", "", ""),
            JsonRead::Number => ("'INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL'", "", " + 0e0"),
            JsonRead::Text => ("'STRING'", "JSON_UNQUOTE(", ")"),
            JsonRead::Bool => ("'BOOLEAN'", "JSON_UNQUOTE(", ") = 'true'"),
        };
        builder.push("(CASE WHEN JSON_TYPE(");
        json(builder);
        builder.push(&format!(") IN ({types}) THEN {before}"));
        json(builder);
        builder.push(after).push(" END)");
    }
}
