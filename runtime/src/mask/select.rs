//! Walking a mask: what it says about one field, one key, and what lies below.

use super::tree::{BITS, Label, NONE, Node, NodeId, ROOT, Tree, find};
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
    node: &'m Node,
    /// Its position, of no use without a tree.
    id: NodeId,
    /// All nodes of the tree, which finds them in two places: to ask it once is enough.
    nodes: &'m [Node],
    /// `None` where everything is selected, or nothing.
    tree: Option<&'m Tree>,
    more: More,
}

/// Further nodes that are about the same message, for the value of a key that a mask names beside `*`: what any of them
/// selects is selected. It is a box of a list so that it takes little room where it is not there.
type More = Option<Box<Vec<NodeId>>>;

/// What stands for all fields of any message.
const EVERYTHING: &Node = &Node { all: u64::MAX, ..Node::new(Label::Everything) };
/// What stands for none.
const NOTHING: &Node = &Node::new(Label::Root);

/// A copy of what a selection says about the first fields of a message: it stays in registers where a reference into
/// the mask would be followed again for each field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bits {
    all: u64,
    part: u64,
}

impl Bits {
    /// What `selected`, which these bits are of, says about the field at this position.
    #[inline(always)]
    pub(super) fn field<'m>(self, selected: &Selected<'m>, index: u16) -> Selection<'m> {
        if index < BITS {
            let bit = 1 << index;
            if self.all & bit != 0 {
                return Selection::Whole;
            }
            if self.part & bit == 0 {
                return Selection::Nothing;
            }
            if selected.more.is_none()
                && let Some((id, node)) = find(selected.nodes, selected.node.child, Label::Field(index))
            {
                return Selection::Part(Selected { node, id, more: None, ..*selected });
            }
        }
        selected.field_slowly(index)
    }

    /// Whether the whole field at this position is selected; for fields that have no parts.
    #[inline(always)]
    pub(super) fn has(self, selected: &Selected<'_>, index: u16) -> bool {
        if index < BITS {
            self.all & (1 << index) != 0
        } else {
            matches!(selected.field_slowly(index), Selection::Whole)
        }
    }
}

impl<'m> Selected<'m> {
    /// Every field of a message, and all that is in them.
    #[inline]
    #[must_use]
    pub const fn everything() -> Self {
        Self { node: EVERYTHING, id: NONE, nodes: &[], tree: None, more: None }
    }

    /// No field at all.
    pub(super) const fn nothing() -> Self {
        Self { node: NOTHING, id: NONE, nodes: &[], tree: None, more: None }
    }

    /// Whether the message is selected at once, and not by its fields.
    pub(super) const fn is_everything(&self) -> bool {
        self.tree.is_none() && self.node.all != 0
    }

    /// What a set says about its outermost message.
    #[inline]
    pub(super) fn root(tree: &'m Tree) -> Self {
        if tree.is_everything() { Self::everything() } else { Self::of_node(tree, ROOT) }
    }

    #[inline(always)]
    fn of_node(tree: &'m Tree, id: NodeId) -> Self {
        Self { node: tree.node(id), id, nodes: tree.nodes(), tree: Some(tree), more: None }
    }

    /// The node of the selection, unless everything is selected, or several nodes are united.
    pub(super) fn single_node(&self) -> Option<(&'m Tree, NodeId)> {
        self.tree.filter(|_| self.more.is_none()).map(|tree| (tree, self.id))
    }

