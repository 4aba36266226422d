//! Carrying the selected fields of one message over to another.
//!
//! Everything that can be refused was refused before ([`super::policy`]): here nothing fails, so an update happens whole
//! or not at all. What each selection does to each kind of field is the table in the module's documentation.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::changes::{Record, Unrecorded};
use super::compare::{same, same_lists, same_maps};
use super::merge::merge;
use super::options::{ApplyOptions, Behaviors, Lists, Messages};
use super::part::Part;
use super::policy::strip;
use super::select::{Bits, Selected, Selection};
use super::source::{ByRef, Source};
use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};

/// What a request cannot change, whatever its mask says: it keeps what is stored.
const KEPT: Behavior = Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER);

/// Applies a selection to a message of the type `F`, and gives what changed in it as far as the record listens.
#[inline]
pub(super) fn apply<F: Fields, R: Record>(
    stored: &mut F::Message,
    source: impl Source<F::Message>,
    selected: &Selected<'_>,
    options: ApplyOptions,
    record: &mut R,
) -> Part {
    let changed = Part::default();
    let mut apply =
        Apply { stored, source, selected, bits: selected.bits(), options, record, changed, schema: F::schema };
    let _ = F::visit(&mut apply);
    apply.changed
}

struct Apply<'a, M, S, R> {
    stored: &'a mut M,
    source: S,
    selected: &'a Selected<'a>,
    bits: Bits,
    options: ApplyOptions,
    record: &'a mut R,
    /// What changed in this message.
    changed: Part,
    schema: fn() -> &'static Schema,
}

impl<'a, M, S: Source<M>, R: Record> Apply<'a, M, S, R> {
    #[inline]
    fn is_kept(&self, field: FieldInfo) -> bool {
        field.behavior.has(KEPT) && self.options.behaviors == Behaviors::Honor
    }

    /// What the mask says about a field that has no parts.
    #[inline]
    fn takes(&self, field: FieldInfo) -> bool {
        self.bits.has(self.selected, field.index) && !self.is_kept(field)
    }

    /// What the mask says about a field that has.
    #[inline(always)]
    fn selection(&self, field: FieldInfo) -> Selection<'a> {
        if self.is_kept(field) { Selection::Nothing } else { self.bits.field(self.selected, field.index) }
    }

    /// Records that a field with presence was set where it was not.
    #[inline]
    fn record_set(&mut self, field: FieldInfo) {
        self.record.changed(&mut self.changed, field);
        if field.in_oneof {
            self.record.switched(&mut self.changed, self.schema, field);
        }
    }
}

impl<M, S: Source<M>, R: Record> Apply<'_, M, S, R> {
    /// A message that is not set on both sides, or that is merged.
    #[cold]
    fn message_on_one_side<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
        selection: &Selection<'_>,
    ) {
        let (is_stored, given) = (lens.get(self.stored).is_some(), lens.get(self.source.get()));
        match (selection, is_stored, given) {
            // Merged.
            (Selection::Whole, true, Some(given)) => {
                if let Some(stored) = lens.get_mut(self.stored) {
                    merge::<F>(stored, given, self.options);
                }
                self.record_set(field);
            }
            (Selection::Whole, false, Some(_)) => {
                self.source.assign_optional(self.stored, lens);
                if let Some(stored) = lens.get_mut(self.stored) {
                    strip_new::<F>(stored, self.options);
                }
                self.record_set(field);
            }
            (Selection::Whole, true, None) if self.options.messages == Messages::Replace => {
                lens.take(self.stored);
                self.record.changed(&mut self.changed, field);
            }
            (Selection::Part(part), false, Some(given)) => {
                let mut stored = F::Message::default();
                apply::<F, _>(&mut stored, ByRef(given), part, self.options, &mut Unrecorded);
                lens.put(self.stored, stored);
                self.record_set(field);
            }
            // The selected fields of what is stored are cleared; the others stay.
            (Selection::Part(part), true, None) => {
                let given = F::Message::default();
                if let Some(stored) = lens.get_mut(self.stored) {
                    let inside = apply::<F, R>(stored, ByRef(&given), part, self.options, self.record);
                    self.record.done(&mut self.changed, field, inside);
                }
            }
            _ => {}
        }
    }
}

