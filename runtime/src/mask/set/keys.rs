//! Map keys that a set names.

use super::node::NodeId;
use crate::fields::KeyRef;

/// Map key that owns its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::mask) enum OwnedKey {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Text(Box<str>),
}

impl OwnedKey {
    pub(in crate::mask) fn new(key: KeyRef<'_>) -> Self {
        match key {
            KeyRef::Bool(key) => Self::Bool(key),
            KeyRef::Int(key) => Self::Int(key),
            KeyRef::Uint(key) => Self::Uint(key),
            KeyRef::Text(key) => Self::Text(key.into()),
        }
    }

    pub(in crate::mask) fn view(&self) -> KeyRef<'_> {
        match self {
            Self::Bool(key) => KeyRef::Bool(*key),
            Self::Int(key) => KeyRef::Int(*key),
            Self::Uint(key) => KeyRef::Uint(*key),
            Self::Text(key) => KeyRef::Text(key),
        }
    }
}

/// All keys that a set names, of all its maps.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    /// Keys in the order in which they were added. A node has the position of its key in this list.
    pub(super) list: Vec<OwnedKey>,
    /// Pairs of a map's node and a key's node, ordered by map and key. A request can name thousands of keys, so a key is
    /// found by binary search.
    pub(super) index: Vec<(NodeId, NodeId)>,
}
