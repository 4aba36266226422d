//! Node of a tree: the selected fields of one message.

/// Number of fields that the bits of one node cover. A wider message has further nodes.
pub(in crate::mask) const BITS: u16 = 64;

/// Position of a node in the list of its tree.
pub(in crate::mask) type NodeId = u32;

/// Position of the root.
pub(in crate::mask) const ROOT: NodeId = 0;

/// Absence of a node.
pub(super) const NONE: NodeId = NodeId::MAX;

/// One message, one map, one value of a map, or 64 more fields of a wide message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Bits of the fields that are selected whole.
    pub(super) whole: u64,
    /// Bits of the fields that are selected in part: each has a child.
    pub(super) partial: u64,
    /// First child.
    pub(super) child: NodeId,
    /// Next child of the same parent.
    pub(super) next: NodeId,
    pub(super) label: Label,
}

/// Relation of a node to its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The outermost message.
    Root,
    /// The fields from `64 * n` on of the same message.
    Chunk(u16),
    /// The message in a field, each element of a list, or the entries of a map.
    Field(u16),
    /// Each value of a map.
    Entry,
    /// The value of a map key that is selected in part, by the position of the key in the list of keys.
    Key(u32),
    /// The value of a map key that is selected whole, by the position of the key in the list of keys.
    WholeKey(u32),
    /// The outermost message, selected whole: `*`.
    Everything,
}

impl Node {
    pub(super) const fn new(label: Label) -> Self {
        Self { whole: 0, partial: 0, child: NONE, next: NONE, label }
    }

    pub(super) const fn has_no_field(&self) -> bool {
        self.whole == 0 && self.partial == 0
    }
}

/// Returns the node with this label in the list of children that starts at `first`.
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
