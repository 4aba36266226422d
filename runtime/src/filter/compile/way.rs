//! Questions about what is further inside a message.

use std::ops::ControlFlow::{self, Break, Continue};

use super::super::expression::{Check, Step};
use super::Question;
use super::leaf::{self, Always, Itself, Sometimes};
use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

/// The question about what the steps lead to.
pub(super) fn question<F: Fields>(steps: &[Step], check: &Check, truth: bool) -> Question<F::Message> {
    let made = match steps.split_first() {
        Some((Step::Field(index), rest)) => F::visit(&mut Way { index: *index, rest, check, truth }).break_value(),
        _ => None,
    };
    made.unwrap_or_else(never)
}

/// What the check never lets through.
fn never<M>() -> Question<M> {
    Box::new(|_| false)
}

struct Way<'f> {
    index: u16,
    rest: &'f [Step],
    check: &'f Check,
    truth: bool,
}

impl Way<'_> {
    fn found<M>(&self, field: FieldInfo, make: impl FnOnce() -> Question<M>) -> ControlFlow<Question<M>> {
        if field.index == self.index { Break(make()) } else { Continue(()) }
    }

    /// The answer when something on the way is not there: unknown, unless presence is what is asked.
    fn when_absent(&self) -> bool {
        matches!(self.check, Check::Present) && !self.truth
    }
}

impl<M: 'static> Visitor<M> for Way<'_> {
    type Break = Question<M>;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.found(field, || leaf::question::<M, L>(Always(lens), false, self.check, self.truth))
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.found(field, || leaf::question::<M, L>(Always(lens), true, self.check, self.truth))
    }

    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, L::Value>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || leaf::question::<M, L>(Sometimes(lens), true, self.check, self.truth))
    }

    fn message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, G::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            if self.rest.is_empty() {
                return leaf::is_there(Sometimes(lens), self.truth);
            }
            let inner = question::<G>(self.rest, self.check, self.truth);
            let when_absent = self.when_absent();
            Box::new(move |message| lens.get(message).map_or(when_absent, &inner))
        })
    }

    fn required_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, G::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            if self.rest.is_empty() {
                return leaf::is_there(Always(lens), self.truth);
            }
            let inner = question::<G>(self.rest, self.check, self.truth);
            Box::new(move |message| inner(lens.get(message)))
        })
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let truth = self.truth;
            if self.rest.is_empty() {
                return Box::new(move |message| lens.get(message).is_empty() != truth);
            }
            let element = leaf::question::<L::Value, L>(Itself, true, self.check, true);
            Box::new(move |message| lens.get(message).iter().any(&element) == truth)
        })
    }

    fn repeated_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<G::Message>>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let truth = self.truth;
            let Some((_, rest)) = self.rest.split_first() else {
                return Box::new(move |message| lens.get(message).is_empty() != truth);
            };
            let element = question::<G>(rest, self.check, true);
            Box::new(move |message| lens.get(message).iter().any(&element) == truth)
        })
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let truth = self.truth;
            let Some((Step::Key(key), _)) = self.rest.split_first() else {
                return Box::new(move |message| lens.get(message).is_empty() != truth);
            };
            let Some(key) = K::of(key.view()) else { return never() };
            let when_absent = self.when_absent();
            let value = leaf::question::<L::Value, L>(Itself, true, self.check, truth);
            Box::new(move |message| lens.get(message).get(&key).map_or(when_absent, &value))
        })
    }

    fn map_message<G: Fields, K: Key, C: Map<K, G::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let truth = self.truth;
            let Some((Step::Key(key), rest)) = self.rest.split_first() else {
                return Box::new(move |message| lens.get(message).is_empty() != truth);
            };
            let Some(key) = K::of(key.view()) else { return never() };
            if rest.is_empty() {
                return Box::new(move |message| lens.get(message).get(&key).is_some() == truth);
            }
            let when_absent = self.when_absent();
            let inner = question::<G>(rest, self.check, truth);
            Box::new(move |message| lens.get(message).get(&key).map_or(when_absent, &inner))
        })
    }
}
