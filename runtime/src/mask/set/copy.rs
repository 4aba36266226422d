//! Copy of one set into another, and union.

use super::node::{NodeId, ROOT};
use super::tree::Tree;
use crate::fields::{Behavior, FieldSchema, KeyRef, Schema, Shape};

/// Selection of a field, of a map value or of a message in a tree.
#[derive(Clone, Copy)]
pub(super) enum NodeSelection {
    Nothing,
    Whole,
    Part(NodeId),
}

/// Adds all of `other` to `tree`.
pub(in crate::mask) fn union(tree: &mut Tree, other: &Tree, schema: &'static Schema) {
    if other.is_everything() {
        tree.select_everything();
    } else if !tree.is_everything() {
        SetCopy::new(other, tree).message(ROOT, ROOT, schema);
    }
}

impl Tree {
    pub(super) fn selection(&self, node: NodeId, index: u16) -> NodeSelection {
        match (self.has_field(node, index), self.node_of_field(node, index)) {
            (false, _) => NodeSelection::Nothing,
            (true, None) => NodeSelection::Whole,
            (true, Some(part)) => NodeSelection::Part(part),
        }
    }

    pub(super) fn key_selection(&self, map: NodeId, key: KeyRef<'_>) -> NodeSelection {
        match self.find_key(map, key) {
            None => NodeSelection::Nothing,
            Some(id) if self.is_partial_key(id) => NodeSelection::Part(id),
            Some(_) => NodeSelection::Whole,
        }
    }
}

/// Copies one set into another.
pub(super) struct SetCopy<'a> {
    pub(super) from: &'a Tree,
    pub(super) to: &'a mut Tree,
    /// Fields with these behaviors are not copied, nor are messages in which no other field is selected.
    pub(super) skipped: Behavior,
}

impl<'a> SetCopy<'a> {
    pub(super) fn new(from: &'a Tree, to: &'a mut Tree) -> Self {
        Self { from, to, skipped: Behavior::NONE }
    }
}

impl SetCopy<'_> {
    pub(super) fn message(&mut self, from: NodeId, to: NodeId, schema: &'static Schema) {
        for (index, field) in schema.positions() {
            match self.from.selection(from, index) {
                NodeSelection::Nothing => {}
                _ if field.behavior.has(self.skipped) => {}
                NodeSelection::Whole => self.to.add_field(to, index),
                NodeSelection::Part(part) => {
                    if let Some(child) = self.to.enter_field(to, index) {
                        self.field(part, child, field);
                        // A node that was empty before selects the message itself.
                        if !self.from.is_empty_node(part) {
                            self.to.remove_field_if_empty(to, index, child);
                        }
                    }
                }
            }
        }
    }

    /// Copies the node of a field that is selected in part.
    pub(super) fn field(&mut self, from: NodeId, to: NodeId, field: &'static FieldSchema) {
        let schema = field.message();
        if !matches!(field.shape, Shape::Map(_)) {
            if let Some(schema) = schema {
                self.message(from, to, schema);
            }
            return;
        }
        if let (Some(entry), Some(schema)) = (self.from.entry(from), schema) {
            let child = self.to.enter_entries(to);
            self.message(entry, child, schema);
            self.to.remove_entries_if_empty(to);
        }
        for (key, _) in self.from.keys(from) {
            self.key(self.from.key_selection(from, key), to, key, schema);
        }
    }

    pub(super) fn key(
        &mut self,
        selection: NodeSelection,
        to: NodeId,
        key: KeyRef<'_>,
        schema: Option<&'static Schema>,
    ) {
        match (selection, schema) {
            (NodeSelection::Part(part), Some(schema)) => {
                if let Some(child) = self.to.enter_key(to, key) {
                    self.message(part, child, schema);
                    self.to.remove_key_if_empty(to, key);
                }
            }
            (NodeSelection::Nothing, _) => {}
            _ => self.to.add_key(to, key),
        }
    }
}
