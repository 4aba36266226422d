//! Whether two messages are the same to the bit, and in which fields they differ.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Break, Continue};

use super::changes::Record;
use super::options::Behaviors;
use super::part::Part;
use super::tree::Tree;
use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

/// Whether two messages hold the same values.
pub(super) fn same<F: Fields>(left: &F::Message, right: &F::Message) -> bool {
    same_but::<F>(Behavior::NONE)(left, right)
}

/// Whether two messages hold the same values in all fields but those that only the server sets.
pub(super) fn same_but_output_only<F: Fields>(left: &F::Message, right: &F::Message) -> bool {
    same_but::<F>(Behavior::OUTPUT_ONLY)(left, right)
}

/// Comparison of two messages that skips the fields with these behaviors, at any depth.
fn same_but<F: Fields>(skipped: Behavior) -> impl Fn(&F::Message, &F::Message) -> bool {
    move |left, right| F::visit(&mut Same { left, right, skipped }).is_continue()
}

/// Whether two lists hold the same values in the same order.
pub(super) fn same_lists<T>(left: &[T], right: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
}

/// Whether two maps hold the same entries.
pub(super) fn same_maps<K: Key, V>(
    left: &impl Map<K, V>,
    right: &impl Map<K, V>,
    same: impl Fn(&V, &V) -> bool,
) -> bool {
    left.len() == right.len() && left.entries().all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
}

/// Whether both are absent, or hold the same value.
pub(super) fn same_options<T>(left: Option<&T>, right: Option<&T>, same: impl Fn(&T, &T) -> bool) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => same(left, right),
        (None, None) => true,
        _ => false,
    }
}

/// Breaks off at the first difference.
struct Same<'a, M> {
    left: &'a M,
    right: &'a M,
    skipped: Behavior,
}

impl<'a, M> Same<'a, M> {
    /// Compares one field, given how to find it and how to compare its values.
    #[inline]
    fn field<T>(&self, field: FieldInfo, get: impl Fn(&'a M) -> T, same: impl FnOnce(T, T) -> bool) -> ControlFlow<()> {
        if field.behavior.has(self.skipped) || same(get(self.left), get(self.right)) { Continue(()) } else { Break(()) }
    }
}

impl<M> Visitor<M> for Same<'_, M> {
    type Break = ();

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<()> {
        self.field(field, |message| lens.get(message), |left, right| L::same(left, right))
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<()> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<()> {
        self.field(field, |message| lens.get(message), |left, right| same_options(left, right, L::same))
    }

    fn message<F: Fields>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, F::Message>) -> ControlFlow<()> {
        let same = same_but::<F>(self.skipped);
        self.field(field, |message| lens.get(message), |left, right| same_options(left, right, same))
    }

