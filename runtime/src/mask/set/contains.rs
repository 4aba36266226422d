//! Inclusion of one set in another.
//!
//! A whole message contains more than all its fields: its presence, and fields that the proto may gain. Every value of a map
//! contains more than the values of any keys.

use super::selection::{Selected, Selection};
use super::tree::Tree;
use crate::fields::{FieldSchema, Schema, Shape};

/// Returns `true` if all of `right` is in `left`.
pub(in crate::mask) fn contains(left: &Tree, right: &Tree, schema: &'static Schema) -> bool {
    left.is_everything() || (!right.is_everything() && message(&Selected::root(left), &Selected::root(right), schema))
}

fn message(left: &Selected<'_>, right: &Selected<'_>, schema: &'static Schema) -> bool {
    schema.positions().all(|(index, field)| {
        includes(left.field(index), right.field(index), |left, right| match (field.shape, field.message()) {
            (Shape::Map(_), _) => map(left, right, field),
            (_, Some(schema)) => message(left, right, schema),
            // Only messages and maps are selected in part.
            (_, None) => true,
        })
    })
}

fn map(left: &Selected<'_>, right: &Selected<'_>, field: &'static FieldSchema) -> bool {
    let value =
        |left: &Selected<'_>, right: &Selected<'_>| field.message().is_none_or(|schema| message(left, right, schema));
    // A key is only checked for the fields that it adds to those of every value. A check of all fields would visit every
    // level of nested maps twice, which is exponential in the depth.
    includes(left.entries(), right.entries(), value)
        && right.keys().all(|key| includes(left.key(key), right.named_key(key), value))
}

fn includes(
    left: Selection<'_>,
    right: Selection<'_>,
    parts: impl FnOnce(&Selected<'_>, &Selected<'_>) -> bool,
) -> bool {
    match (left, right) {
        (Selection::Whole, _) | (_, Selection::Nothing) => true,
        (_, Selection::Whole) => false,
        (Selection::Part(left), Selection::Part(right)) => parts(&left, &right),
        // A node of an implied mask can be empty.
        (Selection::Nothing, Selection::Part(right)) => parts(&Selected::nothing(), &right),
    }
}
