//! Nodes of maps in a tree: the selection in every value, and in the values of single keys.

use super::keys::{Keys, OwnedKey};
use super::node::{Label, Node, NodeId};
use super::tree::Tree;
use crate::fields::KeyRef;

impl Tree {
    /// Selects every value of a map in part, and returns the node. It is always the first child.
    pub(in crate::mask) fn enter_entries(&mut self, map: NodeId) -> NodeId {
        self.entry(map).unwrap_or_else(|| self.push(map, Label::Entry))
    }

    /// Returns the node for every value of a map.
    pub(in crate::mask) fn entry(&self, map: NodeId) -> Option<NodeId> {
        let first = self.children(map).next();
        first.and_then(|(id, label)| (label == Label::Entry).then_some(id))
    }

    /// Selects the value of a key whole.
    pub(in crate::mask) fn add_key(&mut self, map: NodeId, key: KeyRef<'_>) {
        match self.search(map, key) {
            Ok((_, id)) => self.make_key_whole(id),
            Err(position) => {
                self.insert_key(map, key, position, Label::WholeKey);
            }
        }
    }

    /// Selects the value of a key in part, and returns its node. Returns `None` if the value is already selected whole.
    pub(in crate::mask) fn enter_key(&mut self, map: NodeId, key: KeyRef<'_>) -> Option<NodeId> {
        match self.search(map, key) {
            Ok((_, id)) => self.is_partial_key(id).then_some(id),
            Err(position) => Some(self.insert_key(map, key, position, Label::Key)),
        }
    }

    /// Returns `true` if the node is that of a key whose value is selected in part.
    pub(in crate::mask) fn is_partial_key(&self, id: NodeId) -> bool {
        matches!(self.node(id).label, Label::Key(_))
    }

    /// Returns the node of a key.
    pub(in crate::mask) fn find_key(&self, map: NodeId, key: KeyRef<'_>) -> Option<NodeId> {
        self.search(map, key).ok().map(|(_, id)| id)
    }

    /// Returns the named keys of a map, in ascending order, and their nodes.
    pub(in crate::mask) fn keys(&self, map: NodeId) -> impl Iterator<Item = (KeyRef<'_>, NodeId)> {
        self.keys.iter().flat_map(move |keys| {
            let start = keys.index.partition_point(|&(other, _)| other < map);
            let of_map = keys.index.iter().skip(start).take_while(move |&&(other, _)| other == map);
            of_map.map(|&(_, id)| (self.key(keys, id), id))
        })
    }

    /// Returns the number of named keys of a map.
    pub(in crate::mask) fn count_keys(&self, map: NodeId) -> usize {
        self.keys.as_ref().map_or(0, |keys| {
            let start = keys.index.partition_point(|&(other, _)| other < map);
            let end = keys.index.partition_point(|&(other, _)| other <= map);
            end - start
        })
    }

    /// Removes the node for every value of a map if nothing is selected below it.
    pub(in crate::mask) fn remove_entries_if_empty(&mut self, map: NodeId) {
        if self.entry(map).is_some_and(|entry| self.is_empty_node(entry)) {
            self.unlink(map, Label::Entry);
        }
    }

    /// Removes the node of a key if nothing is selected below it.
    pub(in crate::mask) fn remove_key_if_empty(&mut self, map: NodeId, key: KeyRef<'_>) {
        if let Ok((position, id)) = self.search(map, key)
            && self.is_partial_key(id)
            && self.is_empty_node(id)
        {
            self.unlink(map, self.node(id).label);
            if let Some(keys) = &mut self.keys {
                keys.index.remove(position);
            }
        }
    }

    fn make_key_whole(&mut self, id: NodeId) {
        let node = *self.node(id);
        if let Label::Key(position) = node.label {
            self.replace(id, Node { next: node.next, ..Node::new(Label::WholeKey(position)) });
        }
    }

    /// Returns the key of a node.
    fn key<'k>(&self, keys: &'k Keys, id: NodeId) -> KeyRef<'k> {
        let position = match self.node(id).label {
            Label::Key(position) | Label::WholeKey(position) => position,
            _ => u32::MAX,
        };
        keys.list.get(position as usize).map_or(KeyRef::Bool(false), OwnedKey::view)
    }

    /// Returns the position of a key in the index and its node, or the position to insert it.
    fn search(&self, map: NodeId, key: KeyRef<'_>) -> Result<(usize, NodeId), usize> {
        let Some(keys) = &self.keys else { return Err(0) };
        let compare = |&(other, id): &(NodeId, NodeId)| other.cmp(&map).then_with(|| self.key(keys, id).cmp(&key));
        let position = keys.index.binary_search_by(compare)?;
        keys.index.get(position).map(|&(_, id)| (position, id)).ok_or(position)
    }

    fn insert_key(
        &mut self,
        map: NodeId,
        key: KeyRef<'_>,
        position: usize,
        label: impl FnOnce(u32) -> Label,
    ) -> NodeId {
        let keys = self.keys.get_or_insert_default();
        let list_position = u32::try_from(keys.list.len()).unwrap_or(u32::MAX);
        keys.list.push(OwnedKey::new(key));
        let id = match self.entry(map) {
            None => self.push(map, label(list_position)),
            Some(entry) => {
                let first = *self.node(entry);
                let id = self.push_node(Node { next: first.next, ..Node::new(label(list_position)) });
                self.replace(entry, Node { next: id, ..first });
                id
            }
        };
        if let Some(keys) = &mut self.keys {
            keys.index.insert(position, (map, id));
        }
        id
    }
}
