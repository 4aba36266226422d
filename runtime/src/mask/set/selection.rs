//! Look-up in a set: the selection of a field, of a map key, or of a path.

use super::node::{BITS, Label, NONE, Node, NodeId, ROOT, find};
use super::tree::Tree;
use crate::fields::{Key, KeyRef, Map, Step};

/// Selection of a field by a mask.
#[derive(Debug, Clone)]
pub enum Selection<'m> {
    /// The field is not in the mask.
    Nothing,
    /// The whole field is in the mask.
    Whole,
    /// Part of the field is in the mask: fields of a message, fields of each element of a list, or values of a map.
    Part(Selected<'m>),
}

/// Selection in one message or one map.
#[derive(Debug, Clone)]
pub struct Selected<'m> {
    node: &'m Node,
    /// Position of the node; [`NONE`] without a tree.
    id: NodeId,
    /// All nodes of the tree, as a slice: a `SmallVec` checks at each access where its items are.
    nodes: &'m [Node],
    /// `None` if everything is selected, or nothing.
    tree: Option<&'m Tree>,
    more: More,
}

/// Further nodes for the same message: the value of a key that a mask names beside `*` has two. A field is selected if any
/// node selects it. The box keeps the size of `Selected` small.
type More = Option<Box<Vec<NodeId>>>;

/// Node that selects all fields of any message.
const EVERYTHING: &Node = &Node { whole: u64::MAX, ..Node::new(Label::Everything) };
/// Node that selects no field.
const NOTHING: &Node = &Node::new(Label::Root);

/// Copy of the bits of the first 64 fields of a message. It stays in registers, so a visitor does not read the node again for
/// each field.
#[derive(Debug, Clone, Copy)]
pub(in crate::mask) struct Bits {
    whole: u64,
    partial: u64,
}

impl Bits {
    /// Returns the selection of the field at this position. The bits must be those of `selected`.
    #[inline(always)]
    pub(in crate::mask) fn field<'m>(self, selected: &Selected<'m>, index: u16) -> Selection<'m> {
        if index < BITS {
            let bit = 1 << index;
            if self.whole & bit != 0 {
                return Selection::Whole;
            }
            if self.partial & bit == 0 {
                return Selection::Nothing;
            }
            if selected.more.is_none()
                && let Some((id, node)) = find(selected.nodes, selected.node.child, Label::Field(index))
            {
                return Selection::Part(Selected { node, id, more: None, ..*selected });
            }
        }
        selected.field_in_chunk_or_union(index)
    }

    /// Returns `true` if the field at this position is selected whole.
    #[inline(always)]
    pub(in crate::mask) fn has(self, selected: &Selected<'_>, index: u16) -> bool {
        if index < BITS {
            self.whole & (1 << index) != 0
        } else {
            matches!(selected.field_in_chunk_or_union(index), Selection::Whole)
        }
    }
}

impl<'m> Selected<'m> {
    /// Creates the selection of every field of a message.
    #[inline]
    #[must_use]
    pub const fn everything() -> Self {
        Self { node: EVERYTHING, id: NONE, nodes: &[], tree: None, more: None }
    }

    /// Creates the selection of no field.
    pub(in crate::mask) const fn nothing() -> Self {
        Self { node: NOTHING, id: NONE, nodes: &[], tree: None, more: None }
    }

    /// Returns `true` if the message is selected whole, and not by its fields.
    pub(in crate::mask) const fn is_everything(&self) -> bool {
        self.tree.is_none() && self.node.whole != 0
    }

    /// Returns the selection in the outermost message.
    #[inline]
    pub(in crate::mask) fn root(tree: &'m Tree) -> Self {
        if tree.is_everything() { Self::everything() } else { Self::from_node(tree, ROOT) }
    }

    #[inline(always)]
    fn from_node(tree: &'m Tree, id: NodeId) -> Self {
        Self { node: tree.node(id), id, nodes: tree.nodes(), tree: Some(tree), more: None }
    }

    /// Returns the node of the selection. Returns `None` if everything or nothing is selected, or if there are several nodes.
    pub(in crate::mask) fn single_node(&self) -> Option<(&'m Tree, NodeId)> {
        self.tree.filter(|_| self.more.is_none()).map(|tree| (tree, self.id))
    }

