//! Builder of a node, while a visitor reads the message of the node.

use super::node::{BITS, Label, NONE, Node, NodeId, ROOT};
use super::tree::Tree;

/// Selected fields of one message. Its children are in the tree already; the node itself is added when it is finished.
#[derive(Debug, Clone, Copy)]
pub(in crate::mask) struct NodeBuilder {
    whole: u64,
    partial: u64,
    child: NodeId,
}

impl Default for NodeBuilder {
    #[inline]
    fn default() -> Self {
        Self { whole: 0, partial: 0, child: NONE }
    }
}

impl NodeBuilder {
    /// Returns `true` if nothing is selected.
    #[inline]
    pub(in crate::mask) fn is_empty(&self) -> bool {
        self.whole == 0 && self.partial == 0 && self.child == NONE
    }
}

impl Tree {
    /// Sets the root, which is the last node to be finished.
    #[inline]
    pub(in crate::mask) fn set_root(&mut self, outermost: NodeBuilder) {
        let NodeBuilder { whole, partial, child } = outermost;
        self.replace(ROOT, Node { whole, partial, child, ..*self.node(ROOT) });
    }

    /// Selects a field whole.
    #[inline]
    pub(in crate::mask) fn add_field_to(&mut self, message: &mut NodeBuilder, index: u16) {
        if index < BITS {
            message.whole |= 1 << index;
        } else {
            let chunk = self.chunk_of_builder(message, index);
            self.add_bits(chunk, 1 << (index % BITS), 0);
        }
    }

    /// Adds the finished node of a field, and returns its position.
    #[inline]
    pub(in crate::mask) fn add_child_to(
        &mut self,
        message: &mut NodeBuilder,
        index: u16,
        child: NodeBuilder,
    ) -> NodeId {
        let node =
            Node { whole: child.whole, partial: child.partial, child: child.child, ..Node::new(Label::Field(index)) };
        if index < BITS {
            message.partial |= 1 << index;
            message.child = self.push_node(Node { next: message.child, ..node });
            message.child
        } else {
            let chunk = self.chunk_of_builder(message, index);
            self.add_bits(chunk, 0, 1 << (index % BITS));
            self.push_child(chunk, node)
        }
    }

    /// Returns `true` if a field is selected, whole or in part.
    pub(in crate::mask) fn builder_has(&self, message: &NodeBuilder, index: u16) -> bool {
        let bit = 1 << (index % BITS);
        if index < BITS {
            return (message.whole | message.partial) & bit != 0;
        }
        self.find(message.child, Label::Chunk(index / BITS)).is_some_and(|chunk| {
            let node = self.node(chunk);
            (node.whole | node.partial) & bit != 0
        })
    }

    /// Removes a field that is selected whole or in part.
    pub(in crate::mask) fn remove_field_from(&mut self, message: &mut NodeBuilder, index: u16) {
        let bit = 1 << (index % BITS);
        if index < BITS {
            if message.partial & bit != 0 {
                message.child = self.remove_label(message.child, Label::Field(index));
            }
            message.whole &= !bit;
            message.partial &= !bit;
        } else if let Some(chunk) = self.find(message.child, Label::Chunk(index / BITS)) {
            let node = *self.node(chunk);
            let child = self.remove_label(node.child, Label::Field(index));
            self.replace(chunk, Node { whole: node.whole & !bit, partial: node.partial & !bit, child, ..node });
        }
    }

    /// Removes the node with this label from the list of children that starts at `first`, and returns the new start.
    fn remove_label(&mut self, first: NodeId, label: Label) -> NodeId {
        let Some(target) = self.find(first, label) else { return first };
        let after = self.node(target).next;
        if target == first {
            return after;
        }
        let mut before = first;
        while self.node(before).next != target {
            before = self.node(before).next;
        }
        self.replace(before, Node { next: after, ..*self.node(before) });
        first
    }

    #[cold]
    fn chunk_of_builder(&mut self, message: &mut NodeBuilder, index: u16) -> NodeId {
        let label = Label::Chunk(index / BITS);
        self.find(message.child, label).unwrap_or_else(|| {
            message.child = self.push_node(Node { next: message.child, ..Node::new(label) });
            message.child
        })
    }
}
