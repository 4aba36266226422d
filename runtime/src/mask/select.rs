//! Walking a mask: what it says about one field, one key, and what lies below.

use smallvec::{SmallVec, smallvec};

use super::tree::{BITS, Label, NodeId, ROOT, Tree};
use crate::fields::{KeyRef, Step};

/// What a mask says about a field.
#[derive(Debug, Clone)]
pub enum Selection<'m> {
    /// The field is not in the mask.
    Nothing,
    /// The whole field is.
    Whole,
    /// Some of what the field holds is: of a message its fields, of a list the fields of each element, of a map the
    /// values of some keys.
    Part(Selected<'m>),
}

/// The part of a mask that is about one message, or one map.
#[derive(Debug, Clone)]
pub struct Selected<'m> {
    /// `None` where everything is selected.
    tree: Option<&'m Tree>,
    /// The nodes that are about the message; what any of them selects is selected. There is one, but for the value of
    /// a key that a mask names beside `*`.
    nodes: SmallVec<[NodeId; 4]>,
    all: u64,
    part: u64,
}

impl<'m> Selected<'m> {
    /// Every field of a message, and all that is in them.
    #[must_use]
    pub fn everything() -> Self {
        Self { tree: None, nodes: SmallVec::new(), all: u64::MAX, part: 0 }
    }

    /// No field at all.
    pub(super) fn nothing() -> Self {
        Self { tree: None, nodes: SmallVec::new(), all: 0, part: 0 }
    }

    /// Whether the message is selected at once, and not by its fields.
    pub(super) const fn is_everything(&self) -> bool {
        self.tree.is_none() && self.all != 0
    }

    /// What a set says about its outermost message.
    #[inline]
    pub(super) fn root(tree: &'m Tree) -> Self {
        if tree.is_everything() { Self::everything() } else { Self::of_node(tree, ROOT) }
    }

    #[inline]
    fn of_node(tree: &'m Tree, id: NodeId) -> Self {
        let node = tree.node(id);
        Self { tree: Some(tree), nodes: smallvec![id], all: node.all, part: node.part }
    }

    /// What the mask says about the field at this position of the schema.
    #[inline]
    #[must_use]
    pub fn field(&self, index: u16) -> Selection<'m> {
        if index >= BITS {
            return self.wide_field(index);
        }
        let bit = 1 << index;
        if self.all & bit != 0 {
            Selection::Whole
        } else if self.part & bit != 0 {
            self.part(|tree, id| tree.child(id, Label::Field(index)))
        } else {
            Selection::Nothing
        }
    }

    /// Whether the whole field at this position is selected; for fields that have no parts.
    #[inline]
    pub(super) fn has(&self, index: u16) -> bool {
        if index < BITS { self.all & (1 << index) != 0 } else { matches!(self.wide_field(index), Selection::Whole) }
    }

    /// What the mask says about the value of a key, in the part of a map.
    #[must_use]
    pub fn key(&self, key: KeyRef<'_>) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        let mut nodes: SmallVec<[NodeId; 4]> = SmallVec::new();
        for &map in &self.nodes {
            if let Some(named) = tree.find_key(map, key) {
                if matches!(tree.node(named).label, Label::WholeKey(_)) {
                    return Selection::Whole;
                }
                nodes.push(named);
            }
            nodes.extend(tree.child(map, Label::Entry));
        }
        Self::of_nodes(tree, nodes.into_iter())
    }

    /// What the mask says about all that a path leads to.
    pub(super) fn at(&self, steps: &[Step<'_>]) -> Selection<'m> {
        let mut selected = self.clone();
        for step in steps {
            let selection = match *step {
                Step::Field(index) => selected.field(index),
                // The part of a list is the part of each element.
                Step::Item => continue,
                Step::Entry => selected.entries(),
                Step::Key(key) => selected.key(key),
            };
            match selection {
                Selection::Part(part) => selected = part,
                found => return found,
            }
        }
        Selection::Part(selected)
    }

    /// What the mask says about every value, in the part of a map.
    #[must_use]
    pub fn entries(&self) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        Self::of_nodes(tree, self.nodes.iter().filter_map(|&map| tree.child(map, Label::Entry)))
    }

    /// The keys that the mask names, in the part of a map.
    pub(super) fn keys(&self) -> impl Iterator<Item = KeyRef<'m>> {
        let tree = self.tree;
        let children = move |&id: &NodeId| tree.into_iter().flat_map(move |tree| tree.children(id));
        self.nodes.iter().flat_map(children).filter_map(move |(_, label)| match label {
            Label::Key(position) | Label::WholeKey(position) => tree.map(|tree| tree.key(position)),
            _ => None,
        })
    }

    /// Whether the mask says something about every value of the map.
    pub(super) fn has_entries(&self) -> bool {
        let Some(tree) = self.tree else { return true };
        self.nodes.iter().any(|&id| tree.child(id, Label::Entry).is_some())
    }

    #[cold]
    fn wide_field(&self, index: u16) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        let mut located = self.nodes.iter().filter_map(|&id| tree.locate(id, index));
        if located.any(|(id, bit)| tree.node(id).all & bit != 0) {
            return Selection::Whole;
        }
        self.part(|tree, id| tree.locate(id, index).and_then(|(chunk, _)| tree.child(chunk, Label::Field(index))))
    }

    #[inline]
    fn part(&self, child: impl Fn(&Tree, NodeId) -> Option<NodeId>) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        if let [id] = self.nodes.as_slice() {
            return child(tree, *id).map_or(Selection::Nothing, |id| Selection::Part(Self::of_node(tree, id)));
        }
        Self::of_nodes(tree, self.nodes.iter().filter_map(|&id| child(tree, id)))
    }

    fn without_tree(&self) -> Selection<'m> {
        if self.all == 0 { Selection::Nothing } else { Selection::Whole }
    }

    fn of_nodes(tree: &'m Tree, nodes: impl Iterator<Item = NodeId>) -> Selection<'m> {
        let mut selected = Self { tree: Some(tree), nodes: nodes.collect(), all: 0, part: 0 };
        for &id in &selected.nodes {
            let node = tree.node(id);
            selected.all |= node.all;
            selected.part |= node.part;
        }
        selected.part &= !selected.all;
        if selected.nodes.is_empty() { Selection::Nothing } else { Selection::Part(selected) }
    }
}