    /// Returns the selection of the field at this position of the schema.
    #[inline]
    #[must_use]
    pub fn field(&self, index: u16) -> Selection<'m> {
        self.bits().field(self, index)
    }

    /// Returns the bits of the first 64 fields, for a visitor that looks up many fields.
    #[inline(always)]
    pub(in crate::mask) fn bits(&self) -> Bits {
        if self.more.is_some() {
            self.union_of_bits()
        } else {
            Bits { whole: self.node.whole, partial: self.node.partial }
        }
    }

    #[cold]
    fn union_of_bits(&self) -> Bits {
        let start = Bits { whole: 0, partial: 0 };
        self.all_nodes()
            .fold(start, |bits, node| Bits { whole: bits.whole | node.whole, partial: bits.partial | node.partial })
    }

    /// Returns the selection of the value of a key, for a selection in a map.
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
        Self::from_nodes(tree, found.into_iter())
    }

    /// Returns the selection of the value of a key, without the selection of every value by `*`.
    pub(in crate::mask) fn named_key(&self, key: KeyRef<'_>) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        let named: Vec<NodeId> = self.ids().filter_map(|map| tree.find_key(map, key)).collect();
        if named.iter().any(|&id| !tree.is_partial_key(id)) {
            return Selection::Whole;
        }
        Self::from_nodes(tree, named.into_iter())
    }

    /// Returns the selection of the field at a path.
    pub(in crate::mask) fn at(&self, steps: &[Step<'_>]) -> Selection<'m> {
        let mut selected = self.clone();
        for step in steps {
            let selection = match *step {
                Step::Field(index) => selected.field(index),
                // The selection in a list is the selection in each element.
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

    /// Returns `true` if anything is selected at or below a path. For a path through every value of a map, one value is enough.
    pub(in crate::mask) fn includes(&self, steps: &[Step<'_>]) -> bool {
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

    /// Returns the selection of every value, for a selection in a map.
    #[must_use]
    pub fn entries(&self) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        Self::from_nodes(tree, self.ids().filter_map(|map| tree.entry(map)))
    }

    /// Returns the keys that the mask names, for a selection in a map.
    pub fn keys(&self) -> impl Iterator<Item = KeyRef<'m>> {
        let tree = self.tree;
        self.ids().flat_map(move |map| tree.into_iter().flat_map(move |tree| tree.keys(map))).map(|(key, _)| key)
    }

    /// Returns `true` if the mask selects in every value, for a selection in a map. Then an update removes the values that the
    /// request does not have.
    #[must_use]
    pub fn has_entries(&self) -> bool {
        !matches!(self.entries(), Selection::Nothing)
    }

    #[cold]
    fn field_in_chunk_or_union(&self, index: u16) -> Selection<'m> {
        let Some(tree) = self.tree else { return self.without_tree() };
        let bit = 1 << (index % BITS);
        let chunk = |node: &'m Node| match index / BITS {
            0 => Some(node),
            chunk => tree.find(node.child, Label::Chunk(chunk)).map(|id| tree.node(id)),
        };
        if self.all_nodes().filter_map(chunk).any(|node| node.whole & bit != 0) {
            return Selection::Whole;
        }
        let part = |node: &Node| tree.find(node.child, Label::Field(index));
        Self::from_nodes(tree, self.all_nodes().filter_map(chunk).filter_map(part))
    }

    fn without_tree(&self) -> Selection<'m> {
        if self.node.whole == 0 { Selection::Nothing } else { Selection::Whole }
    }

    #[cold]
    fn from_nodes(tree: &'m Tree, mut nodes: impl Iterator<Item = NodeId>) -> Selection<'m> {
        let Some(first) = nodes.next() else { return Selection::Nothing };
        let more: Vec<NodeId> = nodes.collect();
        let more = (!more.is_empty()).then(|| Box::new(more));
        Selection::Part(Self { more, ..Self::from_node(tree, first) })
    }

    fn ids(&self) -> impl Iterator<Item = NodeId> {
        std::iter::once(self.id).chain(self.more.iter().flat_map(|more| more.iter().copied()))
    }

    fn all_nodes(&self) -> impl Iterator<Item = &'m Node> {
        let tree = self.tree;
        let more = self.more.iter().flat_map(|more| more.iter());
        std::iter::once(self.node).chain(more.filter_map(move |&id| tree.map(|tree| tree.node(id))))
    }
}

/// Returns the keys of two maps that a selection names.
///
/// A request can name thousands of keys, for a map in each of thousands of elements. If the selection has more keys than the
/// maps, the keys of the maps are looked up in the selection.
pub(in crate::mask) fn selected_keys<'p, K: Key, V, C: Map<K, V>>(
    stored: Option<&C>,
    given: Option<&C>,
    part: &'p Selected<'p>,
) -> impl Iterator<Item = K> + use<'p, K, V, C> {
    let count = stored.map_or(0, Map::len) + given.map_or(0, Map::len);
    let are_few = part.keys().nth(count).is_none();
    let named = are_few.then(|| part.keys().filter_map(K::of));
    let mut present: Vec<K> = Vec::new();
    if !are_few {
        let keys = stored.into_iter().chain(given).flat_map(Map::entries).map(|(key, _)| key);
        present.extend(keys.filter(|key| !matches!(part.key(key.view()), Selection::Nothing)).cloned());
        present.sort_unstable();
        present.dedup();
    }
    named.into_iter().flatten().chain(present)
}
