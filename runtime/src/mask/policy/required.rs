//! `REQUIRED` fields that hold nothing (AIP-203), in a new resource or in a request.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::report::Report;
use super::truthy::is_truthy;
use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::violation::{Reason, Subject, Violations};

/// Checks that each `REQUIRED` field holds something, at any depth below messages that are set.
///
/// `OUTPUT_ONLY` fields and an `IDENTIFIER` are set by the server, so they are skipped. The content of a resource in an
/// update request is skipped too: the mask of the request selects which of its fields count.
pub(in crate::mask) fn check_required<F: Fields>(message: &F::Message) -> Result<(), Violations> {
    if !F::REACHES.has(Behavior::REQUIRED) {
        return Ok(());
    }
    let mut report = Report::new();
    inside::<F>(message, &mut report);
    report.finish(Subject::from_fields::<F>())
}

fn inside<F: Fields>(message: &F::Message, report: &mut Report) {
    if F::REACHES.has(Behavior::REQUIRED) {
        let _ = F::visit(&mut Required { message, schema: F::schema(), masked: F::MASKED, report });
    }
}

/// Description of a required field that holds nothing.
pub(super) const LEFT_EMPTY: &str = "is required and cannot be left empty";

/// Whether the client has to set the field. The server sets what is `OUTPUT_ONLY`, and names the resource.
pub(super) fn is_required(field: FieldInfo) -> bool {
    const BY_SERVER: Behavior = Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER);
    field.behavior.has(Behavior::REQUIRED) && !field.behavior.has(BY_SERVER)
}

struct Required<'a, M> {
    message: &'a M,
    schema: &'static Schema,
    /// Fields that hold the resource of an update, which may clear all fields of it.
    masked: &'static [u16],
    report: &'a mut Report,
}

impl<M> Required<'_, M> {
    fn name(&self, field: FieldInfo) -> &'static str {
        self.schema.fields().get(usize::from(field.index)).map_or("", |field| field.name)
    }

    /// Reports a field that is required and holds nothing.
    fn judge(&mut self, field: FieldInfo, is_empty: impl FnOnce() -> bool) {
        if is_required(field) && is_empty() {
            self.report.below(self.name(field), |report| report.add(Reason::RequiredField, LEFT_EMPTY));
        }
    }

    /// Whether the fields of the messages in a field are checked.
    fn enters<F: Fields>(&self, field: FieldInfo) -> bool {
        F::REACHES.has(Behavior::REQUIRED) && !field.behavior.has(Behavior::OUTPUT_ONLY) && !self.is_masked(field)
    }

    fn is_masked(&self, field: FieldInfo) -> bool {
        self.masked.contains(&field.index)
    }
}

impl<M> Visitor<M> for Required<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        let is_masked = self.is_masked(field);
        self.judge(field, || L::is_default(value) && !is_masked);
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        let is_masked = self.is_masked(field);
        self.judge(field, || value.is_none_or(|value| L::is_default(value) && !is_masked));
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        let is_masked = self.is_masked(field);
        self.judge(field, || !value.is_some_and(|value| is_masked || is_truthy::<F>(value)));
        if let Some(value) = value.filter(|_| self.enters::<F>(field)) {
            self.report.below(self.name(field), |report| inside::<F>(value, report));
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        let is_masked = self.is_masked(field);
        self.judge(field, || !is_masked && !is_truthy::<F>(value));
        if self.enters::<F>(field) {
            self.report.below(self.name(field), |report| inside::<F>(value, report));
        }
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        let values = lens.get(self.message);
        self.judge(field, || values.is_empty());
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        let values = lens.get(self.message);
        self.judge(field, || values.is_empty());
        if self.enters::<F>(field) {
            self.report.below(self.name(field), |report| {
                for (position, value) in values.iter().enumerate() {
                    report.at(position, |report| inside::<F>(value, report));
                }
            });
        }
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        let values = lens.get(self.message);
        self.judge(field, || values.is_empty());
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        let values = lens.get(self.message);
        self.judge(field, || values.is_empty());
        if self.enters::<F>(field) {
            let mut entries: Vec<(&K, &F::Message)> = values.entries().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            self.report.below(self.name(field), |report| {
                for (key, value) in entries {
                    report.at_key(key.view(), |report| inside::<F>(value, report));
                }
            });
        }
        Continue(())
    }
}