impl<M, S: Source<M>, R: Record> Visitor<M> for Apply<'_, M, S, R> {
    type Break = Infallible;

    #[inline]
    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.takes(field) && differ::<R>(|| L::same(lens.get(self.stored), lens.get(self.source.get()))) {
            self.source.assign(self.stored, lens);
            self.record.changed(&mut self.changed, field);
        }
        Continue(())
    }

    #[inline]
    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    #[inline]
    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        if !self.takes(field) {
            return Continue(());
        }
        match (lens.get(self.stored), lens.get(self.source.get())) {
            (Some(stored), Some(given)) => {
                if differ::<R>(|| L::same(stored, given)) {
                    self.source.assign_optional(self.stored, lens);
                    self.record.changed(&mut self.changed, field);
                }
            }
            (None, Some(_)) => {
                self.source.assign_optional(self.stored, lens);
                self.record_set(field);
            }
            (Some(_), None) => {
                lens.take(self.stored);
                self.record.changed(&mut self.changed, field);
            }
            (None, None) => {}
        }
        Continue(())
    }

    #[inline]
    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let selection = self.selection(field);
        let part = match &selection {
            Selection::Nothing => return Continue(()),
            Selection::Whole if self.options.messages == Messages::Merge => None,
            Selection::Whole => Some(const { &Selected::everything() }),
            Selection::Part(part) => Some(part),
        };
        if let Some(part) = part
            && let (Some(stored), Some(given)) = (lens.get_mut(self.stored), self.source.inner_optional(lens))
        {
            let inside = apply::<F, R>(stored, given, part, self.options, self.record);
            self.record.done(&mut self.changed, field, inside);
        } else {
            self.message_on_one_side::<F>(field, lens, &selection);
        }
        Continue(())
    }

    #[inline]
    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let part = match self.selection(field) {
            Selection::Nothing => return Continue(()),
            Selection::Whole if self.options.messages == Messages::Merge => {
                merge::<F>(lens.get_mut(self.stored), lens.get(self.source.get()), self.options);
                self.record.changed(&mut self.changed, field);
                return Continue(());
            }
            Selection::Whole => Selected::everything(),
            Selection::Part(part) => part,
        };
        let (stored, given) = (lens.get_mut(self.stored), self.source.inner(lens));
        let inside = apply::<F, R>(stored, given, &part, self.options, self.record);
        self.record.done(&mut self.changed, field, inside);
        Continue(())
    }

    #[inline]
    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if !self.takes(field) {
            return Continue(());
        }
        match self.options.lists {
            Lists::Replace => {
                if differ::<R>(|| same_lists(lens.get(self.stored), lens.get(self.source.get()), L::same)) {
                    self.source.assign(self.stored, lens);
                    self.record.changed(&mut self.changed, field);
                }
            }
            Lists::Append => {
                let given = lens.get(self.source.get());
                if !given.is_empty() {
                    lens.get_mut(self.stored).extend_from_slice(given);
                    self.record.changed(&mut self.changed, field);
                }
            }
        }
        Continue(())
    }

    #[inline]
    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        match (self.selection(field), self.options.lists) {
            (Selection::Nothing, _) => {}
            (Selection::Whole, Lists::Replace) => {
                if differ::<R>(|| same_lists(lens.get(self.stored), lens.get(self.source.get()), same::<F>)) {
                    self.source.assign(self.stored, lens);
                    for item in lens.get_mut(self.stored) {
                        strip_new::<F>(item, self.options);
                    }
                    self.record.changed(&mut self.changed, field);
                }
            }
            (Selection::Whole, Lists::Append) => {
                let given = lens.get(self.source.get());
                if !given.is_empty() {
                    lens.get_mut(self.stored).extend_from_slice(given);
                    self.record.changed(&mut self.changed, field);
                }
            }
            (Selection::Part(part), _) => {
                let stored = lens.get_mut(self.stored);
                let given = lens.get(self.source.get());
                let before = stored.clone();
                stored.resize_with(given.len(), F::Message::default);
                for (stored, given) in stored.iter_mut().zip(given) {
                    super::typed::assign::<F>(stored, ByRef(given), &part, self.options);
                }
                if !same_lists(&before, stored, same::<F>) {
                    self.record.changed(&mut self.changed, field);
                }
            }
        }
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        let part = match (self.selection(field), self.options.lists) {
            (Selection::Nothing, _) => return Continue(()),
            (Selection::Whole, Lists::Replace) => {
                if differ::<R>(|| same_maps(lens.get(self.stored), lens.get(self.source.get()), L::same)) {
                    self.source.assign(self.stored, lens);
                    self.record.changed(&mut self.changed, field);
                }
                return Continue(());
            }
            (Selection::Whole, Lists::Append) => {
                let given = lens.get(self.source.get());
                for (key, value) in given.entries() {
                    lens.get_mut(self.stored).insert(key.clone(), value.clone());
                }
                if !given.is_empty() {
                    self.record.changed(&mut self.changed, field);
                }
                return Continue(());
            }
            (Selection::Part(part), _) => part,
        };
        let (given, stored) = (lens.get(self.source.get()), lens.get_mut(self.stored));
        let mut is_changed = false;
        for key in part.keys().filter_map(K::of) {
            match given.get(&key) {
                Some(value) if !stored.get(&key).is_some_and(|stored| L::same(stored, value)) => {
                    stored.insert(key, value.clone());
                    is_changed = true;
                }
                Some(_) => {}
                None => is_changed |= stored.remove(&key).is_some(),
            }
        }
        if is_changed {
            self.record.changed(&mut self.changed, field);
        }
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        let part = match (self.selection(field), self.options.lists) {
            (Selection::Nothing, _) => return Continue(()),
            (Selection::Whole, Lists::Replace) => {
                if differ::<R>(|| same_maps(lens.get(self.stored), lens.get(self.source.get()), same::<F>)) {
                    self.source.assign(self.stored, lens);
                    if F::REACHES.has(Behavior::OUTPUT_ONLY) {
                        lens.get_mut(self.stored).retain(|_, value| {
                            strip_new::<F>(value, self.options);
                            true
                        });
                    }
                    self.record.changed(&mut self.changed, field);
                }
                return Continue(());
            }
            (Selection::Whole, Lists::Append) => {
                let given = lens.get(self.source.get());
                for (key, value) in given.entries() {
                    lens.get_mut(self.stored).insert(key.clone(), value.clone());
                }
                if !given.is_empty() {
                    self.record.changed(&mut self.changed, field);
                }
                return Continue(());
            }
            (Selection::Part(part), _) => part,
        };
        let before = lens.get(self.stored).clone();
        entries::<F, K, C>(lens.get_mut(self.stored), lens.get(self.source.get()), &part, self.options);
        if !same_maps(&before, lens.get(self.stored), same::<F>) {
            self.record.changed(&mut self.changed, field);
        }
        Continue(())
    }
}

