//! Carrying the selected fields of one message over to another.
//!
//! Everything that can be refused was refused before ([`super::policy`]): here nothing fails, so an update happens whole
//! or not at all. What each selection does to each kind of field is the table in the module's documentation.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::changes::Record;
use super::compare::{same_lists, same_maps};
use super::elements::{entries, items, made, selected_keys};
use super::merge::{is_one_value, merge, merge_value};
use super::options::{Lists, Messages};
use super::part::Part;
use super::rules::{Required, Rules};
use super::select::{Bits, Selected, Selection};
use super::source::{ByRef, Source};
use super::whole;
use super::writable::writable;
use crate::fields::{FieldInfo, FieldSchema, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};

/// Applies a selection to a message of the type `F`. Returns the changes in it, as far as the record listens.
#[inline]
pub(super) fn apply<F: Fields, R: Record>(
    stored: &mut F::Message,
    source: impl Source<F::Message>,
    selected: &Selected<'_>,
    rules: Rules,
    record: &mut R,
) -> Part {
    let changed = Part::default();
    let mut apply =
        Apply { stored, source, selected, bits: selected.bits(), rules, record, changed, schema: F::schema };
    let _ = F::visit(&mut apply);
    apply.changed
}

struct Apply<'a, M, S, R> {
    stored: &'a mut M,
    source: S,
    selected: &'a Selected<'a>,
    bits: Bits,
    rules: Rules,
    record: &'a mut R,
    /// What changed in this message.
    changed: Part,
    schema: fn() -> &'static Schema,
}

impl<'a, M, S: Source<M>, R: Record> Apply<'a, M, S, R> {
    /// Whether a field without parts is written.
    #[inline]
    fn takes(&self, field: FieldInfo) -> bool {
        self.bits.has(self.selected, field.index) && !self.rules.keep(field)
    }

