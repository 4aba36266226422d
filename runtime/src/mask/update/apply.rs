//! Visitor that applies the selected fields of one message to another.
//!
//! It cannot fail: [`policy`](crate::mask::policy) rejects invalid updates before. So an update is applied completely or not
//! at all. The effect of each selection on each kind of field is in the documentation of [`mask`](crate::mask).

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::apply_elements::{apply_entries, apply_items, new_from};
use super::merge::{is_single_value, merge, merge_value};
use super::replace;
use super::source::{ByRef, Source};
use crate::fields::{FieldInfo, FieldSchema, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::compare::{same_lists, same_maps};
use crate::mask::options::{Lists, Messages};
use crate::mask::policy::{Proto2Required, Rules};
use crate::mask::set::{Bits, ChangeRecord, NodeBuilder, Selected, Selection, selected_keys, writable};

/// Applies a selection to a message of the type `F`. Returns its changes, if the record stores them.
#[inline]
pub(super) fn apply<F: Fields, R: ChangeRecord>(
    stored: &mut F::Message,
    source: impl Source<F::Message>,
    selected: &Selected<'_>,
    rules: Rules,
    record: &mut R,
) -> NodeBuilder {
    let changes = NodeBuilder::default();
    let mut apply =
        Apply { stored, source, selected, bits: selected.bits(), rules, record, changes, schema: F::schema };
    let _ = F::visit(&mut apply);
    apply.changes
}

struct Apply<'a, M, S, R> {
    stored: &'a mut M,
    source: S,
    selected: &'a Selected<'a>,
    bits: Bits,
    rules: Rules,
    record: &'a mut R,
    /// Changes of this message.
    changes: NodeBuilder,
    schema: fn() -> &'static Schema,
}

impl<'a, M, S: Source<M>, R: ChangeRecord> Apply<'a, M, S, R> {
    /// Returns `true` if a field that can only be selected whole is written.
    #[inline]
    fn is_written(&self, field: FieldInfo) -> bool {
        self.bits.has(self.selected, field.index) && !self.rules.keeps(field)
    }

    /// Returns the selection of a field that can be selected in part, or `Nothing` if the field keeps its value.
    #[inline(always)]
    fn selection(&self, field: FieldInfo) -> Selection<'a> {
        if self.rules.keeps(field) { Selection::Nothing } else { self.bits.field(self.selected, field.index) }
    }

    fn field_schema(&self, field: FieldInfo) -> Option<&'static FieldSchema> {
        (self.schema)().fields().get(usize::from(field.index))
    }

    /// Records that a field with presence was set.
    #[inline]
    fn record_presence(&mut self, field: FieldInfo) {
        self.record.record_field(&mut self.changes, field);
        if field.in_oneof {
            self.record.replace_oneof_members(&mut self.changes, self.schema, field);
        }
    }
}

impl<M, S: Source<M>, R: ChangeRecord> Apply<'_, M, S, R> {
    /// Applies a message that is not set on both sides, or that is merged.
    #[cold]
    fn message_on_one_side<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
        selection: &Selection<'_>,
    ) {
        let (is_stored, given) = (lens.get(self.stored).is_some(), lens.get(self.source.get()));
        match (selection, is_stored, given) {
            (Selection::Whole, true, Some(given)) => {
                if let Some(stored) = lens.get_mut(self.stored) {
                    let child = merge::<F, R>(stored, given, self.rules, self.record);
                    self.record.finish_child(&mut self.changes, field, child);
                }
            }
            (Selection::Whole, false, Some(_)) => {
                self.source.assign_optional(self.stored, lens);
                if let Some(stored) = lens.get_mut(self.stored) {
                    replace::strip_new::<F>(stored, self.rules);
                }
                self.record_presence(field);
            }
            (Selection::Whole, true, None) if self.rules.messages == Messages::Replace => {
                lens.take(self.stored);
                self.record.record_field(&mut self.changes, field);
            }
            (Selection::Part(part), false, Some(given)) => {
                let create = |part: &Selected<'_>, prune| new_from::<F>(given, part, Rules { prune, ..self.rules });
                if let Some(message) = writable::<F, _>(part, self.field_schema(field), self.rules.prune, create) {
                    lens.put(self.stored, message);
                    self.record_presence(field);
                }
            }
            // The selected fields of the stored message are cleared.
            (Selection::Part(part), true, None) => {
                let given = F::Message::default();
                if let Some(stored) = lens.get_mut(self.stored) {
                    let child = apply::<F, R>(stored, ByRef(&given), part, self.rules, self.record);
                    self.record.finish_child(&mut self.changes, field, child);
                }
            }
            _ => {}
        }
    }

    /// Merges a value that is set on both sides. Scalars are replaced.
    #[cold]
    fn merge_single_value<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) {
        let schema = self.field_schema(field);
        if let (Some(stored), Some(given)) = (lens.get_mut(self.stored), lens.get(self.source.get()))
            && merge_value::<L>(schema, stored, given)
        {
            self.record.record_field(&mut self.changes, field);
        }
    }
}

