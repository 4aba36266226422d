//! Checks of single fields: a changed field that is set once, or an empty field that is required.

use super::check::{Check, check_message};
use super::context::{CHECKED, CheckContext, IdentifierPolicy, LEFT_EMPTY, RENAMED, SET_ONCE, is_required};
use super::emptiness::is_set_after;
use super::oneof::is_replaced;
use crate::fields::{Behavior, FieldInfo, FieldSchema, Fields};
use crate::mask::set::{Selected, Selection, writable};
use crate::violation::Reason;

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
        self.context.is_immutable || field.behavior.has(Behavior::IMMUTABLE)
    }

    /// Returns `true` if only the presence of the field is checked.
    pub(super) fn is_update_resource(&self, field: FieldInfo) -> bool {
        self.update_resources.contains(&field.index)
    }

    /// Returns the context of the message in a field.
    pub(super) fn context_in(&self, field: FieldInfo) -> CheckContext {
        CheckContext { is_immutable: self.is_immutable(field), ..self.context }
    }

    pub(super) fn add(&mut self, field: FieldInfo, reason: Reason, description: &str) {
        self.report.in_field(self.name(field), |report| report.add(reason, description));
    }

    /// Checks a field that is selected whole. `is_set` returns `None` for an absent value, and `Some(false)` for an empty
    /// one. It is only called for `REQUIRED` fields, because it can visit a whole message.
    pub(super) fn check_whole(
        &mut self,
        field: FieldInfo,
        is_same: impl Fn(&M, &M) -> bool,
        is_set: impl FnOnce() -> Option<bool>,
    ) {
        let is_changed = || self.stored.is_some_and(|stored| !is_same(stored, self.given));
        if field.behavior.has(Behavior::IDENTIFIER) {
            // A whole message or `*` does not name the field.
            if self.context.identifier == IdentifierPolicy::RejectChange
                && !self.selected.is_everything()
                && is_changed()
            {
                self.add(field, Reason::ImmutableField, RENAMED);
            }
            return;
        }
        if self.is_immutable(field) && is_changed() {
            self.add(field, Reason::ImmutableField, SET_ONCE);
        }
        if is_required(field) && is_set().is_none_or(|is_set| !is_set && !self.is_update_resource(field)) {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }

    /// Checks a field with presence that is not selected. A oneof member is cleared if another member is set.
    pub(super) fn check_unselected(&mut self, field: FieldInfo, is_stored: bool, is_given: bool) {
        self.check_unwritten(field);
        if !field.in_oneof || !is_stored || is_given {
            return;
        }
        let is_immutable = self.is_immutable(field);
        if (is_immutable || is_required(field)) && self.is_replaced(field) {
            if is_immutable {
                self.add(field, Reason::ImmutableField, SET_ONCE);
            }
            if is_required(field) {
                self.add(field, Reason::RequiredField, LEFT_EMPTY);
            }
        }
    }

    pub(super) fn is_replaced(&self, field: FieldInfo) -> bool {
        is_replaced(field, self.schema, self.is_present, self.given, self.selected, self.context.rules.prune)
    }

    /// Checks a message that is selected in part.
    pub(super) fn check_part<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&F::Message>,
        given: Option<&F::Message>,
        part: &Selected<'_>,
    ) {
        if !is_required(field) {
            return;
        }
        let is_set = |part: &Selected<'_>, _| match (stored, given) {
            // No field is written, unless the containing message is new.
            (None, None) => self.stored.is_some(),
            (_, Some(given)) => is_set_after::<F>(stored, given, part),
            (_, None) => is_set_after::<F>(stored, &F::Message::default(), part),
        };
        let prune = self.context.rules.prune;
        let is_set = writable::<F, _>(part, self.field_schema(field), prune, is_set);
        if !is_set.unwrap_or(self.stored.is_some()) {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }

    /// Checks the fields of a message that is selected in part or whole.
    pub(super) fn descend<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&F::Message>,
        given: Option<&F::Message>,
        part: &Selected<'_>,
        context: CheckContext,
    ) {
        if (!context.is_immutable && !F::REACHES.has(CHECKED)) || self.is_update_resource(field) {
            return;
        }
        let (schema, is_new) = (self.field_schema(field), self.stored.is_none());
        self.report.in_field(self.name(field), |report| match (stored, given) {
            (Some(_), Some(given)) => check_message::<F>(stored, given, part, context, report),
            // The selected fields are cleared.
            (Some(_), None) => check_message::<F>(stored, &F::Message::default(), part, context, report),
            (None, Some(given)) => {
                writable::<F, _>(part, schema, context.rules.prune, |part, prune| {
                    if context.is_immutable && !is_new {
                        report.add(Reason::ImmutableField, SET_ONCE);
                    } else {
                        check_message::<F>(None, given, part, context.with_prune(prune), report);
                    }
                });
            }
            (None, None) => {}
        });
    }

    /// Checks the fields of an `IMMUTABLE` message that is selected whole, and was compared as a whole.
    pub(super) fn descend_compared<F: Fields>(&mut self, field: FieldInfo, given: &F::Message) {
        if F::REACHES.has(Behavior::REQUIRED) && !self.is_update_resource(field) {
            let (everything, context) =
                (Selected::everything(), CheckContext { is_immutable: false, ..self.context.in_whole_message() });
            self.report
                .in_field(self.name(field), |report| check_message::<F>(None, given, &everything, context, report));
        }
    }

    /// Checks a field that is not written: in a new message it stays empty.
    pub(super) fn check_unwritten(&mut self, field: FieldInfo) {
        if is_required(field) && self.stored.is_none() {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }

    /// Checks a list or a map that is selected in part, by whether it has entries before and after the update.
    pub(super) fn check_emptied(&mut self, field: FieldInfo, before: bool, after: bool) {
        if is_required(field) && !after && (before || self.stored.is_none()) {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }
}
