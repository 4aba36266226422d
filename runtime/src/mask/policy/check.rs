//! Check of the behaviors of an update, or of a new resource.
//!
//! The check reads the messages and changes none of them, so a rejected update has no effect.
//!
//! A `REQUIRED` field is checked if the update writes it. An update writes the selected fields, the messages on the path to
//! them, and all fields of a message that it creates. A new resource is checked as an update that creates it.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::context::{CHECKED, CheckContext, IdentifierPolicy, SET_ONCE, UpdateResource, is_required};
use super::emptiness::{has_entries_after, is_set};
use super::oneof::is_present;
use super::report::Report;
use super::rules::Rules;
use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::compare::{same_lists, same_maps, same_options, same_without_output_only};
use crate::mask::options::ApplyOptions;
use crate::mask::set::{Selected, Selection, selected_keys, writable};
use crate::violation::{Reason, Violations};

/// Checks the selected fields of `given`, which are to be applied to `stored`. For a merge, `given` is the merged message.
pub(in crate::mask) fn check_update<F: Fields>(
    stored: &F::Message,
    given: &F::Message,
    selected: &Selected<'_>,
    rules: Rules,
    identifier: IdentifierPolicy,
) -> Result<(), Violations> {
    let context = CheckContext { is_immutable: false, identifier, update_resource: UpdateResource::Check, rules };
    let mut report = Report::new();
    check_message::<F>(Some(stored), given, selected, context, &mut report);
    report.finish::<F>()
}

/// Checks that each `REQUIRED` field of a new resource or of a request is set, at any depth below messages that are
/// present. `OUTPUT_ONLY` and `IDENTIFIER` fields are set by the server and are not checked.
pub(in crate::mask) fn check_required<F: Fields>(message: &F::Message) -> Result<(), Violations> {
    let context = CheckContext {
        is_immutable: false,
        identifier: IdentifierPolicy::IgnoreChange,
        update_resource: UpdateResource::RequirePresence,
        rules: const { Rules::new(ApplyOptions::aip()) },
    };
    let mut report = Report::new();
    check_message::<F>(None, message, &Selected::everything(), context, &mut report);
    report.finish::<F>()
}

/// Checks the fields of a message. Without a stored message, the given message is new: only `REQUIRED` fields matter.
pub(super) fn check_message<F: Fields>(
    stored: Option<&F::Message>,
    given: &F::Message,
    selected: &Selected<'_>,
    context: CheckContext,
    report: &mut Report,
) {
    let behaviors = if stored.is_some() { CHECKED } else { Behavior::REQUIRED };
    if (context.is_immutable && stored.is_some()) || F::REACHES.has(behaviors) {
        let update_resources = match context.update_resource {
            UpdateResource::Check => &[],
            UpdateResource::RequirePresence => F::MASKED,
        };
        let (schema, is_present) = (F::schema(), is_present::<F>);
        let _ = F::visit(&mut Check { stored, given, selected, context, schema, update_resources, is_present, report });
    }
}

/// Visitor of a stored and a given message.
pub(super) struct Check<'a, M> {
    /// `None` if the given message is new: no field of it can have changed, and all of them are written.
    pub(super) stored: Option<&'a M>,
    pub(super) given: &'a M,
    pub(super) selected: &'a Selected<'a>,
    pub(super) context: CheckContext,
    pub(super) schema: &'static Schema,
    /// Positions of fields with the resource of an update request, of which only the presence is checked.
    pub(super) update_resources: &'static [u16],
    pub(super) is_present: fn(&M, u16) -> bool,
    pub(super) report: &'a mut Report,
}

