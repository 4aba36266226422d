//! Judgment of single fields: changed although set once, or left empty although required.

use super::check::{CHECKED, Check, Inside, Renaming, inside};
use super::oneof::is_displaced;
use super::required::{LEFT_EMPTY, is_required};
use super::truthy::is_truthy_after;
use crate::fields::{Behavior, FieldInfo, FieldSchema, Fields};
use crate::mask::select::{Selected, Selection};
use crate::mask::writable::writable;
use crate::violation::Reason;

pub(super) const SET_ONCE: &str =
    "is set once and cannot be changed: take it out of the mask, or send it as it is stored";
const RENAMED: &str = "names the resource and cannot be changed: take it out of the mask";

impl<'a, M> Check<'a, M> {
    pub(super) fn field_schema(&self, field: FieldInfo) -> Option<&'static FieldSchema> {
        self.schema.fields().get(usize::from(field.index))
    }

    pub(super) fn name(&self, field: FieldInfo) -> &'static str {
        self.field_schema(field).map_or("", |field| field.name)
    }

    pub(super) fn selection(&self, field: FieldInfo) -> Selection<'a> {
        if field.behavior.has(Behavior::OUTPUT_ONLY) { Selection::Nothing } else { self.selected.field(field.index) }
    }

    pub(super) fn is_immutable(&self, field: FieldInfo) -> bool {
        self.around.is_immutable || field.behavior.has(Behavior::IMMUTABLE)
    }

    /// Context inside a field.
    pub(super) fn inside(&self, field: FieldInfo) -> Inside {
        Inside { is_immutable: self.is_immutable(field), ..self.around }
    }

    pub(super) fn add(&mut self, field: FieldInfo, reason: Reason, description: &str) {
        self.report.below(self.name(field), |report| report.add(reason, description));
    }

    /// Judges a field that is selected whole.
    pub(super) fn judge(&mut self, field: FieldInfo, is_same: impl Fn(&M, &M) -> bool, is_empty: bool) {
        let is_changed = || self.stored.is_some_and(|stored| !is_same(stored, self.given));
        if field.behavior.has(Behavior::IDENTIFIER) {
            // A whole message or `*` does not name the resource anew.
            if self.around.renaming == Renaming::Refused && !self.selected.is_everything() && is_changed() {
                self.add(field, Reason::ImmutableField, RENAMED);
            }
            return;
        }
        if self.is_immutable(field) && is_changed() {
            self.add(field, Reason::ImmutableField, SET_ONCE);
        }
        if is_required(field) && is_empty {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }

    /// Judges a field with presence that is not selected: a member of a oneof can lose its place to one that is.
    pub(super) fn judge_unselected(&mut self, field: FieldInfo, is_stored: bool, is_given: bool) {
        self.judge_unwritten(field);
        if !field.in_oneof || !is_stored || is_given {
            return;
        }
        let is_immutable = self.is_immutable(field);
        if (is_immutable || is_required(field)) && self.is_displaced(field) {
            if is_immutable {
                self.add(field, Reason::ImmutableField, SET_ONCE);
            }
            if is_required(field) {
                self.add(field, Reason::RequiredField, LEFT_EMPTY);
            }
        }
    }

    pub(super) fn is_displaced(&self, field: FieldInfo) -> bool {
        is_displaced(field, self.schema, self.is_set, self.given, self.selected, self.around.rules.prune)
    }

    /// Judges a message that is selected in part.
    pub(super) fn judge_part<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&F::Message>,
        given: Option<&F::Message>,
        part: &Selected<'_>,
    ) {
        if !is_required(field) {
            return;
        }
        let is_truthy = |part: &Selected<'_>, _| match (stored, given) {
            // Nothing is written, unless the message around is new.
            (None, None) => self.stored.is_some(),
            (_, Some(given)) => is_truthy_after::<F>(stored, given, part),
            (_, None) => is_truthy_after::<F>(stored, &F::Message::default(), part),
        };
        let prune = self.around.rules.prune;
        let is_truthy = writable::<F, _>(part, self.field_schema(field), prune, is_truthy);
        if !is_truthy.unwrap_or(self.stored.is_some()) {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }

    /// Checks the fields of a message that is selected in part, or whole.
    pub(super) fn descend<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&F::Message>,
        given: Option<&F::Message>,
        part: &Selected<'_>,
        around: Inside,
    ) {
        if !around.is_immutable && !F::REACHES.has(CHECKED) {
            return;
        }
        let (schema, is_new) = (self.field_schema(field), self.stored.is_none());
        self.report.below(self.name(field), |report| match (stored, given) {
            (Some(_), Some(given)) => inside::<F>(stored, given, part, around, report),
            // The selected parts will be cleared.
            (Some(_), None) => inside::<F>(stored, &F::Message::default(), part, around, report),
            (None, Some(given)) => {
                writable::<F, _>(part, schema, around.rules.prune, |part, prune| {
                    if around.is_immutable && !is_new {
                        report.add(Reason::ImmutableField, SET_ONCE);
                    } else {
                        inside::<F>(None, given, part, around.pruned(prune), report);
                    }
                });
            }
            (None, None) => {}
        });
    }

    /// Checks the fields of an `IMMUTABLE` message that is selected whole. It was compared as a whole.
    pub(super) fn descend_compared<F: Fields>(&mut self, field: FieldInfo, given: &F::Message) {
        if F::REACHES.has(Behavior::REQUIRED) {
            let (everything, around) = (Selected::everything(), Inside { is_immutable: false, ..self.around.whole() });
            self.report.below(self.name(field), |report| inside::<F>(None, given, &everything, around, report));
        }
    }

    /// Judges a field that is not written: in a new message it stays empty.
    pub(super) fn judge_unwritten(&mut self, field: FieldInfo) {
        if is_required(field) && self.stored.is_none() {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }

    /// Judges a list or a map that is selected in part, given whether it has entries before and after.
    pub(super) fn judge_entries(&mut self, field: FieldInfo, before: bool, after: bool) {
        if is_required(field) && !after && (before || self.stored.is_none()) {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }
}
