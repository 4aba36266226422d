//! Comparisons of a column with a value.

use super::super::expression::Relation;
use super::super::literal::Literal;
use crate::fields::Kind;
use crate::sql::time::Time;
use crate::sql::{Builder, Column};

/// Writes `column relation value`.
pub(super) fn write(column: &Column, kind: Kind, relation: Relation, literal: &Literal, builder: &mut Builder) {
    match literal {
        Literal::Timestamp(value) => time(column, relation, Time::of_timestamp(value), builder),
        Literal::Duration(value) => time(column, relation, Time::of_duration(value), builder),
        literal => {
            column.write_comparable(kind, builder);
            builder.push(operator(relation));
            bind(literal, builder);
        }
    }
}

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

/// Writes a place holder for a value that needs no column to know its form.
pub(super) fn bind(literal: &Literal, builder: &mut Builder) {
    Column::named(String::new()).write_value(literal.view(), builder);
}

/// A time that lies between two that the column can hold is compared with the lower of them, by another relation.
fn time(column: &Column, relation: Relation, wanted: Time, builder: &mut Builder) {
    let form = wanted.form(column, builder.dialect());
    let Some(lower) = form.lower(wanted.nanos()) else {
        // Beyond all that the column can hold.
        let is_above = wanted.nanos() > 0;
        return constant(
            column,
            relation.holds(if is_above { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater }),
            builder,
        );
    };
    let relation = if lower == wanted.nanos() {
        relation
    } else if relation == Relation::EQUALITY {
        return constant(column, false, builder);
    } else if relation == Relation::EQUALITY.negated() {
        return constant(column, true, builder);
    } else {
        relation.above()
    };
    column.write(builder);
    builder.push(operator(relation));
    wanted.with_nanos(lower).write(form, builder);
}

/// True or false for every value, and still unknown for NULL.
fn constant(column: &Column, answer: bool, builder: &mut Builder) {
    column.write(builder);
    builder.push(if answer { " = " } else { " <> " });
    column.write(builder);
}
