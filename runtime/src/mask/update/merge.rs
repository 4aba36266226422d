//! Merge of messages as protobuf defines it: set fields replace, lists are appended, messages are merged.
//!
//! Timestamps, durations, wrappers and `Any` are merged by their fields, although no path can name these fields.
//! [`Lists`](crate::mask::Lists) has no effect here: it applies to lists that a mask names, as in C++ and Java.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::replace;
use crate::fields::{FieldInfo, FieldSchema, Fields, Key, Kind, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::policy::Rules;
use crate::mask::set::{ChangeRecord, NodeBuilder};

/// Merges a message into another. Returns its changes, if the record stores them.
pub(super) fn merge<F: Fields, R: ChangeRecord>(
    stored: &mut F::Message,
    given: &F::Message,
    rules: Rules,
    record: &mut R,
) -> NodeBuilder {
    let mut merge = Merge { stored, given, rules, record, changes: NodeBuilder::default(), schema: F::schema };
    let _ = F::visit(&mut merge);
    merge.changes
}

struct Merge<'a, M, R> {
    stored: &'a mut M,
    given: &'a M,
    rules: Rules,
    record: &'a mut R,
    /// Changes of this message.
    changes: NodeBuilder,
    schema: fn() -> &'static Schema,
}

impl<M, R: ChangeRecord> Merge<'_, M, R> {
    fn record_change(&mut self, field: FieldInfo, is_changed: bool) -> ControlFlow<Infallible> {
        if is_changed {
            self.record.record_field(&mut self.changes, field);
        }
        Continue(())
    }

    /// Records that a field with presence was set.
    fn record_presence(&mut self, field: FieldInfo) -> ControlFlow<Infallible> {
        self.record.record_field(&mut self.changes, field);
        if field.in_oneof {
            self.record.replace_oneof_members(&mut self.changes, self.schema, field);
        }
        Continue(())
    }

    fn is_kept(&self, field: FieldInfo) -> bool {
        self.rules.keeps(field)
    }

    fn field_schema(&self, field: FieldInfo) -> Option<&'static FieldSchema> {
        (self.schema)().fields().get(usize::from(field.index))
    }
}

/// Returns `true` for a message whose fields no path can name.
pub(super) fn is_single_value(field: Option<&FieldSchema>) -> bool {
    let kind = field.map(|field| field.kind);
    matches!(kind, Some(Kind::Timestamp | Kind::Duration | Kind::Wrapper(_) | Kind::Opaque(_)))
}

/// Merges a value into another. Returns `true` if the stored value changed.
pub(super) fn merge_value<L: Leaf>(field: Option<&FieldSchema>, stored: &mut L::Value, given: &L::Value) -> bool {
    let is_wrapper = matches!(field.map(|field| field.kind), Some(Kind::Wrapper(_)));
    // The field `value` of a wrapper has no presence, so a default value does not replace another.
    if (is_wrapper && L::is_default(given)) || L::same(stored, given) {
        return false;
    }
    if !is_single_value(field) {
        stored.clone_from(given);
        return true;
    }
    let before = stored.clone();
    L::merge(stored, given);
    !L::same(&before, stored)
}

impl<M, R: ChangeRecord> Visitor<M> for Merge<'_, M, R> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if L::is_default(lens.get(self.given)) { Continue(()) } else { self.required::<L>(field, lens) }
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.is_kept(field) {
            return Continue(());
        }
        let schema = self.field_schema(field);
        let is_changed = merge_value::<L>(schema, lens.get_mut(self.stored), lens.get(self.given));
        self.record_change(field, is_changed)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        let (Some(given), false) = (lens.get(self.given), self.is_kept(field)) else { return Continue(()) };
        let schema = self.field_schema(field);
        match lens.get_mut(self.stored) {
            Some(stored) => {
                let is_changed = merge_value::<L>(schema, stored, given);
                self.record_change(field, is_changed)
            }
            None => {
                lens.put(self.stored, given.clone());
                self.record_presence(field)
            }
        }
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let (Some(given), false) = (lens.get(self.given), self.is_kept(field)) else { return Continue(()) };
        match lens.get_mut(self.stored) {
            Some(stored) => {
                let child = merge::<F, R>(stored, given, self.rules, self.record);
                self.record.finish_child(&mut self.changes, field, child);
                Continue(())
            }
            None => {
                let mut new = given.clone();
                replace::strip_new::<F>(&mut new, self.rules);
                lens.put(self.stored, new);
                self.record_presence(field)
            }
        }
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        if !self.is_kept(field) {
            let child = merge::<F, R>(lens.get_mut(self.stored), lens.get(self.given), self.rules, self.record);
            self.record.finish_child(&mut self.changes, field, child);
        }
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        let given = lens.get(self.given);
        if given.is_empty() || self.is_kept(field) {
            return Continue(());
        }
        lens.get_mut(self.stored).extend_from_slice(given);
        self.record_change(field, true)
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        if self.is_kept(field) {
            return Continue(());
        }
        let (stored, given) = (lens.get_mut(self.stored), lens.get(self.given));
        let is_changed = replace::append_messages::<F>(stored, given, self.rules);
        self.record_change(field, is_changed)
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        if self.is_kept(field) {
            return Continue(());
        }
        let (stored, given) = (lens.get_mut(self.stored), lens.get(self.given));
        let is_changed = replace::append_entries(stored, given, L::same);
        self.record_change(field, is_changed)
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        if self.is_kept(field) {
            return Continue(());
        }
        let (stored, given) = (lens.get_mut(self.stored), lens.get(self.given));
        let is_changed = replace::append_message_entries::<F, K, C>(stored, given, self.rules);
        self.record_change(field, is_changed)
    }
}
