//! A node of a tree while its message is gone through: it gets its place when it is done.

use super::tree::{BITS, Label, NONE, Node, NodeId, ROOT, Tree};

/// The selected fields of one message, not yet part of the tree; its children are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    all: u64,
    part: u64,
    child: NodeId,
}

impl Default for Part {
    #[inline]
    fn default() -> Self {
        Self { all: 0, part: 0, child: NONE }
    }
}

impl Part {
    /// Whether nothing is selected.
    #[inline]
    pub(super) fn is_blank(&self) -> bool {
        self.all == 0 && self.part == 0 && self.child == NONE
    }
}

impl Tree {
    /// Puts the outermost message in its place.
    #[inline]
    pub(super) fn set_root(&mut self, outermost: Part) {
        let Part { all, part, child } = outermost;
        self.replace(ROOT, Node { all, part, child, ..*self.node(ROOT) });
    }

    /// Selects a field whole.
    #[inline]
    pub(super) fn add_to_part(&mut self, message: &mut Part, index: u16) {
        if index < BITS {
            message.all |= 1 << index;
        } else {
            let chunk = self.chunk_of_part(message, index);
            self.add_bits(chunk, 1 << (index % BITS), 0);
        }
    }

    /// Selects the part of a field that is done, and gives its node.
    #[inline]
    pub(super) fn add_part(&mut self, message: &mut Part, index: u16, inside: Part) -> NodeId {
        let node = Node { all: inside.all, part: inside.part, child: inside.child, ..Node::new(Label::Field(index)) };
        if index < BITS {
            message.part |= 1 << index;
            message.child = self.push_node(Node { next: message.child, ..node });
            message.child
        } else {
            let chunk = self.chunk_of_part(message, index);
            self.add_bits(chunk, 0, 1 << (index % BITS));
            self.push_child(chunk, node)
        }
    }

    /// Whether a field is selected.
    pub(super) fn part_has(&self, message: &Part, index: u16) -> bool {
        let bit = 1 << (index % BITS);
        if index < BITS {
            return (message.all | message.part) & bit != 0;
        }
        self.find(message.child, Label::Chunk(index / BITS)).is_some_and(|chunk| {
            let node = self.node(chunk);
            (node.all | node.part) & bit != 0
        })
    }

    /// Takes a field out, selected whole or in part.
    pub(super) fn remove_from_part(&mut self, message: &mut Part, index: u16) {
        let bit = 1 << (index % BITS);
        if index < BITS {
            if message.part & bit != 0 {
                message.child = self.without(message.child, Label::Field(index));
            }
            message.all &= !bit;
            message.part &= !bit;
        } else if let Some(chunk) = self.find(message.child, Label::Chunk(index / BITS)) {
            let node = *self.node(chunk);
            let child = self.without(node.child, Label::Field(index));
            self.replace(chunk, Node { all: node.all & !bit, part: node.part & !bit, child, ..node });
        }
    }

    /// The list of children that starts here, without the one with this label.
    fn without(&mut self, first: NodeId, label: Label) -> NodeId {
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
    fn chunk_of_part(&mut self, message: &mut Part, index: u16) -> NodeId {
        let label = Label::Chunk(index / BITS);
        self.find(message.child, label).unwrap_or_else(|| {
            message.child = self.push_node(Node { next: message.child, ..Node::new(label) });
            message.child
        })
    }
}