    /// Selection of a field with parts, as far as it is written.
    #[inline(always)]
    fn selection(&self, field: FieldInfo) -> Selection<'a> {
        if self.rules.keep(field) { Selection::Nothing } else { self.bits.field(self.selected, field.index) }
    }

    fn field_schema(&self, field: FieldInfo) -> Option<&'static FieldSchema> {
        (self.schema)().fields().get(usize::from(field.index))
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
                    let inside = merge::<F, R>(stored, given, self.rules, self.record);
                    self.record.done(&mut self.changed, field, inside);
                }
            }
            (Selection::Whole, false, Some(_)) => {
                self.source.assign_optional(self.stored, lens);
                if let Some(stored) = lens.get_mut(self.stored) {
                    whole::strip_new::<F>(stored, self.rules);
                }
                self.record_set(field);
            }
            (Selection::Whole, true, None) if self.rules.messages == Messages::Replace => {
                lens.take(self.stored);
                self.record.changed(&mut self.changed, field);
            }
            (Selection::Part(part), false, Some(given)) => {
                let make = |part: &Selected<'_>, prune| made::<F>(given, part, Rules { prune, ..self.rules });
                if let Some(message) = writable::<F, _>(part, self.field_schema(field), self.rules.prune, make) {
                    lens.put(self.stored, message);
                    self.record_set(field);
                }
            }
            // The selected fields of what is stored are cleared; the others stay.
            (Selection::Part(part), true, None) => {
                let given = F::Message::default();
                if let Some(stored) = lens.get_mut(self.stored) {
                    let inside = apply::<F, R>(stored, ByRef(&given), part, self.rules, self.record);
                    self.record.done(&mut self.changed, field, inside);
                }
            }
            _ => {}
        }
    }

    /// Merges a value that is set on both sides. Scalars are replaced.
    #[cold]
    fn merge_one_value<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) {
        let schema = self.field_schema(field);
        if let (Some(stored), Some(given)) = (lens.get_mut(self.stored), lens.get(self.source.get()))
            && merge_value::<L>(schema, stored, given)
        {
            self.record.changed(&mut self.changed, field);
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
        match self.rules.required {
            Required::Copied if !self.rules.keep(field) => self.source.assign(self.stored, lens),
            _ => return self.implicit::<L>(field, lens),
        }
        Continue(())
    }

    #[inline]
    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        if !self.takes(field) {
            return Continue(());
        }
        match (lens.get(self.stored), lens.get(self.source.get())) {
            (Some(stored), Some(given)) => {
                if differ::<R>(|| L::same(stored, given)) {
                    if self.rules.messages == Messages::Merge {
                        self.merge_one_value::<L>(field, lens);
                    } else {
                        self.source.assign_optional(self.stored, lens);
                        self.record.changed(&mut self.changed, field);
                    }
                }
            }
            (None, Some(_)) => {
                self.source.assign_optional(self.stored, lens);
                self.record_set(field);
            }
            (Some(_), None) if self.rules.messages == Messages::Merge && is_one_value(self.field_schema(field)) => {}
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
        let (part, rules) = match &selection {
            Selection::Nothing => return Continue(()),
            Selection::Whole if self.rules.messages == Messages::Merge => (None, self.rules),
            Selection::Whole => (Some(const { &Selected::everything() }), self.rules.replacing()),
            Selection::Part(part) => (Some(part), self.rules),
        };
        if let Some(part) = part
            && let (Some(stored), Some(given)) = (lens.get_mut(self.stored), self.source.inner_optional(lens))
        {
            let inside = apply::<F, R>(stored, given, part, rules, self.record);
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
        let stored = lens.get_mut(self.stored);
        let inside = match self.bits.field(self.selected, field.index) {
            _ if self.rules.keep(field) => return Continue(()),
            Selection::Nothing if self.rules.required == Required::Kept => return Continue(()),
            Selection::Nothing => {
                let part = const { &Selected::nothing() };
                apply::<F, R>(stored, self.source.inner(lens), part, self.rules, self.record)
            }
            Selection::Whole if self.rules.messages == Messages::Merge => {
                merge::<F, R>(stored, lens.get(self.source.get()), self.rules, self.record)
            }
            Selection::Whole => {
                let part = const { &Selected::everything() };
                apply::<F, R>(stored, self.source.inner(lens), part, self.rules.replacing(), self.record)
            }
            Selection::Part(part) => apply::<F, R>(stored, self.source.inner(lens), &part, self.rules, self.record),
        };
        self.record.done(&mut self.changed, field, inside);
        Continue(())
    }

    #[inline]
    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if !self.takes(field) {
            return Continue(());
        }
        match self.rules.lists {
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
        let rules = self.rules;
        let is_changed = match (self.selection(field), rules.lists) {
            (Selection::Nothing, _) => false,
            (Selection::Whole, Lists::Replace) => {
                whole::replace_messages::<F, M>(self.stored, &mut self.source, lens, rules)
            }
            (Selection::Whole, Lists::Append) => {
                whole::append_messages::<F>(lens.get_mut(self.stored), lens.get(self.source.get()), rules)
            }
            (Selection::Part(part), _) => {
                let (schema, given) = (self.field_schema(field), lens.get(self.source.get()));
                let stored = lens.get_mut(self.stored);
                let apply = |part: &Selected<'_>, prune| items::<F, R>(stored, given, part, Rules { prune, ..rules });
                writable::<F, _>(&part, schema, rules.prune, apply).unwrap_or(false)
            }
        };
        if is_changed {
            self.record.changed(&mut self.changed, field);
        }
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        let is_changed = match (self.selection(field), self.rules.lists) {
            (Selection::Nothing, _) => false,
            (Selection::Whole, Lists::Replace) => {
                let differ = differ::<R>(|| same_maps(lens.get(self.stored), lens.get(self.source.get()), L::same));
                if differ {
                    self.source.assign(self.stored, lens);
                }
                differ
            }
            (Selection::Whole, Lists::Append) => {
                whole::append_entries(lens.get_mut(self.stored), lens.get(self.source.get()), L::same)
            }
            (Selection::Part(part), _) => {
                let (given, stored) = (lens.get(self.source.get()), lens.get_mut(self.stored));
                selected_keys(Some(&*stored), Some(given), &part).fold(false, |is_changed, key| {
                    is_changed
                        | match given.get(&key) {
                            Some(value) => whole::set_entry(stored, &key, value, L::same),
                            None => stored.remove(&key).is_some(),
                        }
                })
            }
        };
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
        let rules = self.rules;
        let is_changed = match (self.selection(field), rules.lists) {
            (Selection::Nothing, _) => false,
            (Selection::Whole, Lists::Replace) => {
                whole::replace_message_map::<F, K, C, M>(self.stored, &mut self.source, lens, rules)
            }
            (Selection::Whole, Lists::Append) => {
                let (stored, given) = (lens.get_mut(self.stored), lens.get(self.source.get()));
                whole::append_message_entries::<F, K, C>(stored, given, rules)
            }
            (Selection::Part(part), _) => {
                let (schema, given) = (self.field_schema(field), lens.get(self.source.get()));
                let stored = lens.get_mut(self.stored);
                let apply =
                    |part: &Selected<'_>, prune| entries::<F, R, K, C>(stored, given, part, Rules { prune, ..rules });
                writable::<F, _>(&part, schema, rules.prune, apply).unwrap_or(false)
            }
        };
        if is_changed {
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
