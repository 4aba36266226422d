//! Set of fields: the content of a mask without its message type.
//!
//! | file | content |
//! |---|---|
//! | `node` | one message, map, or value of a map in the tree |
//! | `tree` | the tree, and its invariants |
//! | `keys`, `map_entries` | map keys, and the nodes of maps |
//! | `node_builder`, `change_record` | nodes that are built while a visitor reads a message |
//! | `selection` | look-up: the part of a set that a field, a key or a path has |
//! | `copy`, `intersect`, `subtract`, `contains` | operations on two sets |
//! | `writable` | the part of a set that an update can write |

mod change_record;
mod contains;
mod copy;
mod intersect;
mod keys;
mod map_entries;
mod node;
mod node_builder;
mod selection;
mod subtract;
mod tree;
mod writable;

pub(super) use change_record::{ChangeRecord, NoRecord, other_oneof_members};
pub(super) use contains::contains;
pub(super) use copy::union;
pub(super) use intersect::intersect;
pub(super) use keys::OwnedKey;
pub(super) use node::{BITS, NodeId, ROOT};
pub(super) use node_builder::NodeBuilder;
pub(super) use selection::{Bits, selected_keys};
pub use selection::{Selected, Selection};
pub(super) use subtract::subtract;
pub(super) use tree::Tree;
pub(super) use writable::{Prune, is_writable, writable};
