//! Comparisons of a column with a literal.

use crate::fields::Kind;
use crate::filter::expression::Relation;
use crate::filter::literal::Literal;
use crate::sql::time::Time;
use crate::sql::{Builder, Column};

/// Writes `column relation value`.
pub(super) fn write(column: &Column, kind: Kind, relation: Relation, literal: &Literal, builder: &mut Builder) {
    match literal {
        Literal::Timestamp(value) => write_time(column, relation, Time::from_timestamp(value), builder),
        Literal::Duration(value) => write_time(column, relation, Time::from_duration(value), builder),
        literal => {
            column.write_comparable(kind, builder);
            builder.push(operator(relation));
            bind(literal, builder);
        }
    }
}

/// Returns the SQL operator of a relation, with spaces.
fn operator(relation: Relation) -> &'static str {
    match relation.as_str() {
        "=" => " = ",
        "!=" => " <> ",
        "<" => " < ",
        "<=" => " <= ",
        ">" => " > ",
        _ => " >= ",
    }
}

/// Writes a placeholder for a literal in the default form.
pub(super) fn bind(literal: &Literal, builder: &mut Builder) {
    Column::named(String::new()).write_value(literal.view(), builder);
}

/// Writes a comparison with a timestamp or a duration. A literal that the column cannot represent is rounded down, and the
/// relation is changed accordingly.
fn write_time(column: &Column, relation: Relation, literal: Time, builder: &mut Builder) {
    let form = literal.form(column, builder.dialect());
    let Some(rounded) = form.round_down(literal.nanos()) else {
        // Out of the range of the column.
        let is_above = literal.nanos() > 0;
        return constant(
            column,
            relation.accepts(if is_above { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater }),
            builder,
        );
    };
    let relation = if rounded == literal.nanos() {
        relation
    } else if relation == Relation::EQUALITY {
        return constant(column, false, builder);
    } else if relation == Relation::EQUALITY.negated() {
        return constant(column, true, builder);
    } else {
        relation.for_rounded_down()
    };
    column.write(builder);
    builder.push(operator(relation));
    literal.with_nanos(rounded).write(form, builder);
}

/// Writes a condition that has the same result for every value, and is unknown for NULL.
fn constant(column: &Column, result: bool, builder: &mut Builder) {
    column.write(builder);
    builder.push(if result { " = " } else { " <> " });
    column.write(builder);
}
