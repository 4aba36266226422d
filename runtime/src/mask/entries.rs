//! Maps in a tree: what is said about every value, and about those of the keys that are named.

use super::key::OwnedKey;
use super::tree::{Label, Node, NodeId, Tree};
use crate::fields::KeyRef;

/// The keys that a mask names.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    list: Vec<OwnedKey>,
    /// The nodes of the keys, each after that of its map, ordered by map and key: a request can name thousands of keys,
    /// and looking through them one by one for each would take time with their square.
    index: Vec<(NodeId, NodeId)>,
}

impl Tree {
    /// Selects each value of a map in part. Its node is always the first child, where it is found at once.
    pub(super) fn enter_entries(&mut self, map: NodeId) -> NodeId {
        self.entry(map).unwrap_or_else(|| self.push(map, Label::Entry))
    }

    /// The node for every value of a map.
    pub(super) fn entry(&self, map: NodeId) -> Option<NodeId> {
        let first = self.children(map).next();
        first.and_then(|(id, label)| (label == Label::Entry).then_some(id))
    }

    /// Selects the value of a key whole.
    pub(super) fn add_key(&mut self, map: NodeId, key: KeyRef<'_>) {
        match self.search(map, key) {
            Ok((_, id)) => self.make_key_whole(id),
            Err(place) => {
                self.insert_key(map, key, place, Label::WholeKey);
            }
        }
    }

    /// Selects the value of a key in part; `None` if it is selected whole already.
    pub(super) fn enter_key(&mut self, map: NodeId, key: KeyRef<'_>) -> Option<NodeId> {
        match self.search(map, key) {
            Ok((_, id)) => self.is_partial_key(id).then_some(id),
            Err(place) => Some(self.insert_key(map, key, place, Label::Key)),
        }
    }

    /// Whether the node is that of a key whose value is selected in part.
    pub(super) fn is_partial_key(&self, id: NodeId) -> bool {
        matches!(self.node(id).label, Label::Key(_))
    }

    /// The node for a key.
    pub(super) fn find_key(&self, map: NodeId, key: KeyRef<'_>) -> Option<NodeId> {
        self.search(map, key).ok().map(|(_, id)| id)
    }

    /// The keys that are named of a map, in their order, and their nodes.
    pub(super) fn keys(&self, map: NodeId) -> impl Iterator<Item = (KeyRef<'_>, NodeId)> {
        self.keys.iter().flat_map(move |keys| {
            let start = keys.index.partition_point(|&(other, _)| other < map);
            let of_map = keys.index.iter().skip(start).take_while(move |&&(other, _)| other == map);
            of_map.map(|&(_, id)| (self.key(keys, id), id))
        })
    }

    /// Number of keys that are named of a map.
    pub(super) fn count_keys(&self, map: NodeId) -> usize {
        self.keys.as_ref().map_or(0, |keys| {
            let start = keys.index.partition_point(|&(other, _)| other < map);
            let end = keys.index.partition_point(|&(other, _)| other <= map);
            end - start
        })
    }

    /// Takes back what was said about every value of a map, if it is nothing.
    pub(super) fn leave_entries_if_empty(&mut self, map: NodeId) {
        if self.entry(map).is_some_and(|entry| self.is_blank(entry)) {
            self.unlink(map, Label::Entry);
        }
    }

    /// Takes back what was said about a key, if it is nothing.
    pub(super) fn leave_key_if_empty(&mut self, map: NodeId, key: KeyRef<'_>) {
        if let Ok((place, id)) = self.search(map, key)
            && self.is_partial_key(id)
            && self.is_blank(id)
        {
            self.unlink(map, self.node(id).label);
            if let Some(keys) = &mut self.keys {
                keys.index.remove(place);
            }
        }
    }

    fn make_key_whole(&mut self, id: NodeId) {
        let node = *self.node(id);
        if let Label::Key(position) = node.label {
            self.replace(id, Node { next: node.next, ..Node::new(Label::WholeKey(position)) });
        }
    }

    /// The key that a node is for.
    fn key<'k>(&self, keys: &'k Keys, id: NodeId) -> KeyRef<'k> {
        let position = match self.node(id).label {
            Label::Key(position) | Label::WholeKey(position) => position,
            _ => u32::MAX,
        };
        keys.list.get(position as usize).map_or(KeyRef::Bool(false), OwnedKey::view)
    }

    /// Where a key stands in the index, and its node; or where it would.
    fn search(&self, map: NodeId, key: KeyRef<'_>) -> Result<(usize, NodeId), usize> {
        let Some(keys) = &self.keys else { return Err(0) };
        let compare = |&(other, id): &(NodeId, NodeId)| other.cmp(&map).then_with(|| self.key(keys, id).cmp(&key));
        let place = keys.index.binary_search_by(compare)?;
        keys.index.get(place).map(|&(_, id)| (place, id)).ok_or(place)
    }

    fn insert_key(&mut self, map: NodeId, key: KeyRef<'_>, place: usize, label: impl FnOnce(u32) -> Label) -> NodeId {
        let keys = self.keys.get_or_insert_default();
        let position = u32::try_from(keys.list.len()).unwrap_or(u32::MAX);
        keys.list.push(OwnedKey::new(key));
        let id = match self.entry(map) {
            None => self.push(map, label(position)),
            Some(entry) => {
                let first = *self.node(entry);
                let id = self.push_node(Node { next: first.next, ..Node::new(label(position)) });
                self.replace(entry, Node { next: id, ..first });
                id
            }
        };
        if let Some(keys) = &mut self.keys {
            keys.index.insert(place, (map, id));
        }
        id
    }
}
