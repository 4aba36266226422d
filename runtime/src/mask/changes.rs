//! The record of what really changed while a mask was applied.

use super::tree::{NodeId, ROOT, Tree};
use crate::fields::{FieldInfo, FieldSchema, KeyRef, Schema, Shape};

/// Told of every change, in the order of the fields.
pub(super) trait Record {
    /// A field changed that has no parts, or that came or went as a whole.
    fn changed(&mut self, field: FieldInfo);
    /// A member of a oneof was set that was not, so that another one may have gone.
    fn switched(&mut self, schema: fn() -> &'static Schema, field: FieldInfo);
    /// What follows happens inside a field.
    fn enter(&mut self, field: FieldInfo) -> Inside;
    /// It is over.
    fn leave(&mut self, inside: Inside);
}

/// Where the record was before it entered a field.
pub(super) struct Inside {
    parent: NodeId,
    field: FieldInfo,
}

/// Keeps the changes as a set of fields.
pub(super) struct Changes {
    pub(super) tree: Tree,
    node: NodeId,
}

/// Keeps nothing.
pub(super) struct Unrecorded;

impl Changes {
    pub(super) fn new() -> Self {
        Self { tree: Tree::empty(), node: ROOT }
    }

    /// Whether a change is on record for another member of the field's oneof.
    pub(super) fn has_other_of_oneof(&self, schema: fn() -> &'static Schema, field: FieldInfo) -> bool {
        others_of_oneof(schema(), field).any(|index| self.tree.has_field(self.node, index))
    }

    /// Leaves a field that counts even where nothing in it does.
    pub(super) fn leave_blank(&mut self, inside: Inside) {
        self.node = inside.parent;
    }

    /// Records entries of a map by their keys; each is told once.
    pub(super) fn keys<'k>(&mut self, field: FieldInfo, keys: impl Iterator<Item = KeyRef<'k>>) {
        let inside = self.enter(field);
        for key in keys {
            self.tree.add_new_key(self.node, key);
        }
        self.leave(inside);
    }
}

/// The positions of the other members of a field's oneof.
fn others_of_oneof(schema: &'static Schema, field: FieldInfo) -> impl Iterator<Item = u16> {
    let shape = schema.fields().get(usize::from(field.index)).map(|field| field.shape);
    let is_other = move |(index, other): &(u16, &FieldSchema)| {
        *index != field.index && matches!(shape, Some(Shape::Oneof(oneof)) if other.shape == Shape::Oneof(oneof))
    };
    (0..).zip(schema.fields()).filter(is_other).map(|(index, _)| index)
}

impl Record for Changes {
    #[inline]
    fn changed(&mut self, field: FieldInfo) {
        self.tree.add_field(self.node, field.index);
    }

    #[cold]
    fn switched(&mut self, schema: fn() -> &'static Schema, field: FieldInfo) {
        for index in others_of_oneof(schema(), field) {
            self.tree.remove_field(self.node, index);
        }
    }

    #[inline]
    fn enter(&mut self, field: FieldInfo) -> Inside {
        let inside = Inside { parent: self.node, field };
        if let Some(child) = self.tree.enter_field(self.node, field.index) {
            self.node = child;
        }
        inside
    }

    #[inline]
    fn leave(&mut self, inside: Inside) {
        self.tree.leave_if_empty(inside.parent, inside.field.index, self.node);
        self.node = inside.parent;
    }
}

impl Record for Unrecorded {
    #[inline]
    fn changed(&mut self, _: FieldInfo) {}

    #[inline]
    fn switched(&mut self, _: fn() -> &'static Schema, _: FieldInfo) {}

    #[inline]
    fn enter(&mut self, field: FieldInfo) -> Inside {
        Inside { parent: ROOT, field }
    }

    #[inline]
    fn leave(&mut self, _: Inside) {}
}
