//! Tree of selected fields.
//!
//! A node represents one message: two bits per field store whether the field is selected whole or in part. The children of
//! a node are the messages of the fields that are selected in part. Nodes are stored in one list and refer to each other by
//! position. So a mask of the usual size needs no allocation, and dropping a mask is not recursive.
//!
//! Invariants of every tree:
//!
//! 1. The node at [`ROOT`] is the root. Each node is reachable from it in at most one way. Unreachable nodes can remain in
//!    the list.
//! 2. A root with [`Label::Everything`] has no bits and no children.
//! 3. No field is selected both whole and in part: [`Node::whole`] and [`Node::partial`] have no common bit.
//! 4. Each bit in [`Node::partial`] has one child [`Label::Field`], and each such child has a bit.
//! 5. The fields from 64 on are in nodes [`Label::Chunk`], one for each 64 fields, as children of the message's node. A chunk
//!    has no chunks.
//! 6. The node of a map has no bits. Its children are at most one [`Label::Entry`], which is the first child, and one
//!    [`Label::Key`] or [`Label::WholeKey`] for each key that [`Keys`] has for the map. A `WholeKey` has no bits and no
//!    children.
//! 7. A field that is selected in part has at least one selected descendant. The exception is the tree of an implied mask
//!    ([`EmptyMessage::Create`](crate::mask::compare::EmptyMessage::Create)), which never becomes a `Mask`.

#[cfg(test)]
mod invariants;

use smallvec::SmallVec;

use super::keys::Keys;
use super::node::{BITS, Label, NONE, Node, NodeId, ROOT, find};

/// Set of fields.
#[derive(Debug, Clone)]
pub(in crate::mask) struct Tree {
    /// Three nodes are inline: a larger value would be moved by a call of `memcpy`.
    nodes: SmallVec<[Node; 3]>,
    /// `None` for a set that names no map key, as most do.
    pub(super) keys: Option<Box<Keys>>,
}

impl Tree {
    /// Creates the set without fields.
    #[inline]
    pub(in crate::mask) fn empty() -> Self {
        let mut nodes = SmallVec::new();
        nodes.push(Node::new(Label::Root));
        Self { nodes, keys: None }
    }

    /// Creates the set with every field: `*`.
    pub(in crate::mask) fn everything() -> Self {
        let mut tree = Self::empty();
        tree.select_everything();
        tree
    }

    /// Adds every field.
    pub(in crate::mask) fn select_everything(&mut self) {
        self.nodes.truncate(1);
        self.keys = None;
        self.nodes[0] = Node::new(Label::Everything);
    }

    /// Returns `true` if the set is `*`.
    #[inline]
    pub(in crate::mask) fn is_everything(&self) -> bool {
        self.node(ROOT).label == Label::Everything
    }

    /// Returns `true` if no field is selected.
    pub(in crate::mask) fn is_empty(&self) -> bool {
        !self.is_everything() && self.is_empty_node(ROOT)
    }

    /// Returns `true` if nothing is selected below a node.
    pub(in crate::mask) fn is_empty_node(&self, id: NodeId) -> bool {
        self.node(id).has_no_field()
            && self.children(id).all(|(id, label)| matches!(label, Label::Chunk(_)) && self.node(id).has_no_field())
    }

