//! Whether one set of fields holds another.
//!
//! A whole message is more than all its fields: that it is there, and what the proto may gain. Every value of a map is
//! more than the values of any keys.

use super::select::{Selected, Selection};
use super::tree::Tree;
use crate::fields::{FieldSchema, Schema, Shape};

/// Whether all of `right` is in `left`.
pub(super) fn contains(left: &Tree, right: &Tree, schema: &'static Schema) -> bool {
    left.is_everything() || (!right.is_everything() && message(&Selected::root(left), &Selected::root(right), schema))
}

fn message(left: &Selected<'_>, right: &Selected<'_>, schema: &'static Schema) -> bool {
    schema.positions().all(|(index, field)| {
        holds(left.field(index), right.field(index), |left, right| match (field.shape, field.message()) {
            (Shape::Map(_), _) => map(left, right, field),
            (_, Some(schema)) => message(left, right, schema),
            // A leaf has no parts.
            (_, None) => true,
        })
    })
}

fn map(left: &Selected<'_>, right: &Selected<'_>, field: &'static FieldSchema) -> bool {
    let inside =
        |left: &Selected<'_>, right: &Selected<'_>| field.message().is_none_or(|schema| message(left, right, schema));
    // What `right` says about every value is in what `left` says about every value, so a key is only asked for what it
    // adds to that. Otherwise each level of maps would be gone through twice, and each of those twice again.
    holds(left.entries(), right.entries(), inside)
        && right.keys().all(|key| holds(left.key(key), right.named(key), inside))
}

fn holds(left: Selection<'_>, right: Selection<'_>, parts: impl FnOnce(&Selected<'_>, &Selected<'_>) -> bool) -> bool {
    match (left, right) {
        (Selection::Whole, _) | (_, Selection::Nothing) => true,
        (_, Selection::Whole) => false,
        (Selection::Part(left), Selection::Part(right)) => parts(&left, &right),
        // A part can select nothing.
        (Selection::Nothing, Selection::Part(right)) => parts(&Selected::nothing(), &right),
    }
}