impl<M> Visitor<M> for Check<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if let Selection::Whole = self.selection(field) {
            let is_same = |stored: &M, given: &M| L::same(lens.get(stored), lens.get(given));
            let given = lens.get(self.given);
            self.check_whole(field, is_same, || Some(!L::is_default(given)));
        } else {
            self.check_unwritten(field);
        }
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        let given = lens.get(self.given);
        if let Selection::Whole = self.selection(field) {
            let is_same = |stored: &M, given: &M| same_options(lens.get(stored), lens.get(given), L::same);
            self.check_whole(field, is_same, || given.map(|given| !L::is_default(given)));
        } else {
            let is_stored = self.stored.is_some_and(|stored| lens.get(stored).is_some());
            self.check_unselected(field, is_stored, given.is_some());
        }
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let given = lens.get(self.given);
        let stored = self.stored.and_then(|stored| lens.get(stored));
        match self.selection(field) {
            Selection::Nothing => self.check_unselected(field, stored.is_some(), given.is_some()),
            Selection::Whole => {
                let same = same_without_output_only::<F>;
                let is_same = |stored: &M, given: &M| same_options(lens.get(stored), lens.get(given), same);
                self.check_whole(field, is_same, || given.map(is_set::<F>));
                match given {
                    None => {}
                    Some(given) if self.is_immutable(field) => self.descend_compared::<F>(field, given),
                    Some(_) => {
                        let context = self.context_in(field).in_whole_message();
                        self.descend::<F>(field, stored, given, &Selected::everything(), context);
                    }
                }
            }
            Selection::Part(part) => {
                self.check_part::<F>(field, stored, given, &part);
                self.descend::<F>(field, stored, given, &part, self.context_in(field));
            }
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let (given, stored) = (lens.get(self.given), self.stored.map(|stored| lens.get(stored)));
        match self.selection(field) {
            Selection::Nothing if self.stored.is_some() => {}
            Selection::Nothing => {
                self.check_unwritten(field);
                if !field.behavior.has(Behavior::OUTPUT_ONLY) {
                    let (nothing, context) = (Selected::nothing(), self.context_in(field));
                    self.descend::<F>(field, None, Some(given), &nothing, context);
                }
            }
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_without_output_only::<F>(lens.get(stored), lens.get(given));
                self.check_whole(field, is_same, || Some(is_set::<F>(given)));
                if self.is_immutable(field) {
                    self.descend_compared::<F>(field, given);
                } else {
                    let context = self.context_in(field).in_whole_message();
                    self.descend::<F>(field, stored, Some(given), &Selected::everything(), context);
                }
            }
            Selection::Part(part) => {
                self.check_part::<F>(field, stored, Some(given), &part);
                self.descend::<F>(field, stored, Some(given), &part, self.context_in(field));
            }
        }
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if let Selection::Whole = self.selection(field) {
            let is_same = |stored: &M, given: &M| same_lists(lens.get(stored), lens.get(given), L::same);
            let given = lens.get(self.given);
            self.check_whole(field, is_same, || (!given.is_empty()).then_some(true));
        } else {
            self.check_unwritten(field);
        }
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        let given = lens.get(self.given).as_slice();
        let stored = self.stored.map(|stored| lens.get(stored).as_slice());
        match self.selection(field) {
            Selection::Nothing => self.check_unwritten(field),
            Selection::Whole => {
                let same = same_without_output_only::<F>;
                let is_same = |stored: &M, given: &M| same_lists(lens.get(stored), lens.get(given), same);
                self.check_whole(field, is_same, || (!given.is_empty()).then_some(true));
                self.check_new_items::<F>(field, stored, given);
            }
            Selection::Part(part) => {
                let (schema, prune) = (self.field_schema(field), self.context.rules.prune);
                let check = |part: &Selected<'_>, prune| self.check_items::<F>(field, stored, given, part, prune);
                if writable::<F, _>(&part, schema, prune, check).is_none() {
                    self.check_unwritten(field);
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
        let (given, stored) = (lens.get(self.given), self.stored.map(|stored| lens.get(stored)));
        let part = match self.selection(field) {
            Selection::Nothing => {
                self.check_unwritten(field);
                return Continue(());
            }
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_maps(lens.get(stored), lens.get(given), L::same);
                self.check_whole(field, is_same, || (!given.is_empty()).then_some(true));
                return Continue(());
            }
            Selection::Part(part) => part,
        };
        if is_required(field) {
            let after = has_entries_after::<K, L::Value, C>(stored, given, &part);
            self.check_emptied(field, stored.is_some_and(|stored| !stored.is_empty()), after);
        }
        let Some(stored) = stored.filter(|_| self.is_immutable(field)) else { return Continue(()) };
        self.report.in_field(self.name(field), |report| {
            for key in selected_keys(Some(stored), Some(given), &part) {
                if !same_options(stored.get(&key), given.get(&key), L::same) {
                    report.in_key(key.view(), |report| report.add(Reason::ImmutableField, SET_ONCE));
                }
            }
        });
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        let (given, stored) = (lens.get(self.given), self.stored.map(|stored| lens.get(stored)));
        let prune = self.context.rules.prune;
        match self.selection(field) {
            Selection::Nothing => self.check_unwritten(field),
            Selection::Whole => {
                let same = same_without_output_only::<F>;
                let is_same = |stored: &M, given: &M| same_maps(lens.get(stored), lens.get(given), same);
                self.check_whole(field, is_same, || (!given.is_empty()).then_some(true));
                self.check_entries::<F, K, C>(field, stored, given, None, prune);
            }
            Selection::Part(part) => {
                let schema = self.field_schema(field);
                let check = |part: &Selected<'_>, prune| {
                    if is_required(field) {
                        let after = has_entries_after::<K, F::Message, C>(stored, given, part);
                        self.check_emptied(field, stored.is_some_and(|stored| !stored.is_empty()), after);
                    }
                    self.check_entries::<F, K, C>(field, stored, given, Some(part), prune);
                };
                if writable::<F, _>(&part, schema, prune, check).is_none() {
                    self.check_unwritten(field);
                }
            }
        }
        Continue(())
    }
}
