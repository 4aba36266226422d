//! Readers of JSON values: a value with another JSON type than the field is NULL.

use super::{comparison, text};
use crate::fields::Kind;
use crate::filter::expression::{Check, Relation};
use crate::filter::literal::Literal;
use crate::sql::{Builder, Column, Dialect, SqlValue};

/// Alias of the row of an element or an entry.
pub(super) const ELEMENT: &str = "transom_element";

/// Alias of the JSON that is read.
pub(super) const COLUMN: &str = "transom_held";

/// Reader of the values of one kind.
pub(super) struct JsonReader {
    dialect: Dialect,
    /// SQL type.
    sql_type: &'static str,
    /// Names of the JSON types in the database.
    json_types: &'static str,
}

impl JsonReader {
    /// Creates the reader of a kind. Returns `None` if JSON columns do not support the kind.
    pub(super) fn new(kind: Kind, dialect: Dialect) -> Option<Self> {
        let number = match dialect {
            Dialect::Sqlite => "'integer', 'real'",
            Dialect::Postgres => "'number'",
            Dialect::MySql => "'INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL'",
        };
        let (sql_type, json_types) = match (kind, dialect) {
            (Kind::Bool, Dialect::Sqlite) => ("", "'true', 'false'"),
            (Kind::Bool, Dialect::Postgres) => ("boolean", "'boolean'"),
            (Kind::Bool, Dialect::MySql) => ("BOOLEAN", "'BOOLEAN'"),
            (Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Enum(_), Dialect::MySql) => ("BIGINT", number),
            (Kind::Uint64, Dialect::MySql) => ("BIGINT UNSIGNED", number),
            // `numeric` accepts a number of any size.
            (Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Uint64 | Kind::Enum(_), _) => ("numeric", number),
            (Kind::Float, Dialect::MySql) => ("FLOAT", number),
            (Kind::Float, _) => ("float4", number),
            (Kind::Double, Dialect::MySql) => ("DOUBLE", number),
            (Kind::Double, _) => ("float8", number),
            (Kind::String, Dialect::Sqlite) => ("", "'text'"),
            (Kind::String, Dialect::Postgres) => ("text", "'string'"),
            // The default character set of the server may not have all characters.
            (Kind::String, Dialect::MySql) => ("LONGTEXT CHARACTER SET utf8mb4", "'STRING'"),
            _ => return None,
        };
        Some(Self { dialect, sql_type, json_types })
    }

    /// Returns the columns of MySQL's `JSON_TABLE`: the value, and its JSON.
    pub(super) fn columns(&self) -> String {
        format!("transom_value {} PATH '$', {COLUMN} JSON PATH '$'", self.sql_type)
    }

    /// Returns the value in the row of an element or an entry.
    pub(super) fn value(&self) -> String {
        let Self { dialect, sql_type, json_types } = self;
        match dialect {
            Dialect::Sqlite => format!("CASE WHEN {ELEMENT}.type IN ({json_types}) THEN {ELEMENT}.value END"),
            Dialect::Postgres => format!(
                "CASE jsonb_typeof({ELEMENT}.value) WHEN {json_types} THEN CAST({ELEMENT}.value #>> '{{}}' AS {sql_type}) END"
            ),
            Dialect::MySql => {
                format!("CASE WHEN JSON_TYPE({ELEMENT}.{COLUMN}) IN ({json_types}) THEN {ELEMENT}.transom_value END")
            }
        }
    }
}

/// Writes the condition that the result of a check is `truth`.
pub(super) fn condition(value: &Column, kind: Kind, check: &Check, truth: bool, builder: &mut Builder) {
    match check {
        // Presence is checked on the list or the map.
        Check::Present | Check::Null | Check::Dynamic(_) => {}
        Check::Compare(relation, literal) => {
            let relation = if truth { *relation } else { relation.negated() };
            match (kind, builder.dialect(), literal) {
                (Kind::Float, Dialect::Sqlite, Literal::Float(literal)) => {
                    compare_rounded(value, relation, *literal as f32, builder);
                }
                _ => comparison::write(value, kind, relation, literal, builder),
            }
        }
        Check::Match { pattern, is_negated } => text::write(value, pattern, *is_negated == truth, builder),
    }
}

/// Writes a comparison of 64-bit values after rounding to 32 bits, for a database without 32-bit floats.
///
/// A value rounds to `literal` if it is between the midpoints to the next floats. A midpoint itself rounds to the float with
/// an even significand.
fn compare_rounded(value: &Column, relation: Relation, literal: f32, builder: &mut Builder) {
    // Above the maximum, values round as if there were one more float.
    let wide = |float: f32| {
        if float.is_infinite() { 2.0_f64.powi(128).copysign(float.into()) } else { float.into() }
    };
    let midpoint = |float: f32| (wide(float) + wide(literal)) / 2.0;
    let (low, high) = (midpoint(literal.next_down()), midpoint(literal.next_up()));
    let includes_midpoints = literal.to_bits().is_multiple_of(2);
    let mut compare = |operator: &str, or_equal: bool, bound: f64| {
        value.write(builder);
        builder.push(operator).push(if or_equal { "= " } else { " " }).value(SqlValue::Float(bound));
    };
    match relation.as_str() {
        "<" => compare(" <", !includes_midpoints, low),
        "<=" => compare(" <", includes_midpoints, high),
        ">" => compare(" >", !includes_midpoints, high),
        ">=" => compare(" >", includes_midpoints, low),
        equality => {
            let is_equal = equality == "=";
            builder.push("(");
            let (below, above, between) = if is_equal { (" >", " <", " AND ") } else { (" <", " >", " OR ") };
            for (operator, bound, before) in [(below, low, ""), (above, high, between)] {
                builder.push(before);
                value.write(builder);
                let or_equal = is_equal == includes_midpoints;
                builder.push(operator).push(if or_equal { "= " } else { " " }).value(SqlValue::Float(bound));
            }
            builder.push(")");
        }
    }
}
