//! Sets of fields, combined.
//!
//! A path selects all that is below it, also what the proto may gain there one day: `author` is more than all fields of
//! an author, and `*` more than all fields there are.

use super::tree::{NodeId, ROOT, Tree};
use crate::fields::{Behavior, FieldSchema, KeyRef, Schema, Shape};

/// What a set says about a field, a value or a message.
#[derive(Clone, Copy)]
enum Share {
    Nothing,
    Whole,
    Part(NodeId),
}

/// Adds all of `other` to `tree`.
pub(super) fn union(tree: &mut Tree, other: &Tree, schema: &'static Schema) {
    if other.is_everything() {
        tree.select_everything();
    } else if !tree.is_everything() {
        Copy::all(other, tree).message(ROOT, ROOT, schema);
    }
}

/// What is in both.
pub(super) fn intersect(left: &Tree, right: &Tree, schema: &'static Schema) -> Tree {
    if left.is_everything() {
        return right.clone();
    }
    if right.is_everything() {
        return left.clone();
    }
    let mut to = Tree::empty();
    Both { left, right, to: &mut to }.message(ROOT, ROOT, ROOT, schema);
    to
}

/// What is in `left` and not in `right`. Of a whole message that loses a field its other fields stay; a map that loses a
/// key loses all, for a mask cannot say "all but this".
pub(super) fn subtract(left: &Tree, right: &Tree, schema: &'static Schema) -> Tree {
    let mut to = Tree::empty();
    if !right.is_everything() {
        if left.is_everything() && right.is_empty() {
            return left.clone();
        }
        let share = if left.is_everything() { Share::Whole } else { Share::Part(ROOT) };
        Without { left, right, to: &mut to }.message(share, ROOT, ROOT, schema);
    }
    to
}

impl Tree {
    fn share(&self, node: NodeId, index: u16) -> Share {
        match (self.has_field(node, index), self.part_of_field(node, index)) {
            (false, _) => Share::Nothing,
            (true, None) => Share::Whole,
            (true, Some(part)) => Share::Part(part),
        }
    }

    fn key_share(&self, map: NodeId, key: KeyRef<'_>) -> Share {
        match self.find_key(map, key) {
            None => Share::Nothing,
            Some(id) if self.is_partial_key(id) => Share::Part(id),
            Some(_) => Share::Whole,
        }
    }
}

/// Copies one set into another.
pub(super) struct Copy<'a> {
    pub(super) from: &'a Tree,
    pub(super) to: &'a mut Tree,
    /// Fields with these behaviors are not copied, nor are parts of which nothing else is selected.
    pub(super) leaves_out: Behavior,
}

impl<'a> Copy<'a> {
    fn all(from: &'a Tree, to: &'a mut Tree) -> Self {
        Self { from, to, leaves_out: Behavior::NONE }
    }
}

impl Copy<'_> {
    fn message(&mut self, from: NodeId, to: NodeId, schema: &'static Schema) {
        for (index, field) in schema.positions() {
            match self.from.share(from, index) {
                Share::Nothing => {}
                _ if field.behavior.has(self.leaves_out) => {}
                Share::Whole => self.to.add_field(to, index),
                Share::Part(part) => {
                    if let Some(inside) = self.to.enter_field(to, index) {
                        self.part(part, inside, field);
                        // A part that was blank before is the message itself.
                        if !self.from.is_blank(part) {
                            self.to.leave_if_empty(to, index, inside);
                        }
                    }
                }
            }
        }
    }

    /// Copies the part of a field.
    pub(super) fn part(&mut self, from: NodeId, to: NodeId, field: &'static FieldSchema) {
        let schema = field.message();
        if !matches!(field.shape, Shape::Map(_)) {
            if let Some(schema) = schema {
                self.message(from, to, schema);
            }
            return;
        }
        if let (Some(entry), Some(schema)) = (self.from.entry(from), schema) {
            let inside = self.to.enter_entries(to);
            self.message(entry, inside, schema);
            self.to.leave_entries_if_empty(to);
        }
        for (key, _) in self.from.keys(from) {
            self.key(self.from.key_share(from, key), to, key, schema);
        }
    }

    fn key(&mut self, share: Share, to: NodeId, key: KeyRef<'_>, schema: Option<&'static Schema>) {
        match (share, schema) {
            (Share::Part(part), Some(schema)) => {
                if let Some(inside) = self.to.enter_key(to, key) {
                    self.message(part, inside, schema);
                    self.to.leave_key_if_empty(to, key);
                }
            }
            (Share::Nothing, _) => {}
            _ => self.to.add_key(to, key),
        }
    }
}

/// Writes what two sets have in common.
struct Both<'a> {
    left: &'a Tree,
    right: &'a Tree,
    to: &'a mut Tree,
}

