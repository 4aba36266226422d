//! Difference of two sets.

use super::copy::{NodeSelection, SetCopy};
use super::node::{NodeId, ROOT};
use super::tree::Tree;
use crate::fields::{FieldSchema, KeyRef, Schema, Shape};

/// Returns the fields that are in `left` and not in `right`.
///
/// A whole message that loses a field keeps its other fields. A whole map that loses a key loses all, because a mask cannot
/// select "all but this key".
pub(in crate::mask) fn subtract(left: &Tree, right: &Tree, schema: &'static Schema) -> Tree {
    let mut to = Tree::empty();
    if !right.is_everything() {
        if left.is_everything() && right.is_empty() {
            return left.clone();
        }
        let selection = if left.is_everything() { NodeSelection::Whole } else { NodeSelection::Part(ROOT) };
        Difference { left, right, to: &mut to }.message(selection, ROOT, ROOT, schema);
    }
    to
}

/// Writer of a difference.
struct Difference<'a> {
    left: &'a Tree,
    right: &'a Tree,
    to: &'a mut Tree,
}

impl Difference<'_> {
    /// Writes a message. `left` is a node, or the whole message.
    fn message(&mut self, left: NodeSelection, right: NodeId, to: NodeId, schema: &'static Schema) {
        for (index, field) in schema.positions() {
            let selection = match left {
                NodeSelection::Part(left) => self.left.selection(left, index),
                selection => selection,
            };
            match (selection, self.right.selection(right, index)) {
                (NodeSelection::Nothing, _) | (_, NodeSelection::Whole) => {}
                (NodeSelection::Whole, NodeSelection::Nothing) => self.to.add_field(to, index),
                (NodeSelection::Part(part), NodeSelection::Nothing) => {
                    if let Some(to) = self.to.enter_field(to, index) {
                        SetCopy::new(self.left, self.to).field(part, to, field);
                    }
                }
                (selection, NodeSelection::Part(right)) => {
                    if let Some(part) = self.to.enter_field(to, index) {
                        self.field(selection, right, part, field);
                        self.to.remove_field_if_empty(to, index, part);
                    }
                }
            }
        }
    }

    fn field(&mut self, left: NodeSelection, right: NodeId, to: NodeId, field: &'static FieldSchema) {
        let schema = field.message();
        if !matches!(field.shape, Shape::Map(_)) {
            if let Some(schema) = schema {
                self.message(left, right, to, schema);
            }
            return;
        }
        self.entries(left, right, to, schema);
        let NodeSelection::Part(left) = left else { return };
        for (key, _) in self.left.keys(left) {
            self.key(left, right, to, key, schema);
        }
    }

    /// Writes the selection in every value: without the fields that are subtracted from any value.
    fn entries(&mut self, left: NodeSelection, right: NodeId, to: NodeId, schema: Option<&'static Schema>) {
        let entry = match left {
            NodeSelection::Part(left) => self.left.entry(left).map(NodeSelection::Part),
            selection => Some(selection),
        };
        let (Some(entry), Some(schema)) = (entry, schema) else { return };
        let mut taken = Tree::empty();
        let mut copy = SetCopy::new(self.right, &mut taken);
        if let Some(right) = self.right.entry(right) {
            copy.message(right, ROOT, schema);
        }
        for (key, _) in self.right.keys(right) {
            match self.right.key_selection(right, key) {
                NodeSelection::Part(part) => copy.message(part, ROOT, schema),
                _ => return,
            }
        }
        let into = self.to.enter_entries(to);
        Difference { left: self.left, right: &taken, to: self.to }.message(entry, ROOT, into, schema);
        self.to.remove_entries_if_empty(to);
    }

    fn key(&mut self, left: NodeId, right: NodeId, to: NodeId, key: KeyRef<'_>, schema: Option<&'static Schema>) {
        let named = self.right.key_selection(right, key);
        let (selection, Some(schema)) = (self.left.key_selection(left, key), schema) else {
            if matches!(named, NodeSelection::Nothing) {
                self.to.add_key(to, key);
            }
            return;
        };
        let mut taken = Tree::empty();
        let (right, node) = match (named, self.right.entry(right)) {
            (NodeSelection::Whole, _) => return,
            (NodeSelection::Nothing, None) => {
                return SetCopy::new(self.left, self.to).key(selection, to, key, Some(schema));
            }
            // Avoids a copy of the selection in every value for each key.
            (NodeSelection::Nothing, Some(node)) | (NodeSelection::Part(node), None) => (self.right, node),
            (NodeSelection::Part(part), Some(entry)) => {
                let mut copy = SetCopy::new(self.right, &mut taken);
                copy.message(part, ROOT, schema);
                copy.message(entry, ROOT, schema);
                (&taken, ROOT)
            }
        };
        if let Some(into) = self.to.enter_key(to, key) {
            Difference { left: self.left, right, to: self.to }.message(selection, node, into, schema);
            self.to.remove_key_if_empty(to, key);
        }
    }
}