    /// What the mask says about the field at this position of the schema.
    #[inline]
    #[must_use]
    pub fn field(&self, index: u16) -> Selection<'m> {
        self.bits().field(self, index)
    }

    /// What the mask says about the first fields, to ask for many of them.
    #[inline(always)]
    pub(super) fn bits(&self) -> Bits {
        if self.more.is_some() { self.united_bits() } else { Bits { all: self.node.all, part: self.node.part } }
    }

    #[cold]
    fn united_bits(&self) -> Bits {
        let start = Bits { all: 0, part: 0 };
        self.united().fold(start, |bits, node| Bits { all: bits.all | node.all, part: bits.part | node.part })
    }

    /// What the mask says about the value of a key, in the part of a map.
    #[must_use]
    pub fn key(&self, key: KeyRef<'_>) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        let mut found = Vec::new();
        for map in self.ids() {
            if let Some(named) = tree.find_key(map, key) {
                if !tree.is_partial_key(named) {
                    return Selection::Whole;
                }
                found.push(named);
            }
            found.extend(tree.entry(map));
        }
        Self::of_nodes(tree, found.into_iter())
    }

    /// What the mask says about the value of a key by its name, beside what it says about every value.
    pub(super) fn named(&self, key: KeyRef<'_>) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        let named: Vec<NodeId> = self.ids().filter_map(|map| tree.find_key(map, key)).collect();
        if named.iter().any(|&id| !tree.is_partial_key(id)) {
            return Selection::Whole;
        }
        Self::of_nodes(tree, named.into_iter())
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

    /// Whether the mask selects anything at or below a path; of every value of a map, in any of them.
    pub(super) fn includes(&self, steps: &[Step<'_>]) -> bool {
        let Some((step, rest)) = steps.split_first() else { return true };
        let found = |selection: Selection<'_>| match selection {
            Selection::Nothing => false,
            Selection::Whole => true,
            Selection::Part(part) => part.includes(rest),
        };
        match *step {
            Step::Field(index) => found(self.field(index)),
            Step::Item => self.includes(rest),
            Step::Key(key) => found(self.key(key)),
            Step::Entry => found(self.entries()) || self.keys().any(|key| found(self.key(key))),
        }
    }

    /// What the mask says about every value, in the part of a map.
    #[must_use]
    pub fn entries(&self) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        Self::of_nodes(tree, self.ids().filter_map(|map| tree.entry(map)))
    }

    /// The keys that the mask names, in the part of a map.
    pub fn keys(&self) -> impl Iterator<Item = KeyRef<'m>> {
        let tree = self.tree;
        self.ids().flat_map(move |map| tree.into_iter().flat_map(move |tree| tree.keys(map))).map(|(key, _)| key)
    }

    /// Whether the mask says something about every value, in the part of a map; then an update removes those that it does
    /// not give.
    #[must_use]
    pub fn has_entries(&self) -> bool {
        !matches!(self.entries(), Selection::Nothing)
    }

    #[cold]
    fn field_slowly(&self, index: u16) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        let bit = 1 << (index % BITS);
        let chunk = |node: &'m Node| match index / BITS {
            0 => Some(node),
            chunk => tree.find(node.child, Label::Chunk(chunk)).map(|id| tree.node(id)),
        };
        if self.united().filter_map(chunk).any(|node| node.all & bit != 0) {
            return Selection::Whole;
        }
        let part = |node: &Node| tree.find(node.child, Label::Field(index));
        Self::of_nodes(tree, self.united().filter_map(chunk).filter_map(part))
    }

    fn without_tree(&self) -> Selection<'m> {
        if self.node.all == 0 { Selection::Nothing } else { Selection::Whole }
    }

    #[cold]
    fn of_nodes(tree: &'m Tree, mut nodes: impl Iterator<Item = NodeId>) -> Selection<'m> {
        let Some(first) = nodes.next() else { return Selection::Nothing };
        let more: Vec<NodeId> = nodes.collect();
        let more = (!more.is_empty()).then(|| Box::new(more));
        Selection::Part(Self { more, ..Self::of_node(tree, first) })
    }

    fn ids(&self) -> impl Iterator<Item = NodeId> {
        std::iter::once(self.id).chain(self.more.iter().flat_map(|more| more.iter().copied()))
    }

    fn united(&self) -> impl Iterator<Item = &'m Node> {
        let tree = self.tree;
        let more = self.more.iter().flat_map(|more| more.iter());
        std::iter::once(self.node).chain(more.filter_map(move |&id| tree.map(|tree| tree.node(id))))
    }
}
