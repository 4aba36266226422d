//! Intersection of two sets.

use super::copy::{NodeSelection, SetCopy};
use super::node::{NodeId, ROOT};
use super::tree::Tree;
use crate::fields::{FieldSchema, KeyRef, Schema, Shape};

/// Returns the fields that are in both sets.
pub(in crate::mask) fn intersect(left: &Tree, right: &Tree, schema: &'static Schema) -> Tree {
    if left.is_everything() {
        return right.clone();
    }
    if right.is_everything() {
        return left.clone();
    }
    let mut to = Tree::empty();
    Intersection { left, right, to: &mut to }.message(ROOT, ROOT, ROOT, schema);
    to
}

/// Writer of an intersection.
struct Intersection<'a> {
    left: &'a Tree,
    right: &'a Tree,
    to: &'a mut Tree,
}

impl Intersection<'_> {
    fn message(&mut self, left: NodeId, right: NodeId, to: NodeId, schema: &'static Schema) {
        for (index, field) in schema.positions() {
            match (self.left.selection(left, index), self.right.selection(right, index)) {
                (NodeSelection::Nothing, _) | (_, NodeSelection::Nothing) => {}
                (NodeSelection::Whole, NodeSelection::Whole) => self.to.add_field(to, index),
                (NodeSelection::Part(part), NodeSelection::Whole) => self.copy_field(self.left, part, to, index, field),
                (NodeSelection::Whole, NodeSelection::Part(part)) => {
                    self.copy_field(self.right, part, to, index, field)
                }
                (NodeSelection::Part(left), NodeSelection::Part(right)) => {
                    if let Some(part) = self.to.enter_field(to, index) {
                        self.field(left, right, part, field);
                        self.to.remove_field_if_empty(to, index, part);
                    }
                }
            }
        }
    }

    fn copy_field(&mut self, from: &Tree, part: NodeId, to: NodeId, index: u16, field: &'static FieldSchema) {
        if let Some(to) = self.to.enter_field(to, index) {
            SetCopy::new(from, self.to).field(part, to, field);
        }
    }

    fn field(&mut self, left: NodeId, right: NodeId, to: NodeId, field: &'static FieldSchema) {
        let schema = field.message();
        if !matches!(field.shape, Shape::Map(_)) {
            if let Some(schema) = schema {
                self.message(left, right, to, schema);
            }
            return;
        }
        if let (Some(left), Some(right), Some(schema)) = (self.left.entry(left), self.right.entry(right), schema) {
            let entry = self.to.enter_entries(to);
            self.message(left, right, entry, schema);
            self.to.remove_entries_if_empty(to);
        }
        // A key that one set names is in both if the other set names it or selects in every value. The keys of the smaller
        // set are looked up in the larger one, so the smaller set bounds the time.
        let is_left_every = self.left.entry(left).is_some();
        let is_right_every = self.right.entry(right).is_some();
        let by_left = match (is_left_every, is_right_every) {
            (true, true) => {
                let only_right = |&(key, _): &(KeyRef<'_>, NodeId)| self.left.find_key(left, key).is_none();
                let keys: Vec<_> = self.right.keys(right).filter(only_right).collect();
                keys.into_iter().for_each(|(key, _)| self.key(left, right, to, key, schema));
                true
            }
            (false, false) => self.left.count_keys(left) <= self.right.count_keys(right),
            (_, is_right_every) => is_right_every,
        };
        let (tree, map) = if by_left { (self.left, left) } else { (self.right, right) };
        for (key, _) in tree.keys(map) {
            self.key(left, right, to, key, schema);
        }
    }

    /// Writes a key. Each set selects in its value by the key and by `*`. The intersection of both `*` is written already.
    fn key(&mut self, left: NodeId, right: NodeId, to: NodeId, key: KeyRef<'_>, schema: Option<&'static Schema>) {
        let (left_named, right_named) = (self.left.key_selection(left, key), self.right.key_selection(right, key));
        let every = |tree: &Tree, map| tree.entry(map).map_or(NodeSelection::Nothing, NodeSelection::Part);
        let (left_every, right_every) = (every(self.left, left), every(self.right, right));
        for (left, right) in [(left_named, right_named), (left_named, right_every), (left_every, right_named)] {
            let (left_tree, right_tree) = (self.left, self.right);
            match (left, right, schema) {
                (NodeSelection::Nothing, _, _) | (_, NodeSelection::Nothing, _) => {}
                (NodeSelection::Part(left), NodeSelection::Part(right), Some(schema)) => {
                    if let Some(part) = self.to.enter_key(to, key) {
                        self.message(left, right, part, schema);
                    }
                }
                (NodeSelection::Part(part), _, _) => {
                    SetCopy::new(left_tree, self.to).key(NodeSelection::Part(part), to, key, schema);
                }
                (_, selection, _) => SetCopy::new(right_tree, self.to).key(selection, to, key, schema),
            }
        }
        self.to.remove_key_if_empty(to, key);
    }
}
