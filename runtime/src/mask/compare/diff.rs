//! Mask of the fields in which two messages differ.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::equality::{same, same_lists, same_maps};
use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::options::Behaviors;
use crate::mask::set::{ChangeRecord as _, NodeBuilder, Tree};

/// Returns the fields in which two messages differ. Applied under this mask, `to` replaces `from`.
pub(in crate::mask) fn diff<F: Fields>(from: &F::Message, to: &F::Message, options: DiffOptions) -> Tree {
    let mut tree = Tree::empty();
    let root = diff_message::<F>(from, to, options, &mut tree);
    tree.set_root(root);
    tree
}

fn diff_message<F: Fields>(
    from: &F::Message,
    to: &F::Message,
    options: DiffOptions,
    changes: &mut Tree,
) -> NodeBuilder {
    let mut diff = Diff { from, to, options, changes, node: NodeBuilder::default(), schema: F::schema };
    let _ = F::visit(&mut diff);
    diff.node
}

/// Options of [`Mask::diff_with`](crate::mask::Mask::diff_with).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiffOptions {
    /// Whether `OUTPUT_ONLY` fields are skipped.
    pub behaviors: Behaviors,
    /// Paths of a map that differs.
    pub maps: MapPaths,
}

/// Paths of the difference between two maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MapPaths {
    /// The map: `reviews`.
    Whole,
    /// The keys of the entries that differ: `reviews.smith`.
    Keys,
}

impl Default for DiffOptions {
    fn default() -> Self {
        Self { behaviors: Behaviors::Ignore, maps: MapPaths::Whole }
    }
}

struct Diff<'a, M> {
    from: &'a M,
    to: &'a M,
    options: DiffOptions,
    changes: &'a mut Tree,
    node: NodeBuilder,
    schema: fn() -> &'static Schema,
}

impl<M> Diff<'_, M> {
    fn is_compared(&self, field: FieldInfo) -> bool {
        self.options.behaviors == Behaviors::Ignore || !field.behavior.has(Behavior::OUTPUT_ONLY)
    }

    fn record(&mut self, field: FieldInfo, same: bool) {
        if !same && self.is_compared(field) {
            self.changes.record_field(&mut self.node, field);
        }
    }

    /// Records that a field was set or cleared. A oneof member that was set replaces the other member in the record.
    fn record_presence(&mut self, field: FieldInfo, is_set: bool) {
        if self.is_compared(field) {
            self.changes.record_field(&mut self.node, field);
            if field.in_oneof && is_set {
                self.changes.replace_oneof_members(&mut self.node, self.schema, field);
            }
        }
    }

    /// Returns `true` if another member of the oneof was set instead of this one. That member is the recorded difference.
    fn is_replaced(&self, field: FieldInfo) -> bool {
        field.in_oneof && self.changes.has_other_oneof_member(&self.node, self.schema, field)
    }

    fn descend<F: Fields>(&mut self, field: FieldInfo, from: &F::Message, to: &F::Message) {
        if !self.is_compared(field) {
            return;
        }
        let child = diff_message::<F>(from, to, self.options, self.changes);
        self.changes.finish_child(&mut self.node, field, child);
    }

    fn diff_map<K: Key, V, C: Map<K, V>>(
        &mut self,
        field: FieldInfo,
        lens: &impl Lens<M, C>,
        same: impl Fn(&V, &V) -> bool,
    ) {
        let (from, to) = (lens.get(self.from), lens.get(self.to));
        if self.options.maps == MapPaths::Whole {
            let is_same = same_maps(from, to, same);
            return self.record(field, is_same);
        }
        if !self.is_compared(field) {
            return;
        }
        let removed = from.entries().filter(|(key, _)| to.get(key).is_none()).map(|(key, _)| key);
        let changed = to.entries().filter(|(key, to)| !from.get(key).is_some_and(|from| same(from, to)));
        let mut keys: Vec<&K> = removed.chain(changed.map(|(key, _)| key)).collect();
        keys.sort_unstable();
        self.changes.record_keys(&mut self.node, field, keys.into_iter().map(Key::view));
    }
}

impl<M> Visitor<M> for Diff<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.record(field, L::same(lens.get(self.from), lens.get(self.to)));
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        match (lens.get(self.from), lens.get(self.to)) {
            (Some(from), Some(to)) => self.record(field, L::same(from, to)),
            (None, Some(_)) => self.record_presence(field, true),
            (Some(_), None) if !self.is_replaced(field) => self.record_presence(field, false),
            _ => {}
        }
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        match (lens.get(self.from), lens.get(self.to)) {
            (Some(from), Some(to)) => self.descend::<F>(field, from, to),
            (None, Some(_)) => self.record_presence(field, true),
            (Some(_), None) if !self.is_replaced(field) => self.record_presence(field, false),
            _ => {}
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        self.descend::<F>(field, lens.get(self.from), lens.get(self.to));
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        self.record(field, same_lists(lens.get(self.from), lens.get(self.to), L::same));
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        self.record(field, same_lists(lens.get(self.from), lens.get(self.to), same::<F>));
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.diff_map(field, &lens, L::same);
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.diff_map(field, &lens, same::<F>);
        Continue(())
    }
}