    fn required_message<F: Fields>(&mut self, field: FieldInfo, lens: impl Lens<M, F::Message>) -> ControlFlow<()> {
        self.field(field, |message| lens.get(message), same_but::<F>(self.skipped))
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<()> {
        self.field(field, |message| lens.get(message), |left, right| same_lists(left, right, L::same))
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<()> {
        let same = same_but::<F>(self.skipped);
        self.field(field, |message| lens.get(message), |left, right| same_lists(left, right, same))
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<()> {
        self.field(field, |message| lens.get(message), |left: &C, right: &C| same_maps(left, right, L::same))
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<()> {
        let same = same_but::<F>(self.skipped);
        self.field(field, |message| lens.get(message), |left: &C, right: &C| same_maps(left, right, same))
    }
}

/// The fields in which two messages differ: a mask under which the one becomes the other.
pub(super) fn diff<F: Fields>(from: &F::Message, to: &F::Message, options: DiffOptions) -> Tree {
    let mut tree = Tree::empty();
    let outermost = visit::<F>(from, to, options, &mut tree);
    tree.set_root(outermost);
    tree
}

fn visit<F: Fields>(from: &F::Message, to: &F::Message, options: DiffOptions, changes: &mut Tree) -> Part {
    let mut diff = Diff { from, to, options, changes, part: Part::default(), schema: F::schema };
    let _ = F::visit(&mut diff);
    diff.part
}

/// What counts as a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiffOptions {
    /// Whether `OUTPUT_ONLY` fields are left out.
    pub behaviors: Behaviors,
    /// What a map is compared by.
    pub maps: MapPaths,
}

/// How the difference between two maps is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MapPaths {
    /// By the map: `reviews`.
    Whole,
    /// By its keys: `reviews.smith`.
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
    part: Part,
    schema: fn() -> &'static crate::fields::Schema,
}

impl<M> Diff<'_, M> {
    fn counts(&self, field: FieldInfo) -> bool {
        self.options.behaviors == Behaviors::Ignore || !field.behavior.has(Behavior::OUTPUT_ONLY)
    }

    fn note(&mut self, field: FieldInfo, same: bool) {
        if !same && self.counts(field) {
            self.changes.changed(&mut self.part, field);
        }
    }

    /// A member of a oneof that is newly set is the whole difference: it takes the other's place.
    fn note_presence(&mut self, field: FieldInfo, is_set: bool) {
        if self.counts(field) {
            self.changes.changed(&mut self.part, field);
            if field.in_oneof && is_set {
                self.changes.switched(&mut self.part, self.schema, field);
            }
        }
    }

    /// Whether a member that is gone was followed by another one of its oneof, which names the difference.
    fn is_replaced(&self, field: FieldInfo) -> bool {
        field.in_oneof && self.changes.has_other_of_oneof(&self.part, self.schema, field)
    }

    fn inside<F: Fields>(&mut self, field: FieldInfo, from: &F::Message, to: &F::Message) {
        if !self.counts(field) {
            return;
        }
        let inside = visit::<F>(from, to, self.options, self.changes);
        self.changes.done(&mut self.part, field, inside);
    }

    fn keys<K: Key, V, C: Map<K, V>>(
        &mut self,
        field: FieldInfo,
        lens: &impl Lens<M, C>,
        same: impl Fn(&V, &V) -> bool,
    ) {
        let (from, to) = (lens.get(self.from), lens.get(self.to));
        if self.options.maps == MapPaths::Whole {
            let is_same = same_maps(from, to, same);
            return self.note(field, is_same);
        }
        if !self.counts(field) {
            return;
        }
        let gone = from.entries().filter(|(key, _)| to.get(key).is_none()).map(|(key, _)| key);
        let changed = to.entries().filter(|(key, to)| !from.get(key).is_some_and(|from| same(from, to)));
        let mut keys: Vec<&K> = gone.chain(changed.map(|(key, _)| key)).collect();
        keys.sort_unstable();
        self.changes.record_keys(&mut self.part, field, keys.into_iter().map(Key::view));
    }
}

impl<M> Visitor<M> for Diff<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.note(field, L::same(lens.get(self.from), lens.get(self.to)));
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        match (lens.get(self.from), lens.get(self.to)) {
            (Some(from), Some(to)) => self.note(field, L::same(from, to)),
            (None, Some(_)) => self.note_presence(field, true),
            (Some(_), None) if !self.is_replaced(field) => self.note_presence(field, false),
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
            (Some(from), Some(to)) => self.inside::<F>(field, from, to),
            (None, Some(_)) => self.note_presence(field, true),
            (Some(_), None) if !self.is_replaced(field) => self.note_presence(field, false),
            _ => {}
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        self.inside::<F>(field, lens.get(self.from), lens.get(self.to));
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        self.note(field, same_lists(lens.get(self.from), lens.get(self.to), L::same));
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        self.note(field, same_lists(lens.get(self.from), lens.get(self.to), same::<F>));
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.keys(field, &lens, L::same);
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.keys(field, &lens, same::<F>);
        Continue(())
    }
}
