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
//! After the last term, `rest` is false. The forms with `AND` in front start an index at the right place. NULL is never
//! bound. A column is taken to hold no NULL when its field is always there: `Column::nullable` says where that is not so.

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

/// Writes the condition for the terms from here on, which is one operand of `OR` or `AND` only in brackets.
fn write_terms<F: Fields>(terms: &[(&Term, &CursorValue)], columns: &Columns<F>, builder: &mut Builder) {
    let Some(((term, value), rest)) = terms.split_first() else { return };
    // SQLite has no NaN, and NULL wherever one was stored.
    let is_null = matches!(value, CursorValue::Float(value) if value.is_nan())
        && builder.dialect() == Dialect::Sqlite
        && term.can_be_null(columns);
    let value = if is_null { &CursorValue::Null } else { *value };
    let column = |builder: &mut Builder| term.write_column(columns, builder);
    let compared = |operator: &str, builder: &mut Builder| {
        term.write_column(columns, builder);
        builder.push(operator);
        term.write_value(value, columns, builder);
    };
    match (term.direction(), value) {
        (Direction::Ascending, CursorValue::Null) => {
            column(builder);
            builder.push(" IS NOT NULL");
            joined(" OR ", rest, columns, builder);
        }
        (Direction::Descending, CursorValue::Null) if rest.is_empty() => {
            builder.push("1 = 0");
        }
        (Direction::Descending, CursorValue::Null) => {
            column(builder);
            builder.push(" IS NULL");
            joined(" AND ", rest, columns, builder);
        }
        (Direction::Descending, _) if term.can_be_null(columns) => {
            compared(" < ", builder);
            builder.push(" OR ");
            column(builder);
            builder.push(" IS NULL");
            if !rest.is_empty() {
                builder.push(" OR (");
                compared(" = ", builder);
                joined(" AND ", rest, columns, builder);
                builder.push(")");
            }
        }
        (direction, _) => {
            let (after, from) = match direction {
                Direction::Ascending => (" > ", " >= "),
                Direction::Descending => (" < ", " <= "),
            };
            if rest.is_empty() {
                compared(after, builder);
            } else {
                compared(from, builder);
                builder.push(" AND (");
                compared(after, builder);
                joined(" OR ", rest, columns, builder);
                builder.push(")");
            }
        }
    }
}

/// Writes the condition for the other terms after the operator, if there are others.
fn joined<F: Fields>(operator: &str, rest: &[(&Term, &CursorValue)], columns: &Columns<F>, builder: &mut Builder) {
    if !rest.is_empty() {
        builder.push(operator).push("(");
        write_terms(rest, columns, builder);
        builder.push(")");
    }
}
