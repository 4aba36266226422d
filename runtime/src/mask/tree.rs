//! The set that a mask is, without its type: a tree of selected fields.
//!
//! A node stands for one message: two bits a field say whether it is selected whole or in part. The parts are child
//! nodes. Nodes live in one list and refer to each other by position, so a mask of the usual size is one small value,
//! and no depth of nesting can exhaust the stack when it is dropped.
//!
//! What holds of every tree:
//!
//! 1. The node at [`ROOT`] is the root, and no node is reached from it by two ways. Nodes that nothing leads to may be left
//!    behind.
//! 2. A root that is [`Label::Everything`] has no bits and no children.
//! 3. No field is selected whole and in part: [`Node::all`] and [`Node::part`] of a node have no bit in common.
//! 4. A bit in [`Node::part`] has one child [`Label::Field`] of the same node, and each such child a bit.
//! 5. The fields from 64 on stand in nodes [`Label::Chunk`], one for each 64, children of the message's node; chunks have
//!    none.
//! 6. The node of a map has no bits. Its children are at most one [`Label::Entry`], which is the first, and one
//!    [`Label::Key`] or [`Label::WholeKey`] for each key that [`Keys`] has for it. A `WholeKey` has no bits and no children.
//! 7. Nothing is selected in part of which nothing is selected, but in the tree of an implied mask
//!    ([`super::populated::Hollow::Made`]), which is never that of a [`super::Mask`].

#[cfg(test)]
mod invariants;

use smallvec::SmallVec;

use super::entries::Keys;

/// How many fields the bits of one node cover; a wider message has further nodes.
pub(super) const BITS: u16 = 64;

/// The position of a node; the root is at 0.
pub(super) type NodeId = u32;

pub(super) const ROOT: NodeId = 0;
/// No node.
pub(super) const NONE: NodeId = NodeId::MAX;

/// One message, one map, or 64 more fields of a wide message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The fields that are selected whole.
    pub(super) all: u64,
    /// The fields that are selected in part: each has a child.
    pub(super) part: u64,
    /// The first child.
    pub(super) child: NodeId,
    /// The next child of the same parent.
    pub(super) next: NodeId,
    pub(super) label: Label,
}

/// What a node is to its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The outermost message.
    Root,
    /// The fields from `64 * n` on of the same message.
    Chunk(u16),
    /// The message in a field, or each element of a list, or the entries of a map.
    Field(u16),
    /// Each value of a map.
    Entry,
    /// The value of a map's key, by its position among the keys.
    Key(u32),
    /// The same, and the value is selected whole.
    WholeKey(u32),
    /// The outermost message, selected whole: `*`.
    Everything,
}

/// A set of fields.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// As many as fit into what is still moved in registers, and not by a call.
    nodes: SmallVec<[Node; 3]>,
    /// Most masks name no key.
    pub(super) keys: Option<Box<Keys>>,
}

/// The node with this label in a list of children that starts here.
#[inline(always)]
pub(super) fn find(nodes: &[Node], mut first: NodeId, label: Label) -> Option<(NodeId, &Node)> {
    while let Some(node) = nodes.get(first as usize) {
        if node.label == label {
            return Some((first, node));
        }
        first = node.next;
    }
    None
}

impl Node {
    pub(super) const fn new(label: Label) -> Self {
        Self { all: 0, part: 0, child: NONE, next: NONE, label }
    }

    const fn has_no_field(&self) -> bool {
        self.all == 0 && self.part == 0
    }
}

impl Tree {
    /// The set without any field.
    #[inline]
    pub(super) fn empty() -> Self {
        let mut nodes = SmallVec::new();
        nodes.push(Node::new(Label::Root));
        Self { nodes, keys: None }
    }

    /// The set with every field: `*`.
    pub(super) fn everything() -> Self {
        let mut tree = Self::empty();
        tree.select_everything();
        tree
    }

    /// Adds every field.
    pub(super) fn select_everything(&mut self) {
        self.nodes.truncate(1);
        self.keys = None;
        self.nodes[0] = Node::new(Label::Everything);
    }

    /// Whether every field was selected at once.
    #[inline]
    pub(super) fn is_everything(&self) -> bool {
        self.node(ROOT).label == Label::Everything
    }

    /// Whether no field is selected.
    pub(super) fn is_empty(&self) -> bool {
        !self.is_everything() && self.is_blank(ROOT)
    }