impl<M, S: Source<M>, R: ChangeRecord> Visitor<M> for Apply<'_, M, S, R> {
    type Break = Infallible;

    #[inline]
    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.is_written(field) && must_assign::<R>(|| L::same(lens.get(self.stored), lens.get(self.source.get()))) {
            self.source.assign(self.stored, lens);
            self.record.record_field(&mut self.changes, field);
        }
        Continue(())
    }

    #[inline]
    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        match self.rules.proto2_required {
            Proto2Required::Copy if !self.rules.keeps(field) => self.source.assign(self.stored, lens),
            _ => return self.implicit::<L>(field, lens),
        }
        Continue(())
    }

    #[inline]
    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        if !self.is_written(field) {
            return Continue(());
        }
        match (lens.get(self.stored), lens.get(self.source.get())) {
            (Some(stored), Some(given)) => {
                if must_assign::<R>(|| L::same(stored, given)) {
                    if self.rules.messages == Messages::Merge {
                        self.merge_single_value::<L>(field, lens);
                    } else {
                        self.source.assign_optional(self.stored, lens);
                        self.record.record_field(&mut self.changes, field);
                    }
                }
            }
            (None, Some(_)) => {
                self.source.assign_optional(self.stored, lens);
                self.record_presence(field);
            }
            (Some(_), None) if self.rules.messages == Messages::Merge && is_single_value(self.field_schema(field)) => {}
            (Some(_), None) => {
                lens.take(self.stored);
                self.record.record_field(&mut self.changes, field);
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
            Selection::Whole => (Some(const { &Selected::everything() }), self.rules.for_replacement()),
            Selection::Part(part) => (Some(part), self.rules),
        };
        if let Some(part) = part
            && let (Some(stored), Some(given)) = (lens.get_mut(self.stored), self.source.child_optional(lens))
        {
            let child = apply::<F, R>(stored, given, part, rules, self.record);
            self.record.finish_child(&mut self.changes, field, child);
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
        let child = match self.bits.field(self.selected, field.index) {
            _ if self.rules.keeps(field) => return Continue(()),
            Selection::Nothing if self.rules.proto2_required == Proto2Required::Keep => return Continue(()),
            Selection::Nothing => {
                let part = const { &Selected::nothing() };
                apply::<F, R>(stored, self.source.child(lens), part, self.rules, self.record)
            }
            Selection::Whole if self.rules.messages == Messages::Merge => {
                merge::<F, R>(stored, lens.get(self.source.get()), self.rules, self.record)
            }
            Selection::Whole => {
                let part = const { &Selected::everything() };
                apply::<F, R>(stored, self.source.child(lens), part, self.rules.for_replacement(), self.record)
            }
            Selection::Part(part) => apply::<F, R>(stored, self.source.child(lens), &part, self.rules, self.record),
        };
        self.record.finish_child(&mut self.changes, field, child);
        Continue(())
    }

    #[inline]
    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if !self.is_written(field) {
            return Continue(());
        }
        match self.rules.lists {
            Lists::Replace => {
                if must_assign::<R>(|| same_lists(lens.get(self.stored), lens.get(self.source.get()), L::same)) {
                    self.source.assign(self.stored, lens);
                    self.record.record_field(&mut self.changes, field);
                }
            }
            Lists::Append => {
                let given = lens.get(self.source.get());
                if !given.is_empty() {
                    lens.get_mut(self.stored).extend_from_slice(given);
                    self.record.record_field(&mut self.changes, field);
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
                replace::replace_messages::<F, M>(self.stored, &mut self.source, lens, rules)
            }
            (Selection::Whole, Lists::Append) => {
                replace::append_messages::<F>(lens.get_mut(self.stored), lens.get(self.source.get()), rules)
            }
            (Selection::Part(part), _) => {
                let (schema, given) = (self.field_schema(field), lens.get(self.source.get()));
                let stored = lens.get_mut(self.stored);
                let apply =
                    |part: &Selected<'_>, prune| apply_items::<F, R>(stored, given, part, Rules { prune, ..rules });
                writable::<F, _>(&part, schema, rules.prune, apply).unwrap_or(false)
            }
        };
        if is_changed {
            self.record.record_field(&mut self.changes, field);
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
                let is_assigned =
                    must_assign::<R>(|| same_maps(lens.get(self.stored), lens.get(self.source.get()), L::same));
                if is_assigned {
                    self.source.assign(self.stored, lens);
                }
                is_assigned
            }
            (Selection::Whole, Lists::Append) => {
                replace::append_entries(lens.get_mut(self.stored), lens.get(self.source.get()), L::same)
            }
            (Selection::Part(part), _) => {
                let (given, stored) = (lens.get(self.source.get()), lens.get_mut(self.stored));
                selected_keys(Some(&*stored), Some(given), &part).fold(false, |is_changed, key| {
                    is_changed
                        | match given.get(&key) {
                            Some(value) => replace::set_entry(stored, &key, value, L::same),
                            None => stored.remove(&key).is_some(),
                        }
                })
            }
        };
        if is_changed {
            self.record.record_field(&mut self.changes, field);
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
                replace::replace_message_map::<F, K, C, M>(self.stored, &mut self.source, lens, rules)
            }
            (Selection::Whole, Lists::Append) => {
                let (stored, given) = (lens.get_mut(self.stored), lens.get(self.source.get()));
                replace::append_message_entries::<F, K, C>(stored, given, rules)
            }
            (Selection::Part(part), _) => {
                let (schema, given) = (self.field_schema(field), lens.get(self.source.get()));
                let stored = lens.get_mut(self.stored);
                let apply = |part: &Selected<'_>, prune| {
                    apply_entries::<F, R, K, C>(stored, given, part, Rules { prune, ..rules })
                };
                writable::<F, _>(&part, schema, rules.prune, apply).unwrap_or(false)
            }
        };
        if is_changed {
            self.record.record_field(&mut self.changes, field);
        }
        Continue(())
    }
}

/// Returns `true` if a value must be assigned: if it differs, or if changes are not recorded.
#[inline]
fn must_assign<R: ChangeRecord>(same: impl FnOnce() -> bool) -> bool {
    !R::IS_RECORDED || !same()
}
