//! Fields that are set or empty after an update (AIP-203).
//!
//! A message is set if any of its fields is not zero and not empty, at any depth. `OUTPUT_ONLY` fields do not count, because a
//! request cannot set them.

use std::ops::ControlFlow::{self, Break, Continue};

use super::oneof::{is_present, is_replaced};
use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::set::{Prune, Selected, Selection};

/// Returns `true` if any field of a message is set.
pub(super) fn is_set<F: Fields>(message: &F::Message) -> bool {
    is_set_after::<F>(None, message, &Selected::everything())
}

/// Returns `true` if any field of a message is set after the selected fields of `given` are applied to it. A new message has
/// no stored one. The selection must have no `OUTPUT_ONLY` fields.
pub(super) fn is_set_after<F: Fields>(
    stored: Option<&F::Message>,
    given: &F::Message,
    selected: &Selected<'_>,
) -> bool {
    F::visit(&mut SetFields { stored, given, selected, schema: F::schema, is_present: is_present::<F> }).is_break()
}

/// Returns `true` if a map has entries after the selected values of `given` are applied to it.
pub(super) fn has_entries_after<K: Key, V, C: Map<K, V>>(stored: Option<&C>, given: &C, part: &Selected<'_>) -> bool {
    if part.has_entries() {
        return !given.is_empty();
    }
    let has_given = given.entries().any(|(key, _)| !matches!(part.key(key.view()), Selection::Nothing));
    let has_kept = |stored: &C| stored.entries().any(|(key, _)| !matches!(part.key(key.view()), Selection::Whole));
    has_given || stored.is_some_and(has_kept)
}

/// Visitor that stops at the first field that is set.
struct SetFields<'a, M> {
    stored: Option<&'a M>,
    given: &'a M,
    selected: &'a Selected<'a>,
    schema: fn() -> &'static Schema,
    is_present: fn(&M, u16) -> bool,
}

fn break_if(is_set: bool) -> ControlFlow<()> {
    if is_set { Break(()) } else { Continue(()) }
}

impl<'a, M> SetFields<'a, M> {
    fn selection(&self, field: FieldInfo) -> Selection<'a> {
        // An `IDENTIFIER` keeps its stored value.
        let is_kept = field.behavior.has(Behavior::IDENTIFIER) && self.stored.is_some();
        if is_kept { Selection::Nothing } else { self.selected.field(field.index) }
    }

    /// Stops if the value of the field is set, by an accessor and a predicate of values.
    fn value<T: 'a>(
        &self,
        field: FieldInfo,
        get: impl Fn(&'a M) -> Option<&'a T>,
        is_set: impl Fn(&T) -> bool,
    ) -> ControlFlow<()> {
        if field.behavior.has(Behavior::OUTPUT_ONLY) {
            return Continue(());
        }
        break_if(match self.selection(field) {
            Selection::Nothing => self.stored.and_then(get).is_some_and(is_set) && !self.is_replaced(field),
            _ => get(self.given).is_some_and(is_set),
        })
    }

    fn descend<F: Fields>(&self, field: FieldInfo, get: impl Fn(&'a M) -> Option<&'a F::Message>) -> ControlFlow<()> {
        let Selection::Part(part) = self.selection(field) else { return self.value(field, get, is_set::<F>) };
        if field.behavior.has(Behavior::OUTPUT_ONLY) {
            return Continue(());
        }
        break_if(match (self.stored.and_then(&get), get(self.given)) {
            (None, None) => false,
            (stored, Some(given)) => is_set_after::<F>(stored, given, &part),
            (stored, None) => is_set_after::<F>(stored, &F::Message::default(), &part),
        })
    }

    fn entries<K: Key, V: 'a, C: Map<K, V>>(&self, field: FieldInfo, get: impl Fn(&'a M) -> &'a C) -> ControlFlow<()> {
        match self.selection(field) {
            Selection::Part(part) if !field.behavior.has(Behavior::OUTPUT_ONLY) => {
                break_if(has_entries_after::<K, V, C>(self.stored.map(&get), get(self.given), &part))
            }
            _ => self.value(field, |message| Some(get(message)), |map: &C| !map.is_empty()),
        }
    }

    fn is_replaced(&self, field: FieldInfo) -> bool {
        field.in_oneof && is_replaced(field, (self.schema)(), self.is_present, self.given, self.selected, Prune::Done)
    }
}

impl<M> Visitor<M> for SetFields<'_, M> {
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
        self.descend::<F>(field, |message| lens.get(message))
    }

    fn required_message<F: Fields>(&mut self, field: FieldInfo, lens: impl Lens<M, F::Message>) -> ControlFlow<()> {
        self.descend::<F>(field, |message| Some(lens.get(message)))
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
