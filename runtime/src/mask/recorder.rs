//! A mask made while something else reads a message: from the keys of a JSON body, for one.

use super::tree::{NodeId, ROOT, Tree};
use super::typed::Mask;
use crate::fields::Fields;

/// How many messages can be open; no decoder of prost goes deeper. Further in, the message as a whole is recorded.
const MAX_DEPTH: usize = 100;

/// Told of fields in the order in which they are met, nested as they are.
#[derive(Debug)]
pub struct Recorder<F> {
    tree: Tree,
    /// The messages that are open: the node around each, its field there, and the node of its own parts. `None` inside
    /// what is recorded as a whole.
    open: Vec<(Option<NodeId>, u16, Option<NodeId>)>,
    message: std::marker::PhantomData<fn() -> F>,
}

impl<F: Fields> Recorder<F> {
    /// Nothing is recorded yet.
    #[must_use]
    pub fn new() -> Self {
        Self { tree: Tree::empty(), open: Vec::new(), message: std::marker::PhantomData }
    }

    fn node(&self) -> Option<NodeId> {
        self.open.last().map_or(Some(ROOT), |&(_, _, node)| node)
    }

    /// A field that is taken whole: a scalar, a list, a map, or an explicit `null`.
    pub fn whole(&mut self, index: u16) {
        if let Some(node) = self.node() {
            self.tree.add_field(node, index);
        }
    }

    /// The fields that follow are those of the message in this field.
    pub fn enter(&mut self, index: u16) {
        if self.open.len() >= MAX_DEPTH {
            self.whole(index);
        }
        let around = self.node();
        let inside = around.and_then(|node| self.tree.enter_field(node, index));
        self.open.push((around, index, inside));
    }

    /// The message is over. One without any field counts as a whole: it was named.
    pub fn leave(&mut self) {
        if let Some((Some(around), index, Some(inside))) = self.open.pop()
            && self.tree.is_blank(inside)
        {
            self.tree.add_field(around, index);
        }
    }

    /// The mask of all that was recorded.
    #[must_use]
    pub fn finish(self) -> Mask<F> {
        Mask::from_tree(self.tree)
    }
}

impl<F: Fields> Default for Recorder<F> {
    fn default() -> Self {
        Self::new()
    }
}
