//! Protobuf's own merge: what one message has set goes over to another, lists are joined, messages are merged.
//!
//! Messages that are one value here (timestamps, durations, wrappers, `Any`) are messages there: they are merged by their
//! fields. [`super::options::Lists`] has no effect: it is about lists that a mask names, as in the libraries of C++ and
//! Java.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::changes::Record;
use super::part::Part;
use super::rules::Rules;
use super::whole;
use crate::fields::{FieldInfo, FieldSchema, Fields, Key, Kind, Leaf, Lens, Map, OptionalLens, Schema, Visitor};

/// Merges a message into another, and gives what changed in it as far as the record listens.
pub(super) fn merge<F: Fields, R: Record>(
    stored: &mut F::Message,
    given: &F::Message,
    rules: Rules,
    record: &mut R,
) -> Part {
    let mut merge = Merge { stored, given, rules, record, changed: Part::default(), schema: F::schema };
    let _ = F::visit(&mut merge);
    merge.changed
}

struct Merge<'a, M, R> {
    stored: &'a mut M,
    given: &'a M,
    rules: Rules,
    record: &'a mut R,
    /// What changed in this message.
    changed: Part,
    schema: fn() -> &'static Schema,
}

impl<M, R: Record> Merge<'_, M, R> {
    fn note(&mut self, field: FieldInfo, is_changed: bool) -> ControlFlow<Infallible> {
        if is_changed {
            self.record.changed(&mut self.changed, field);
        }
        Continue(())
    }

    /// Notes that a field with presence was set where it was not.
    fn note_set(&mut self, field: FieldInfo) -> ControlFlow<Infallible> {
        self.record.changed(&mut self.changed, field);
        if field.in_oneof {
            self.record.switched(&mut self.changed, self.schema, field);
        }
        Continue(())
    }

    fn is_kept(&self, field: FieldInfo) -> bool {
        self.rules.keep(field)
    }

    fn field_schema(&self, field: FieldInfo) -> Option<&'static FieldSchema> {
        (self.schema)().fields().get(usize::from(field.index))
    }
}

/// Whether a field holds a message that is one value here.
pub(super) fn is_one_value(field: Option<&FieldSchema>) -> bool {
    let kind = field.map(|field| field.kind);
    matches!(kind, Some(Kind::Timestamp | Kind::Duration | Kind::Wrapper(_) | Kind::Opaque(_)))
}

/// Merges a value that has no fields of its own into another. Returns whether that one changed.
pub(super) fn merge_value<L: Leaf>(field: Option<&FieldSchema>, stored: &mut L::Value, given: &L::Value) -> bool {
    let is_wrapper = matches!(field.map(|field| field.kind), Some(Kind::Wrapper(_)));
    // The value of a wrapper has no presence, so a default is not sent.
    if (is_wrapper && L::is_default(given)) || L::same(stored, given) {
        return false;
    }
    if !is_one_value(field) {
        stored.clone_from(given);
        return true;
    }
    let before = stored.clone();
    L::merge(stored, given);
    !L::same(&before, stored)
}

impl<M, R: Record> Visitor<M> for Merge<'_, M, R> {
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
        self.note(field, is_changed)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        let (Some(given), false) = (lens.get(self.given), self.is_kept(field)) else { return Continue(()) };
        let schema = self.field_schema(field);
        match lens.get_mut(self.stored) {
            Some(stored) => {
                let is_changed = merge_value::<L>(schema, stored, given);
                self.note(field, is_changed)
            }
            None => {
                lens.put(self.stored, given.clone());
                self.note_set(field)
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
                let inside = merge::<F, R>(stored, given, self.rules, self.record);
                self.record.done(&mut self.changed, field, inside);
                Continue(())
            }
            None => {
                let mut new = given.clone();
                whole::strip_new::<F>(&mut new, self.rules);
                lens.put(self.stored, new);
                self.note_set(field)
            }
        }
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        if !self.is_kept(field) {
            let inside = merge::<F, R>(lens.get_mut(self.stored), lens.get(self.given), self.rules, self.record);
            self.record.done(&mut self.changed, field, inside);
        }
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        let given = lens.get(self.given);
        if given.is_empty() || self.is_kept(field) {
            return Continue(());
        }
        lens.get_mut(self.stored).extend_from_slice(given);
        self.note(field, true)
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
        let is_changed = whole::append_messages::<F>(stored, given, self.rules);
        self.note(field, is_changed)
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
        let is_changed = whole::append_entries(stored, given, L::same);
        self.note(field, is_changed)
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
        let is_changed = whole::append_message_entries::<F, K, C>(stored, given, self.rules);
        self.note(field, is_changed)
    }
}
