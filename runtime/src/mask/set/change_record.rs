//! Record of the changes that a visitor makes or finds.
//!
//! The changes of a message are bits in a [`NodeBuilder`], which stays in registers. A node is added to the tree only when
//! the message is finished, and only if the message has changes. So nodes of inner messages precede those of the messages
//! that contain them, and a message without changes costs nothing.

use super::node_builder::NodeBuilder;
use super::tree::Tree;
use crate::fields::{FieldInfo, FieldSchema, KeyRef, Schema, Shape};

/// Record of changed fields, which a visitor calls with the builder of the message that it visits.
pub(in crate::mask) trait ChangeRecord {
    /// Whether changes are recorded. If not, visitors assign values without a comparison.
    const IS_RECORDED: bool;

    /// Records a field that has no child node: a changed value, or a message that was set or cleared.
    fn record_field(&mut self, message: &mut NodeBuilder, field: FieldInfo);

    /// Records that a oneof member was set that was not: removes the other members from the record.
    fn replace_oneof_members(&mut self, message: &mut NodeBuilder, schema: fn() -> &'static Schema, field: FieldInfo);

    /// Adds the finished message of a field.
    fn finish_child(&mut self, message: &mut NodeBuilder, field: FieldInfo, child: NodeBuilder);
}

/// Record that stores nothing.
pub(in crate::mask) struct NoRecord;

impl Tree {
    /// Returns `true` if a change of another member of the field's oneof is recorded.
    pub(in crate::mask) fn has_other_oneof_member(
        &self,
        message: &NodeBuilder,
        schema: fn() -> &'static Schema,
        field: FieldInfo,
    ) -> bool {
        other_oneof_members(schema(), field).any(|index| self.builder_has(message, index))
    }

    /// Adds the finished message of a field, also one without selected fields. Only implied masks have such nodes.
    pub(in crate::mask) fn finish_child_or_empty(
        &mut self,
        message: &mut NodeBuilder,
        field: FieldInfo,
        child: NodeBuilder,
    ) {
        self.add_child_to(message, field.index, child);
    }

    /// Records entries of a map by their keys.
    pub(in crate::mask) fn record_keys<'k>(
        &mut self,
        message: &mut NodeBuilder,
        field: FieldInfo,
        keys: impl Iterator<Item = KeyRef<'k>>,
    ) {
        let mut keys = keys.peekable();
        if keys.peek().is_some() {
            let map = self.add_child_to(message, field.index, NodeBuilder::default());
            keys.for_each(|key| self.add_key(map, key));
        }
    }
}

/// Returns the positions of the other members of a field's oneof.
pub(in crate::mask) fn other_oneof_members(schema: &'static Schema, field: FieldInfo) -> impl Iterator<Item = u16> {
    let shape = schema.fields().get(usize::from(field.index)).map(|field| field.shape);
    let is_other = move |(index, other): &(u16, &'static FieldSchema)| {
        *index != field.index && matches!(shape, Some(Shape::Oneof(oneof)) if other.shape == Shape::Oneof(oneof))
    };
    schema.positions().filter(is_other).map(|(index, _)| index)
}

/// Stores the changes as a set of fields. The caller sets the root when the outermost message is finished:
/// [`Tree::set_root`].
impl ChangeRecord for Tree {
    const IS_RECORDED: bool = true;

    #[inline]
    fn record_field(&mut self, message: &mut NodeBuilder, field: FieldInfo) {
        self.add_field_to(message, field.index);
    }

    #[cold]
    fn replace_oneof_members(&mut self, message: &mut NodeBuilder, schema: fn() -> &'static Schema, field: FieldInfo) {
        for index in other_oneof_members(schema(), field) {
            self.remove_field_from(message, index);
        }
    }

    #[inline]
    fn finish_child(&mut self, message: &mut NodeBuilder, field: FieldInfo, child: NodeBuilder) {
        if !child.is_empty() {
            self.add_child_to(message, field.index, child);
        }
    }
}

impl ChangeRecord for NoRecord {
    const IS_RECORDED: bool = false;

    #[inline]
    fn record_field(&mut self, _: &mut NodeBuilder, _: FieldInfo) {}

    #[inline]
    fn replace_oneof_members(&mut self, _: &mut NodeBuilder, _: fn() -> &'static Schema, _: FieldInfo) {}

    #[inline]
    fn finish_child(&mut self, _: &mut NodeBuilder, _: FieldInfo, _: NodeBuilder) {}
}
