//! Equality of messages. Floating-point numbers are compared bit by bit.

use std::ops::ControlFlow::{self, Break, Continue};

use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

/// Returns `true` if two messages have the same values.
pub(in crate::mask) fn same<F: Fields>(left: &F::Message, right: &F::Message) -> bool {
    same_without::<F>(Behavior::NONE)(left, right)
}

/// Returns `true` if two messages have the same values in all fields that are not `OUTPUT_ONLY`.
pub(in crate::mask) fn same_without_output_only<F: Fields>(left: &F::Message, right: &F::Message) -> bool {
    same_without::<F>(Behavior::OUTPUT_ONLY)(left, right)
}

/// Returns a comparison of two messages that skips the fields with these behaviors, at any depth.
fn same_without<F: Fields>(skipped: Behavior) -> impl Fn(&F::Message, &F::Message) -> bool {
    move |left, right| F::visit(&mut Equality { left, right, skipped }).is_continue()
}

/// Returns `true` if two lists have the same values in the same order.
pub(in crate::mask) fn same_lists<T>(left: &[T], right: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
}

/// Returns `true` if two maps have the same entries.
pub(in crate::mask) fn same_maps<K: Key, V>(
    left: &impl Map<K, V>,
    right: &impl Map<K, V>,
    same: impl Fn(&V, &V) -> bool,
) -> bool {
    left.len() == right.len() && left.entries().all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
}

/// Returns `true` if both values are absent, or if they are the same.
pub(in crate::mask) fn same_options<T>(left: Option<&T>, right: Option<&T>, same: impl Fn(&T, &T) -> bool) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => same(left, right),
        (None, None) => true,
        _ => false,
    }
}

/// Visitor that stops at the first difference.
struct Equality<'a, M> {
    left: &'a M,
    right: &'a M,
    skipped: Behavior,
}

impl<'a, M> Equality<'a, M> {
    /// Compares a field by an accessor and a comparison of its values.
    #[inline]
    fn field<T>(&self, field: FieldInfo, get: impl Fn(&'a M) -> T, same: impl FnOnce(T, T) -> bool) -> ControlFlow<()> {
        if field.behavior.has(self.skipped) || same(get(self.left), get(self.right)) { Continue(()) } else { Break(()) }
    }
}

impl<M> Visitor<M> for Equality<'_, M> {
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
        let same = same_without::<F>(self.skipped);
        self.field(field, |message| lens.get(message), |left, right| same_options(left, right, same))
    }

    fn required_message<F: Fields>(&mut self, field: FieldInfo, lens: impl Lens<M, F::Message>) -> ControlFlow<()> {
        self.field(field, |message| lens.get(message), same_without::<F>(self.skipped))
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<()> {
        self.field(field, |message| lens.get(message), |left, right| same_lists(left, right, L::same))
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<()> {
        let same = same_without::<F>(self.skipped);
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
        let same = same_without::<F>(self.skipped);
        self.field(field, |message| lens.get(message), |left: &C, right: &C| same_maps(left, right, same))
    }
}
