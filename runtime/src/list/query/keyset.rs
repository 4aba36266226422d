//! Keyset condition: the rows after a cursor, as SQL.
//!
//! `(a, b) > (?, ?)` is correct only if all terms have one direction and no NULL, so each term is written separately. A row
//! comes after the cursor if its first term does, or if the first term is equal and the other terms come after the cursor.
//! Unset fields are below every value. The value of the cursor is known, so each term has the shortest correct form:
//!
//! | direction | value of the cursor | condition |
//! |---|---|---|
//! | ascending | not NULL | `c >= ? AND (c > ? OR rest)` |
//! | ascending | NULL | `c IS NOT NULL OR rest` |
//! | descending | not NULL, `c` is never NULL | `c <= ? AND (c < ? OR rest)` |
//! | descending | not NULL, `c` can be NULL | `c < ? OR c IS NULL OR (c = ? AND rest)` |
//! | descending | NULL | `c IS NULL AND rest` |
//!
//! `rest` is the condition of the other terms; after the last term it is false. The forms with `AND` let an index start at
//! the cursor. NULL is never bound. The column of a field without presence is expected to have no NULL; see
//! `Column::nullable`.

use crate::fields::Fields;
use crate::order::{CursorValue, Direction, OrderBy, Term};
use crate::sql::{Builder, Columns, Dialect};

/// Writes the condition for the rows after the cursor, in parentheses.
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

/// Maximum number of following terms for which a term is written before them.
///
/// Longer conditions start with the operand that is nested most deeply. The stack of SQLite's parser then has two entries
/// for each term instead of six. Before 3.46, it has 100 entries.
const MAX_TERM_FIRST: usize = 3;

/// Writes the condition for these terms, without parentheses.
fn write_terms<F: Fields>(terms: &[(&Term, &CursorValue)], columns: &Columns<F>, builder: &mut Builder) {
    let Some(((term, value), rest)) = terms.split_first() else { return };
    // SQLite stores NaN as NULL.
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
        if rest.is_empty() { own(builder) } else { write_operands(rest.len(), own, operator, &others, builder) }
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
            if rest.is_empty() { after(builder) } else { write_operands(rest.len(), &after, " OR ", &equal, builder) }
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
                write_operands(rest.len(), &|builder| compared(from, builder), " AND ", &inner, builder);
            }
        }
    }
}

/// Writes two operands. `inner` is in parentheses, and comes first if many terms follow.
fn write_operands(
    following: usize,
    own: &dyn Fn(&mut Builder),
    operator: &str,
    inner: &dyn Fn(&mut Builder),
    builder: &mut Builder,
) {
    let write_inner = |builder: &mut Builder| {
        builder.push("(");
        inner(builder);
        builder.push(")");
    };
    if following <= MAX_TERM_FIRST {
        own(builder);
        builder.push(operator);
        write_inner(builder);
    } else {
        write_inner(builder);
        builder.push(operator);
        own(builder);
    }
}
