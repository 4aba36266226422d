//! Values in JSON: read where they have the JSON type that values of the field have, and NULL where they do not.

use super::super::expression::{Check, Relation};
use super::super::literal::Literal;
use super::{comparison, text};
use crate::fields::Kind;
use crate::sql::{Builder, Column, Dialect, SqlValue};

/// What a row of elements or entries is called.
pub(super) const ELEMENT: &str = "transom_element";

/// What the JSON is called that something is read from.
pub(super) const HELD: &str = "transom_held";

/// How values of one kind are read.
pub(super) struct Reading {
    dialect: Dialect,
    /// The type in SQL.
    sql_type: &'static str,
    /// The names of the types in JSON, as the database calls them.
    json_types: &'static str,
}

impl Reading {
    /// How values of this kind are read, if they are.
    pub(super) fn of(kind: Kind, dialect: Dialect) -> Option<Self> {
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
            // A number of any size is one.
            (Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Uint64 | Kind::Enum(_), _) => ("numeric", number),
            (Kind::Float, Dialect::MySql) => ("FLOAT", number),
            (Kind::Float, _) => ("float4", number),
            (Kind::Double, Dialect::MySql) => ("DOUBLE", number),
            (Kind::Double, _) => ("float8", number),
            (Kind::String, Dialect::Sqlite) => ("", "'text'"),
            (Kind::String, Dialect::Postgres) => ("text", "'string'"),
            // Text of any length; the character set that is the server's default can be too small for it.
            (Kind::String, Dialect::MySql) => ("LONGTEXT CHARACTER SET utf8mb4", "'STRING'"),
            _ => return None,
        };
        Some(Self { dialect, sql_type, json_types })
    }

    /// The columns of MySQL's `JSON_TABLE`: the value, and the JSON that it is read from.
    pub(super) fn columns(&self) -> String {
        format!("transom_value {} PATH '$', {HELD} JSON PATH '$'", self.sql_type)
    }

    /// The value in the row of an element or entry.
    pub(super) fn value(&self) -> String {
        let Self { dialect, sql_type, json_types } = self;
        match dialect {
            Dialect::Sqlite => format!("CASE WHEN {ELEMENT}.type IN ({json_types}) THEN {ELEMENT}.value END"),
            Dialect::Postgres => format!(
                "CASE jsonb_typeof({ELEMENT}.value) WHEN {json_types} THEN CAST({ELEMENT}.value #>> '{{}}' AS {sql_type}) END"
            ),
            Dialect::MySql => {
                format!("CASE WHEN JSON_TYPE({ELEMENT}.{HELD}) IN ({json_types}) THEN {ELEMENT}.transom_value END")
            }
        }
    }
}

/// Writes that a value satisfies a check, or does not.
pub(super) fn condition(value: &Column, kind: Kind, check: &Check, truth: bool, builder: &mut Builder) {
    match check {
        // Whether an element is there is asked of the list or the map.
        Check::Present | Check::Null | Check::Dynamic(_) => {}
        Check::Compare(relation, literal) => {
            let relation = if truth { *relation } else { relation.negated() };
            match (kind, builder.dialect(), literal) {
                (Kind::Float, Dialect::Sqlite, Literal::Float(literal)) => {
                    rounded(value, relation, *literal as f32, builder);
                }
                _ => comparison::write(value, kind, relation, literal, builder),
            }
        }
        Check::Match { pattern, is_negated } => text::write(value, pattern, *is_negated == truth, builder),
    }
}

/// Compares doubles as the floats that they stand for, in a database that has no floats: those between the middles to the
/// next floats are this one, and the middles themselves if it is even.
fn rounded(value: &Column, relation: Relation, literal: f32, builder: &mut Builder) {
    // Beyond the greatest float, rounding goes on as if there were one more.
    let wide = |float: f32| {
        if float.is_infinite() { 2.0_f64.powi(128).copysign(float.into()) } else { float.into() }
    };
    let middle = |float: f32| (wide(float) + wide(literal)) / 2.0;
    let (low, high) = (middle(literal.next_down()), middle(literal.next_up()));
    let has_middles = literal.to_bits().is_multiple_of(2);
    let mut compare = |operator: &str, or_equal: bool, bound: f64| {
        value.write(builder);
        builder.push(operator).push(if or_equal { "= " } else { " " }).value(SqlValue::Float(bound));
    };
    match relation.as_str() {
        "<" => compare(" <", !has_middles, low),
        "<=" => compare(" <", has_middles, high),
        ">" => compare(" >", !has_middles, high),
        ">=" => compare(" >", has_middles, low),
        equality => {
            let is_equal = equality == "=";
            builder.push("(");
            let (below, above, between) = if is_equal { (" >", " <", " AND ") } else { (" <", " >", " OR ") };
            for (operator, bound, before) in [(below, low, ""), (above, high, between)] {
                builder.push(before);
                value.write(builder);
                let or_equal = is_equal == has_middles;
                builder.push(operator).push(if or_equal { "= " } else { " " }).value(SqlValue::Float(bound));
            }
            builder.push(")");
        }
    }
}