    #[inline(always)]
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// Returns the children of a node, in no particular order.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = (NodeId, Label)> + '_ {
        let mut next = self.node(id).child;
        std::iter::from_fn(move || {
            let node = self.nodes.get(next as usize)?;
            let id = next;
            next = node.next;
            Some((id, node.label))
        })
    }

    /// Returns the child with this label.
    #[inline(always)]
    pub(super) fn child(&self, id: NodeId, label: Label) -> Option<NodeId> {
        self.find(self.node(id).child, label)
    }

    /// Returns the node with this label in the list of children that starts at `first`.
    #[inline]
    pub(super) fn find(&self, first: NodeId, label: Label) -> Option<NodeId> {
        find(&self.nodes, first, label).map(|(id, _)| id)
    }

    /// Returns all nodes, also unreachable ones.
    #[inline(always)]
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Returns the node whose bits include the field with this index, and the bit.
    #[inline]
    pub(in crate::mask) fn locate(&self, id: NodeId, index: u16) -> Option<(NodeId, u64)> {
        let bit = 1 << (index % BITS);
        if index < BITS {
            Some((id, bit))
        } else {
            self.child(id, Label::Chunk(index / BITS)).map(|chunk| (chunk, bit))
        }
    }

    #[inline]
    fn locate_or_add(&mut self, id: NodeId, index: u16) -> (NodeId, u64) {
        let bit = 1 << (index % BITS);
        if index < BITS { (id, bit) } else { (self.child_or_add(id, Label::Chunk(index / BITS)), bit) }
    }

    fn child_or_add(&mut self, id: NodeId, label: Label) -> NodeId {
        self.child(id, label).unwrap_or_else(|| self.push(id, label))
    }

    pub(super) fn push(&mut self, parent: NodeId, label: Label) -> NodeId {
        self.push_child(parent, Node::new(label))
    }

    /// Adds a child to a node.
    pub(super) fn push_child(&mut self, parent: NodeId, node: Node) -> NodeId {
        let next = self.node(parent).child;
        let id = self.push_node(Node { next, ..node });
        self.nodes[parent as usize].child = id;
        id
    }

    /// Adds a node without a parent.
    #[inline]
    pub(super) fn push_node(&mut self, node: Node) -> NodeId {
        let id = NodeId::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(node);
        id
    }

    /// Replaces a node.
    pub(super) fn replace(&mut self, id: NodeId, node: Node) {
        self.nodes[id as usize] = node;
    }

    /// Selects fields by their bits.
    pub(in crate::mask) fn add_bits(&mut self, id: NodeId, whole: u64, partial: u64) {
        let node = &mut self.nodes[id as usize];
        node.whole |= whole;
        node.partial |= partial;
    }

    /// Selects a field whole.
    #[inline]
    pub(in crate::mask) fn add_field(&mut self, id: NodeId, index: u16) {
        let (id, bit) = self.locate_or_add(id, index);
        let node = &mut self.nodes[id as usize];
        node.whole |= bit;
        if node.partial & bit != 0 {
            node.partial &= !bit;
            self.unlink(id, Label::Field(index));
        }
    }

    /// Selects fields of the outermost message whole, by their bits.
    pub(in crate::mask) fn add_root_fields(&mut self, bits: u64) {
        if self.is_everything() {
            return;
        }
        let both = self.node(ROOT).partial & bits;
        self.add_bits(ROOT, bits, 0);
        if both != 0 {
            (0..BITS).filter(|index| both & (1 << index) != 0).for_each(|index| self.add_field(ROOT, index));
        }
    }

    /// Selects a field in part, and returns its node. Returns `None` if the field is already selected whole.
    #[inline]
    pub(in crate::mask) fn enter_field(&mut self, id: NodeId, index: u16) -> Option<NodeId> {
        let (id, bit) = self.locate_or_add(id, index);
        let node = &mut self.nodes[id as usize];
        if node.whole & bit != 0 {
            return None;
        }
        if node.partial & bit != 0 {
            return self.child(id, Label::Field(index));
        }
        node.partial |= bit;
        Some(self.push(id, Label::Field(index)))
    }

    /// Removes the node of a field if nothing is selected below it. The node must be the one that was added last.
    #[inline]
    pub(in crate::mask) fn remove_field_if_empty(&mut self, id: NodeId, index: u16, child: NodeId) {
        if child != id
            && self.is_empty_node(child)
            && let Some((id, bit)) = self.locate(id, index)
        {
            self.nodes[id as usize].partial &= !bit;
            self.unlink(id, Label::Field(index));
            if child as usize + 1 == self.nodes.len() {
                self.nodes.truncate(child as usize);
            }
        }
    }

    /// Returns `true` if a field is selected, whole or in part.
    pub(in crate::mask) fn has_field(&self, id: NodeId, index: u16) -> bool {
        self.locate(id, index).is_some_and(|(id, bit)| (self.node(id).whole | self.node(id).partial) & bit != 0)
    }

    /// Returns `true` if a field is selected whole.
    pub(in crate::mask) fn has_whole_field(&self, id: NodeId, index: u16) -> bool {
        self.locate(id, index).is_some_and(|(id, bit)| self.node(id).whole & bit != 0)
    }

    /// Returns the node of a field that is selected in part.
    pub(in crate::mask) fn node_of_field(&self, id: NodeId, index: u16) -> Option<NodeId> {
        let (id, bit) = self.locate(id, index)?;
        if self.node(id).partial & bit == 0 { None } else { self.child(id, Label::Field(index)) }
    }

    /// Removes a child from its parent's list. The node remains in the list of nodes, unreachable.
    pub(super) fn unlink(&mut self, parent: NodeId, label: Label) {
        let Some(target) = self.child(parent, label) else { return };
        let after = self.node(target).next;
        if self.node(parent).child == target {
            self.nodes[parent as usize].child = after;
            return;
        }
        let before = self.children(parent).find(|&(id, _)| self.node(id).next == target);
        if let Some((before, _)) = before {
            self.nodes[before as usize].next = after;
        }
    }
}
