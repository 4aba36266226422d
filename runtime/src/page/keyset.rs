//! What comes after a cursor, as SQL.
//!
//! `(a, b) > (?, ?)` is true for one direction and without NULL alone, so each term is written on its own. After the
//! cursor comes what is after it by the first term, or equal by it and after it by the others. Unset fields are below
//! every value, and the value of the cursor is known, so each term has the shortest form that is right for it:
//!
//! | direction | cursor | after it, or equal and `rest` |
//! |---|---|---|
//! | ascending | a value | `c >= ? AND (c > ? OR rest)` |
//! | ascending | NULL | `c IS NOT NULL OR rest` |
//! | descending | a value, `c` is never NULL | `c <= ? AND (c < ? OR rest)` |
//! | descending | a value, `c` can be NULL | `c < ? OR c IS NULL OR (c = ? AND rest)` |
//! | descending | NULL | `c IS NULL AND rest` |
//!
//! After the last term, `rest` is false. The forms with `AND` start an index at the right place. NULL is never bound.
//! A column is taken to hold no NULL when its field is always there: `Column::nullable` says where that is not so.

use crate::fields::Fields;
use crate::order::{CursorValue, Direction, OrderBy, Term};
use crate::sql::{Builder, Columns, Dialect};

/// Writes the condition of the rows after the cursor, in brackets.
pub(super) fn write<F: Fields>(
    order: &OrderBy<F>,
    values: &[CursorValue],
    columns: &Columns<F>,
    builder: &mut Builder,
) {
    let terms: Vec<_> = order.terms().iter().zip(values).collect();
    builder.push("(");
    write_terms(&terms, columns, builder);
    builder.push(")");
}

/// The most terms after one for which it is written before them, as it is read. Longer conditions begin with what is
/// nested most deeply: a parser's stack then has two places for each term instead of six. SQLite has 100 places before
/// 3.46.
const SHALLOW: usize = 4;

/// Writes the condition for the terms from here on, which is one operand of `OR` or `AND` only in brackets.
fn write_terms<F: Fields>(terms: &[(&Term, &CursorValue)], columns: &Columns<F>, builder: &mut Builder) {
    let Some(((term, value), rest)) = terms.split_first() else { return };
    // SQLite has no NaN, and NULL wherever one was stored.
    let is_null = matches!(value, CursorValue::Float(value) if value.is_nan())
        && builder.dialect() == Dialect::Sqlite
        && term.can_be_null(columns);
    let value = if is_null { &CursorValue::Null } else { *value };
    let column = |suffix: &str, builder: &mut Builder| {
        term.write_column(columns, builder);
        builder.push(suffix);
    };
    let compared = |operator: &str, builder: &mut Builder| {
        column(operator, builder);
        term.write_value(value, columns, builder);
    };
    let after_rest = |operator: &str, own: &dyn Fn(&mut Builder), builder: &mut Builder| {
        let others = |builder: &mut Builder| write_terms(rest, columns, builder);
        if rest.is_empty() { own(builder) } else { joined(rest.len(), own, operator, &others, builder) }
    };
    match (term.direction(), value) {
        (Direction::Ascending, CursorValue::Null) => {
            after_rest(" OR ", &|builder| column(" IS NOT NULL", builder), builder);
        }
        (Direction::Descending, CursorValue::Null) if rest.is_empty() => {
            builder.push("1 = 0");
        }
        (Direction::Descending, CursorValue::Null) => {
            after_rest(" AND ", &|builder| column(" IS NULL", builder), builder);
        }
        (Direction::Descending, _) if term.can_be_null(columns) => {
            let after = |builder: &mut Builder| {
                compared(" < ", builder);
                builder.push(" OR ");
                column(" IS NULL", builder);
            };
            let equal = |builder: &mut Builder| after_rest(" AND ", &|builder| compared(" = ", builder), builder);
            if rest.is_empty() { after(builder) } else { joined(rest.len(), &after, " OR ", &equal, builder) }
        }
        (direction, _) => {
            let (after, from) = match direction {
                Direction::Ascending => (" > ", " >= "),
                Direction::Descending => (" < ", " <= "),
            };
            let inner = |builder: &mut Builder| after_rest(" OR ", &|builder| compared(after, builder), builder);
            if rest.is_empty() {
                inner(builder);
            } else {
                joined(rest.len(), &|builder| compared(from, builder), " AND ", &inner, builder);
            }
        }
    }
}

/// Writes two operands, of which `inner` is in brackets and stands first where many terms follow.
fn joined(
    following: usize,
    own: &dyn Fn(&mut Builder),
    operator: &str,
    inner: &dyn Fn(&mut Builder),
    builder: &mut Builder,
) {
    let brackets = |builder: &mut Builder| {
        builder.push("(");
        inner(builder);
        builder.push(")");
    };
    if following < SHALLOW {
        own(builder);
        builder.push(operator);
        brackets(builder);
    } else {
        brackets(builder);
        builder.push(operator);
        own(builder);
    }
}
