//! Truthiness of messages (AIP-203): a message is truthy if a field of it is not zero and not empty, at any depth.
//!
//! `OUTPUT_ONLY` fields do not count. What a request says about them is ignored, so a message that holds nothing else is
//! as good as empty.

use std::ops::ControlFlow::{self, Break, Continue};

use super::oneof::{is_displaced, is_set};
use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::select::{Selected, Selection};
use crate::mask::writable::Prune;

/// Whether a message is truthy.
pub(super) fn is_truthy<F: Fields>(message: &F::Message) -> bool {
    is_truthy_after::<F>(None, message, &Selected::everything())
}

/// Whether a message is truthy after the selected fields of `given` were applied to it. A new one has none stored. The
/// selection is pruned.
pub(super) fn is_truthy_after<F: Fields>(
    stored: Option<&F::Message>,
    given: &F::Message,
    selected: &Selected<'_>,
) -> bool {
    F::visit(&mut Truthy { stored, given, selected, schema: F::schema, is_set: is_set::<F> }).is_break()
}

/// Whether a map has entries after the selected values of `given` were applied to it.
pub(super) fn has_entries_after<K: Key, V, C: Map<K, V>>(stored: Option<&C>, given: &C, part: &Selected<'_>) -> bool {
    if part.has_entries() {
        return !given.is_empty();
    }
    let is_set = given.entries().any(|(key, _)| !matches!(part.key(key.view()), Selection::Nothing));
    let stays = |stored: &C| stored.entries().any(|(key, _)| !matches!(part.key(key.view()), Selection::Whole));
    is_set || stored.is_some_and(stays)
}

/// Breaks off at the first field that holds something.
struct Truthy<'a, M> {
    stored: Option<&'a M>,
    given: &'a M,
    selected: &'a Selected<'a>,
    schema: fn() -> &'static Schema,
    is_set: fn(&M, u16) -> bool,
}

fn end_if(truthy: bool) -> ControlFlow<()> {
    if truthy { Break(()) } else { Continue(()) }
}

impl<'a, M> Truthy<'a, M> {
    fn selection(&self, field: FieldInfo) -> Selection<'a> {
        // An `IDENTIFIER` keeps what is stored.
        let is_kept = field.behavior.has(Behavior::IDENTIFIER) && self.stored.is_some();
        if is_kept { Selection::Nothing } else { self.selected.field(field.index) }
    }

    /// Ends if the field holds something, given what that is for a value.
    fn value<T: 'a>(
        &self,
        field: FieldInfo,
        get: impl Fn(&'a M) -> Option<&'a T>,
        is_truthy: impl Fn(&T) -> bool,
    ) -> ControlFlow<()> {
        if field.behavior.has(Behavior::OUTPUT_ONLY) {
            return Continue(());
        }
        end_if(match self.selection(field) {
            Selection::Nothing => self.stored.and_then(get).is_some_and(is_truthy) && !self.is_displaced(field),
            _ => get(self.given).is_some_and(is_truthy),
        })
    }

    fn inside<F: Fields>(&self, field: FieldInfo, get: impl Fn(&'a M) -> Option<&'a F::Message>) -> ControlFlow<()> {
        let Selection::Part(part) = self.selection(field) else { return self.value(field, get, is_truthy::<F>) };
        if field.behavior.has(Behavior::OUTPUT_ONLY) {
            return Continue(());
        }
        end_if(match (self.stored.and_then(&get), get(self.given)) {
            (None, None) => false,
            (stored, Some(given)) => is_truthy_after::<F>(stored, given, &part),
            (stored, None) => is_truthy_after::<F>(stored, &F::Message::default(), &part),
        })
    }

    fn entries<K: Key, V: 'a, C: Map<K, V>>(&self, field: FieldInfo, get: impl Fn(&'a M) -> &'a C) -> ControlFlow<()> {
        match self.selection(field) {
            Selection::Part(part) if !field.behavior.has(Behavior::OUTPUT_ONLY) => {
                end_if(has_entries_after::<K, V, C>(self.stored.map(&get), get(self.given), &part))
            }
            _ => self.value(field, |message| Some(get(message)), |map: &C| !map.is_empty()),
        }
    }

    fn is_displaced(&self, field: FieldInfo) -> bool {
        field.in_oneof && is_displaced(field, (self.schema)(), self.is_set, self.given, self.selected, Prune::Done)
    }
}

impl<M> Visitor<M> for Truthy<'_, M> {
    type Break = ();

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<()> {
        self.value(field, |message| Some(lens.get(message)), |value| !L::is_default(value))
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<()> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<()> {
        self.value(field, |message| lens.get(message), |value| !L::is_default(value))
    }

    fn message<F: Fields>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, F::Message>) -> ControlFlow<()> {
        self.inside::<F>(field, |message| lens.get(message))
    }

    fn required_message<F: Fields>(&mut self, field: FieldInfo, lens: impl Lens<M, F::Message>) -> ControlFlow<()> {
        self.inside::<F>(field, |message| Some(lens.get(message)))
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<()> {
        self.value(field, |message| Some(lens.get(message)), |list| !list.is_empty())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<()> {
        self.value(field, |message| Some(lens.get(message)), |list| !list.is_empty())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<()> {
        self.entries::<K, L::Value, C>(field, |message| lens.get(message))
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<()> {
        self.entries::<K, F::Message, C>(field, |message| lens.get(message))
    }
}