    /// Whether nothing is selected below a node.
    pub(super) fn is_blank(&self, id: NodeId) -> bool {
        self.node(id).has_no_field()
            && self.children(id).all(|(id, label)| matches!(label, Label::Chunk(_)) && self.node(id).has_no_field())
    }

    #[inline(always)]
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// The children of a node, in no particular order.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = (NodeId, Label)> + '_ {
        let mut next = self.node(id).child;
        std::iter::from_fn(move || {
            let node = self.nodes.get(next as usize)?;
            let id = next;
            next = node.next;
            Some((id, node.label))
        })
    }

    /// The child with this label.
    #[inline(always)]
    pub(super) fn child(&self, id: NodeId, label: Label) -> Option<NodeId> {
        self.find(self.node(id).child, label)
    }

    /// The node with this label in a list of children that starts here.
    #[inline]
    pub(super) fn find(&self, first: NodeId, label: Label) -> Option<NodeId> {
        find(&self.nodes, first, label).map(|(id, _)| id)
    }

    /// All nodes, those too that nothing leads to any more.
    #[inline(always)]
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node whose bits hold the field with this index, and its bit.
    #[inline]
    pub(super) fn locate(&self, id: NodeId, index: u16) -> Option<(NodeId, u64)> {
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

    /// Adds a node that nothing leads to yet.
    #[inline]
    pub(super) fn push_node(&mut self, node: Node) -> NodeId {
        let id = NodeId::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(node);
        id
    }

    /// Puts a node in the place of another.
    pub(super) fn replace(&mut self, id: NodeId, node: Node) {
        self.nodes[id as usize] = node;
    }

    /// Selects fields by their bits.
    pub(super) fn add_bits(&mut self, id: NodeId, all: u64, part: u64) {
        let node = &mut self.nodes[id as usize];
        node.all |= all;
        node.part |= part;
    }

    /// Selects a field whole.
    #[inline]
    pub(super) fn add_field(&mut self, id: NodeId, index: u16) {
        let (id, bit) = self.locate_or_add(id, index);
        let node = &mut self.nodes[id as usize];
        node.all |= bit;
        if node.part & bit != 0 {
            node.part &= !bit;
            self.unlink(id, Label::Field(index));
        }
    }

    /// Selects fields of the outermost message whole, by their bits.
    pub(super) fn add_outermost(&mut self, bits: u64) {
        if self.is_everything() {
            return;
        }
        let both = self.node(ROOT).part & bits;
        self.add_bits(ROOT, bits, 0);
        if both != 0 {
            (0..BITS).filter(|index| both & (1 << index) != 0).for_each(|index| self.add_field(ROOT, index));
        }
    }

    /// Selects a field in part, and gives the node for its parts; `None` if it is selected whole already.
    #[inline]
    pub(super) fn enter_field(&mut self, id: NodeId, index: u16) -> Option<NodeId> {
        let (id, bit) = self.locate_or_add(id, index);
        let node = &mut self.nodes[id as usize];
        if node.all & bit != 0 {
            return None;
        }
        if node.part & bit != 0 {
            return self.child(id, Label::Field(index));
        }
        node.part |= bit;
        Some(self.push(id, Label::Field(index)))
    }

    /// Takes back the part of a field that turned out to select nothing; it must be the node that was made last.
    #[inline]
    pub(super) fn leave_if_empty(&mut self, id: NodeId, index: u16, child: NodeId) {
        if child != id
            && self.is_blank(child)
            && let Some((id, bit)) = self.locate(id, index)
        {
            self.nodes[id as usize].part &= !bit;
            self.unlink(id, Label::Field(index));
            if child as usize + 1 == self.nodes.len() {
                self.nodes.truncate(child as usize);
            }
        }
    }

    /// Whether a field is selected, whole or in part.
    pub(super) fn has_field(&self, id: NodeId, index: u16) -> bool {
        self.locate(id, index).is_some_and(|(id, bit)| (self.node(id).all | self.node(id).part) & bit != 0)
    }

    /// Whether a field is selected whole.
    pub(super) fn has_all(&self, id: NodeId, index: u16) -> bool {
        self.locate(id, index).is_some_and(|(id, bit)| self.node(id).all & bit != 0)
    }

    /// The part of a field that is selected in part.
    pub(super) fn part_of_field(&self, id: NodeId, index: u16) -> Option<NodeId> {
        let (id, bit) = self.locate(id, index)?;
        if self.node(id).part & bit == 0 { None } else { self.child(id, Label::Field(index)) }
    }

    /// Takes a child out of its parent's list; its node stays behind, unused.
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
