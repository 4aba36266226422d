//! Part of a selection that an update can write: without `OUTPUT_ONLY` fields.
//!
//! A request that selects only `OUTPUT_ONLY` fields of a message has no effect on the message. No message is created, no
//! list or map changes its length, and no oneof member replaces another.

use super::copy::SetCopy;
use super::node::{NodeId, ROOT};
use super::selection::Selected;
use super::tree::Tree;
use crate::fields::{Behavior, FieldSchema, Fields, Schema, Shape};

/// State of the removal of `OUTPUT_ONLY` fields from a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mask) enum Prune {
    Pending,
    /// The selection has no `OUTPUT_ONLY` fields, or they are written like others.
    Done,
}

/// Calls `run` with the writable part of the selection of a field of type `F`. Returns `None` if nothing is writable.
///
/// The selection is copied only if it names an `OUTPUT_ONLY` field. `run` gets [`Prune::Done`], so each node of the mask is
/// checked once, whatever the number of elements.
#[inline]
pub(in crate::mask) fn writable<F: Fields, T>(
    part: &Selected<'_>,
    field: Option<&'static FieldSchema>,
    prune: Prune,
    run: impl FnOnce(&Selected<'_>, Prune) -> T,
) -> Option<T> {
    if prune == Prune::Done || !F::REACHES.has(Behavior::OUTPUT_ONLY) {
        return Some(run(part, prune));
    }
    let Some((field, (tree, node))) = field.zip(part.single_node()) else { return Some(run(part, Prune::Done)) };
    if !tree.names_output_only(node, field) {
        return Some(run(part, Prune::Done));
    }
    let mut pruned = Tree::empty();
    SetCopy { from: tree, to: &mut pruned, skipped: Behavior::OUTPUT_ONLY }.field(node, ROOT, field);
    (!pruned.is_empty()).then(|| run(&Selected::root(&pruned), Prune::Done))
}

/// Returns `true` if any field in the selection of a field can be written.
pub(in crate::mask) fn is_writable(part: &Selected<'_>, field: &'static FieldSchema, prune: Prune) -> bool {
    prune == Prune::Done || part.single_node().is_none_or(|(tree, node)| tree.is_writable(node, field))
}

impl Tree {
    /// Returns `true` if the node of a field names an `OUTPUT_ONLY` field.
    fn names_output_only(&self, node: NodeId, field: &'static FieldSchema) -> bool {
        let Some(schema) = field.message() else { return false };
        self.messages(node, field).any(|message| {
            self.selected_fields(message, schema).any(|(index, field)| {
                field.behavior.has(Behavior::OUTPUT_ONLY)
                    || self.node_of_field(message, index).is_some_and(|part| self.names_output_only(part, field))
            })
        })
    }

    /// Returns `true` if the node of a field names a field that is not `OUTPUT_ONLY`. A node without fields selects the
    /// message itself, which is written.
    fn is_writable(&self, node: NodeId, field: &'static FieldSchema) -> bool {
        let Some(schema) = field.message() else { return true };
        let is_whole_key = |(_, key)| !self.is_partial_key(key);
        if self.is_empty_node(node) || (is_map(field) && self.keys(node).any(is_whole_key)) {
            return true;
        }
        self.messages(node, field).any(|message| {
            self.selected_fields(message, schema).any(|(index, field)| {
                !field.behavior.has(Behavior::OUTPUT_ONLY)
                    && self.node_of_field(message, index).is_none_or(|part| self.is_writable(part, field))
            })
        })
    }

    /// Returns the nodes of the messages in a field: one, or those of the values of a map.
    fn messages(&self, node: NodeId, field: &FieldSchema) -> impl Iterator<Item = NodeId> {
        let is_map = is_map(field);
        let keys = self.keys(node).map(|(_, key)| key).filter(move |_| is_map);
        let keys = keys.filter(|&key| self.is_partial_key(key));
        (!is_map).then_some(node).into_iter().chain(self.entry(node).filter(|_| is_map)).chain(keys)
    }

    fn selected_fields(
        &self,
        message: NodeId,
        schema: &'static Schema,
    ) -> impl Iterator<Item = (u16, &'static FieldSchema)> {
        schema.positions().filter(move |&(index, _)| self.has_field(message, index))
    }
}

fn is_map(field: &FieldSchema) -> bool {
    matches!(field.shape, Shape::Map(_))
}