/// Whether a value has to be carried over.
#[inline]
fn differ<R: Record>(same: impl FnOnce() -> bool) -> bool {
    !R::LISTENS || !same()
}

/// What is new came from the request, so nothing in it can be from the server.
fn strip_new<F: Fields>(message: &mut F::Message, options: ApplyOptions) {
    if options.behaviors == Behaviors::Honor {
        strip::<F>(message, Behavior::OUTPUT_ONLY);
    }
}

/// Applies a selection to the entries of a map: under `*` the stored map gets the source's keys, and each value the
/// selected parts; under a key, its value does.
fn entries<F: Fields, K: Key, C: Map<K, F::Message>>(
    stored: &mut C,
    given: &C,
    part: &Selected<'_>,
    options: ApplyOptions,
) {
    let mut keys: Vec<K> = part.keys().filter_map(K::of).collect();
    if part.has_entries() {
        stored.retain(|key, _| given.get(key).is_some());
        keys.extend(given.entries().map(|(key, _)| key.clone()));
    }
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        match (part.key(key.view()), given.get(&key)) {
            (Selection::Whole, Some(value)) => {
                let mut value = value.clone();
                strip_new::<F>(&mut value, options);
                stored.insert(key, value);
            }
            (Selection::Whole, None) => {
                stored.remove(&key);
            }
            (Selection::Part(part), Some(value)) => {
                if stored.get(&key).is_none() {
                    stored.insert(key.clone(), F::Message::default());
                }
                if let Some(stored) = stored.get_mut(&key) {
                    super::typed::assign::<F>(stored, ByRef(value), &part, options);
                }
            }
            (Selection::Part(part), None) => {
                if let Some(stored) = stored.get_mut(&key) {
                    super::typed::assign::<F>(stored, ByRef(&F::Message::default()), &part, options);
                }
            }
            (Selection::Nothing, _) => {}
        }
    }
}
