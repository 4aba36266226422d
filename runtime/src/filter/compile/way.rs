//! Questions about what is further inside a message.

use std::ops::ControlFlow::{self, Break, Continue};

use super::super::expression::{Check, Step};
use super::leaf::{self, Always, Get, Itself, Sometimes};
use super::{Next, Question, and};
use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

/// The question about what the steps lead to, and then the next one.
pub(super) fn question_and<F: Fields>(
    steps: &[Step],
    check: &Check,
    truth: bool,
    next: Next<F::Message>,
) -> Question<F::Message> {
    let Some((Step::Field(index), rest)) = steps.split_first() else { return never() };
    let mut way = Way { index: *index, rest, check, truth, next };
    let made = F::visit(&mut way).break_value();
    // What has not taken the next question is asked before it.
    made.map_or_else(never, |question| and(question, way.next))
}

/// Returns the predicate for the value that the steps lead to.
///
/// Without steps, a dynamic check evaluates the message itself: a `Struct`, a `Value` or a `ListValue`.
fn inside<F: Fields>(steps: &[Step], check: &Check, truth: bool) -> Question<F::Message> {
    match check {
        Check::Dynamic(dynamic) if steps.is_empty() => {
            let dynamic = dynamic.clone();
            Box::new(move |message| dynamic.answer(message) == Some(truth))
        }
        _ => question_and::<F>(steps, check, truth, None),
    }
}

/// What the check never lets through.
fn never<M>() -> Question<M> {
    Box::new(|_| false)
}

struct Way<'f, M> {
    index: u16,
    rest: &'f [Step],
    check: &'f Check,
    truth: bool,
    next: Next<M>,
}

impl<M: 'static> Way<'_, M> {
    fn found(&self, field: FieldInfo, make: impl FnOnce() -> Question<M>) -> ControlFlow<Question<M>> {
        if field.index == self.index { Break(make()) } else { Continue(()) }
    }

    /// The question about a value of the message itself.
    fn value<L: Leaf>(
        &mut self,
        field: FieldInfo,
        get: impl Get<M, L::Value>,
        has_presence: bool,
    ) -> ControlFlow<Question<M>> {
        if field.index != self.index {
            return Continue(());
        }
        Break(leaf::question::<M, L>(get, has_presence, self.check, self.truth, &mut self.next))
    }

    /// The answer when something on the way is not there: unknown, unless presence is what is asked.
    fn when_absent(&self) -> bool {
        self.check.is_presence() && !self.truth
    }
}

impl<M: 'static> Visitor<M> for Way<'_, M> {
    type Break = Question<M>;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.value::<L>(field, Always(lens), false)
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.value::<L>(field, Always(lens), true)
    }

    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, L::Value>,
    ) -> ControlFlow<Self::Break> {
        self.value::<L>(field, Sometimes(lens), true)
    }

    fn message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, G::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            if self.rest.is_empty() && !matches!(self.check, Check::Dynamic(_)) {
                return leaf::is_there(Sometimes(lens), self.truth != matches!(self.check, Check::Null));
            }
            let inner = inside::<G>(self.rest, self.check, self.truth);
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
            if self.rest.is_empty() && !matches!(self.check, Check::Dynamic(_)) {
                return leaf::is_there(Always(lens), self.truth);
            }
            let inner = inside::<G>(self.rest, self.check, self.truth);
            Box::new(move |message| inner(lens.get(message)))
        })
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let truth = self.truth;
            if self.rest.is_empty() {
                return Box::new(move |message| lens.get(message).is_empty() != truth);
            }
            let element = leaf::question::<L::Value, L>(Itself, true, self.check, true, &mut None);
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
            let element = inside::<G>(rest, self.check, true);
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
            let value = leaf::question::<L::Value, L>(Itself, true, self.check, truth, &mut None);
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
            if rest.is_empty() && !matches!(self.check, Check::Dynamic(_)) {
                return Box::new(move |message| lens.get(message).get(&key).is_some() == truth);
            }
            let when_absent = self.when_absent();
            let inner = inside::<G>(rest, self.check, truth);
            Box::new(move |message| lens.get(message).get(&key).map_or(when_absent, &inner))
        })
    }
}
