//! Mask of the fields that a message has set. An update without a mask implies it (AIP-134).

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};
use crate::mask::set::{ChangeRecord as _, NodeBuilder, Tree};

/// Treatment of a message that is present and has no field set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mask) enum EmptyMessage {
    /// The message is skipped, because it has no field that a path could name. A oneof member is selected whole: its
    /// presence is a value.
    Skip,
    /// The message is selected in part, without a field. An update creates the message if it is absent, and clears nothing.
    /// No mask can express this, so only the tree of an implied mask has such nodes.
    Create,
}

/// Returns the set fields of a message. A message in it is selected by its fields, and not whole: fields that the sender does
/// not know are not selected.
pub(in crate::mask) fn populated<F: Fields>(message: &F::Message, empty_message: EmptyMessage) -> Tree {
    let mut tree = Tree::empty();
    let root = populated_fields::<F>(message, empty_message, &mut tree);
    tree.set_root(root);
    tree
}

fn populated_fields<F: Fields>(message: &F::Message, empty_message: EmptyMessage, fields: &mut Tree) -> NodeBuilder {
    let mut populated = Populated { message, empty_message, fields, node: NodeBuilder::default() };
    let _ = F::visit(&mut populated);
    populated.node
}

struct Populated<'a, M> {
    message: &'a M,
    empty_message: EmptyMessage,
    fields: &'a mut Tree,
    node: NodeBuilder,
}

impl<M> Populated<'_, M> {
    fn record(&mut self, field: FieldInfo, is_set: bool) {
        if is_set {
            self.fields.record_field(&mut self.node, field);
        }
    }

    fn descend<F: Fields>(&mut self, field: FieldInfo, message: &F::Message) {
        let child = populated_fields::<F>(message, self.empty_message, self.fields);
        match self.empty_message {
            EmptyMessage::Skip if field.in_oneof && child.is_empty() => self.record(field, true),
            EmptyMessage::Skip => self.fields.finish_child(&mut self.node, field, child),
            EmptyMessage::Create => self.fields.finish_child_or_empty(&mut self.node, field, child),
        }
    }
}

impl<M> Visitor<M> for Populated<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.record(field, !L::is_default(lens.get(self.message)));
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, _: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.record(field, true);
        Continue(())
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        self.record(field, lens.get(self.message).is_some());
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        if let Some(message) = lens.get(self.message) {
            self.descend::<F>(field, message);
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        self.descend::<F>(field, lens.get(self.message));
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        self.record(field, !lens.get(self.message).is_empty());
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        self.record(field, !lens.get(self.message).is_empty());
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.record(field, !lens.get(self.message).is_empty());
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.record(field, !lens.get(self.message).is_empty());
        Continue(())
    }
}