impl Both<'_> {
    fn message(&mut self, left: NodeId, right: NodeId, to: NodeId, schema: &'static Schema) {
        for (index, field) in schema.positions() {
            match (self.left.share(left, index), self.right.share(right, index)) {
                (Share::Nothing, _) | (_, Share::Nothing) => {}
                (Share::Whole, Share::Whole) => self.to.add_field(to, index),
                (Share::Part(part), Share::Whole) => self.copy(self.left, part, to, index, field),
                (Share::Whole, Share::Part(part)) => self.copy(self.right, part, to, index, field),
                (Share::Part(left), Share::Part(right)) => {
                    if let Some(part) = self.to.enter_field(to, index) {
                        self.part(left, right, part, field);
                        self.to.leave_if_empty(to, index, part);
                    }
                }
            }
        }
    }

    fn copy(&mut self, from: &Tree, part: NodeId, to: NodeId, index: u16, field: &'static FieldSchema) {
        if let Some(to) = self.to.enter_field(to, index) {
            Copy::all(from, self.to).part(part, to, field);
        }
    }

    fn part(&mut self, left: NodeId, right: NodeId, to: NodeId, field: &'static FieldSchema) {
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
            self.to.leave_entries_if_empty(to);
        }
        // A key that one mask names is in both if the other mask names it or selects in every value. The fewer keys are
        // looked up among the others, so the smaller mask bounds the time.
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

    /// Each side selects what it says about the key and what it says about every value. What both say about every value
    /// is in the result already, as such.
    fn key(&mut self, left: NodeId, right: NodeId, to: NodeId, key: KeyRef<'_>, schema: Option<&'static Schema>) {
        let (left_named, right_named) = (self.left.key_share(left, key), self.right.key_share(right, key));
        let every = |tree: &Tree, map| tree.entry(map).map_or(Share::Nothing, Share::Part);
        let (left_every, right_every) = (every(self.left, left), every(self.right, right));
        for (left, right) in [(left_named, right_named), (left_named, right_every), (left_every, right_named)] {
            let (left_tree, right_tree) = (self.left, self.right);
            match (left, right, schema) {
                (Share::Nothing, _, _) | (_, Share::Nothing, _) => {}
                (Share::Part(left), Share::Part(right), Some(schema)) => {
                    if let Some(part) = self.to.enter_key(to, key) {
                        self.message(left, right, part, schema);
                    }
                }
                (Share::Part(part), _, _) => {
                    Copy::all(left_tree, self.to).key(Share::Part(part), to, key, schema);
                }
                (_, share, _) => Copy::all(right_tree, self.to).key(share, to, key, schema),
            }
        }
        self.to.leave_key_if_empty(to, key);
    }
}

/// Writes what one set has and another has not.
struct Without<'a> {
    left: &'a Tree,
    right: &'a Tree,
    to: &'a mut Tree,
}

impl Without<'_> {
    /// `left` is a node, or the whole message.
    fn message(&mut self, left: Share, right: NodeId, to: NodeId, schema: &'static Schema) {
        for (index, field) in schema.positions() {
            let share = match left {
                Share::Part(left) => self.left.share(left, index),
                share => share,
            };
            match (share, self.right.share(right, index)) {
                (Share::Nothing, _) | (_, Share::Whole) => {}
                (Share::Whole, Share::Nothing) => self.to.add_field(to, index),
                (Share::Part(part), Share::Nothing) => {
                    if let Some(to) = self.to.enter_field(to, index) {
                        Copy::all(self.left, self.to).part(part, to, field);
                    }
                }
                (share, Share::Part(right)) => {
                    if let Some(part) = self.to.enter_field(to, index) {
                        self.part(share, right, part, field);
                        self.to.leave_if_empty(to, index, part);
                    }
                }
            }
        }
    }

    fn part(&mut self, left: Share, right: NodeId, to: NodeId, field: &'static FieldSchema) {
        let schema = field.message();
        if !matches!(field.shape, Shape::Map(_)) {
            if let Some(schema) = schema {
                self.message(left, right, to, schema);
            }
            return;
        }
        self.entries(left, right, to, schema);
        let Share::Part(left) = left else { return };
        for (key, _) in self.left.keys(left) {
            self.key(left, right, to, key, schema);
        }
    }

    /// What is left of every value: nothing that is taken from any of them.
    fn entries(&mut self, left: Share, right: NodeId, to: NodeId, schema: Option<&'static Schema>) {
        let entry = match left {
            Share::Part(left) => self.left.entry(left).map(Share::Part),
            share => Some(share),
        };
        let (Some(entry), Some(schema)) = (entry, schema) else { return };
        let mut taken = Tree::empty();
        let mut copy = Copy::all(self.right, &mut taken);
        if let Some(right) = self.right.entry(right) {
            copy.message(right, ROOT, schema);
        }
        for (key, _) in self.right.keys(right) {
            match self.right.key_share(right, key) {
                Share::Part(part) => copy.message(part, ROOT, schema),
                _ => return,
            }
        }
        let into = self.to.enter_entries(to);
        Without { left: self.left, right: &taken, to: self.to }.message(entry, ROOT, into, schema);
        self.to.leave_entries_if_empty(to);
    }

    fn key(&mut self, left: NodeId, right: NodeId, to: NodeId, key: KeyRef<'_>, schema: Option<&'static Schema>) {
        let named = self.right.key_share(right, key);
        let (share, Some(schema)) = (self.left.key_share(left, key), schema) else {
            if matches!(named, Share::Nothing) {
                self.to.add_key(to, key);
            }
            return;
        };
        let mut taken = Tree::empty();
        let (right, node) = match (named, self.right.entry(right)) {
            (Share::Whole, _) => return,
            (Share::Nothing, None) => return Copy::all(self.left, self.to).key(share, to, key, Some(schema)),
            // The selection in every value is not copied for each key.
            (Share::Nothing, Some(node)) | (Share::Part(node), None) => (self.right, node),
            (Share::Part(part), Some(entry)) => {
                let mut copy = Copy::all(self.right, &mut taken);
                copy.message(part, ROOT, schema);
                copy.message(entry, ROOT, schema);
                (&taken, ROOT)
            }
        };
        if let Some(into) = self.to.enter_key(to, key) {
            Without { left: self.left, right, to: self.to }.message(share, node, into, schema);
            self.to.leave_key_if_empty(to, key);
        }
    }
}
