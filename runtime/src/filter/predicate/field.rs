//! Predicates on fields, list elements and map values.

use std::ops::ControlFlow::{self, Break, Continue};

use super::chain::{Predicate, Tail, and};
use super::leaf::{self, Element, LeafAccess, OptionalField, PresentField};
use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};
use crate::filter::expression::{Check, TargetStep};

/// Creates the predicate on the value at the end of the steps, followed by a tail.
pub(super) fn predicate_and<F: Fields>(
    steps: &[TargetStep],
    check: &Check,
    truth: bool,
    tail: Tail<F::Message>,
) -> Predicate<F::Message> {
    let Some((TargetStep::Field(index), rest)) = steps.split_first() else { return never() };
    let mut builder = PredicateBuilder { index: *index, rest, check, truth, tail };
    let predicate = F::visit(&mut builder).break_value();
    // The tail is left if the predicate does not call it.
    predicate.map_or_else(never, |predicate| and(predicate, builder.tail))
}

/// Creates the predicate on the value at the end of the steps.
///
/// Without steps, a dynamic check evaluates the message itself: a `Struct`, a `Value` or a `ListValue`.
fn nested_predicate<F: Fields>(steps: &[TargetStep], check: &Check, truth: bool) -> Predicate<F::Message> {
    match check {
        Check::Dynamic(dynamic) if steps.is_empty() => {
            let dynamic = dynamic.clone();
            Box::new(move |message| dynamic.evaluate(message) == Some(truth))
        }
        _ => predicate_and::<F>(steps, check, truth, None),
    }
}

/// Creates the predicate that is never true.
fn never<M>() -> Predicate<M> {
    Box::new(|_| false)
}

/// Visitor that creates the predicate on the field with an index.
struct PredicateBuilder<'f, M> {
    index: u16,
    rest: &'f [TargetStep],
    check: &'f Check,
    truth: bool,
    tail: Tail<M>,
}

impl<M: 'static> PredicateBuilder<'_, M> {
    fn accept(&self, field: FieldInfo, create: impl FnOnce() -> Predicate<M>) -> ControlFlow<Predicate<M>> {
        if field.index == self.index { Break(create()) } else { Continue(()) }
    }

    /// Creates the predicate on a field of the message itself.
    fn leaf<L: Leaf>(
        &mut self,
        field: FieldInfo,
        access: impl LeafAccess<M, L::Value>,
        has_presence: bool,
    ) -> ControlFlow<Predicate<M>> {
        if field.index != self.index {
            return Continue(());
        }
        Break(leaf::predicate::<M, L>(access, has_presence, self.check, self.truth, &mut self.tail))
    }

    /// Returns the result of the predicate if a message or a map value on the path is absent. The result of the check is then
    /// unknown, except for a check of presence.
    fn result_when_absent(&self) -> bool {
        self.check.is_presence() && !self.truth
    }
}

impl<M: 'static> Visitor<M> for PredicateBuilder<'_, M> {
    type Break = Predicate<M>;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.leaf::<L>(field, PresentField(lens), false)
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.leaf::<L>(field, PresentField(lens), true)
    }

    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, L::Value>,
    ) -> ControlFlow<Self::Break> {
        self.leaf::<L>(field, OptionalField(lens), true)
    }

    fn message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, G::Message>,
    ) -> ControlFlow<Self::Break> {
        self.accept(field, || {
            if self.rest.is_empty() && !matches!(self.check, Check::Dynamic(_)) {
                return leaf::presence(OptionalField(lens), self.truth != matches!(self.check, Check::Null));
            }
            let inner = nested_predicate::<G>(self.rest, self.check, self.truth);
            let when_absent = self.result_when_absent();
            Box::new(move |message| lens.get(message).map_or(when_absent, &inner))
        })
    }

    fn required_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, G::Message>,
    ) -> ControlFlow<Self::Break> {
        self.accept(field, || {
            if self.rest.is_empty() && !matches!(self.check, Check::Dynamic(_)) {
                return leaf::presence(PresentField(lens), self.truth);
            }
            let inner = nested_predicate::<G>(self.rest, self.check, self.truth);
            Box::new(move |message| inner(lens.get(message)))
        })
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Self::Break> {
        self.accept(field, || {
            let truth = self.truth;
            if self.rest.is_empty() {
                return Box::new(move |message| lens.get(message).is_empty() != truth);
            }
            let element = leaf::predicate::<L::Value, L>(Element, true, self.check, true, &mut None);
            Box::new(move |message| lens.get(message).iter().any(&element) == truth)
        })
    }

    fn repeated_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<G::Message>>,
    ) -> ControlFlow<Self::Break> {
        self.accept(field, || {
            let truth = self.truth;
            let Some((_, rest)) = self.rest.split_first() else {
                return Box::new(move |message| lens.get(message).is_empty() != truth);
            };
            let element = nested_predicate::<G>(rest, self.check, true);
            Box::new(move |message| lens.get(message).iter().any(&element) == truth)
        })
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.accept(field, || {
            let truth = self.truth;
            let Some((TargetStep::Key(key), _)) = self.rest.split_first() else {
                return Box::new(move |message| lens.get(message).is_empty() != truth);
            };
            let Some(key) = K::of(key.view()) else { return never() };
            let when_absent = self.result_when_absent();
            let value = leaf::predicate::<L::Value, L>(Element, true, self.check, truth, &mut None);
            Box::new(move |message| lens.get(message).get(&key).map_or(when_absent, &value))
        })
    }

    fn map_message<G: Fields, K: Key, C: Map<K, G::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.accept(field, || {
            let truth = self.truth;
            let Some((TargetStep::Key(key), rest)) = self.rest.split_first() else {
                return Box::new(move |message| lens.get(message).is_empty() != truth);
            };
            let Some(key) = K::of(key.view()) else { return never() };
            if rest.is_empty() && !matches!(self.check, Check::Dynamic(_)) {
                return Box::new(move |message| lens.get(message).get(&key).is_some() == truth);
            }
            let when_absent = self.result_when_absent();
            let inner = nested_predicate::<G>(rest, self.check, truth);
            Box::new(move |message| lens.get(message).get(&key).map_or(when_absent, &inner))
        })
    }
}
