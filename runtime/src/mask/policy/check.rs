//! Checks of an update: it must not change a field that is set once, or leave a required field empty.
//!
//! The check reads both messages and changes neither, so a refused update has no effect at all.
//!
//! A `REQUIRED` field is checked where the update writes: the selected fields, the messages on the way to them, and all
//! fields of a message that the update creates. A message that lacked it before, and is not written, is not checked.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::judge::SET_ONCE;
use super::oneof::is_set;
use super::report::Report;
use super::required::is_required;
use super::truthy::{has_entries_after, is_truthy};
use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::compare::{same_but_output_only, same_lists, same_maps, same_options};
use crate::mask::elements::selected_keys;
use crate::mask::options::{Lists, Messages};
use crate::mask::rules::Rules;
use crate::mask::select::{Selected, Selection};
use crate::mask::writable::{Prune, writable};
use crate::violation::{Reason, Subject, Violations};

/// The behaviors that can make an update fail.
pub(super) const CHECKED: Behavior = Behavior::REQUIRED.with(Behavior::IMMUTABLE).with(Behavior::IDENTIFIER);

/// Treatment of a changed `IDENTIFIER` field in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mask) enum Renaming {
    /// A mistake: the mask names the field.
    Refused,
    /// Not a mistake: the mask is implied by what the request holds, and a request holds the name of its resource.
    Ignored,
}

/// Whether any field of a message, at any depth, could make an update fail.
#[inline]
pub(in crate::mask) const fn can_refuse<F: Fields>() -> bool {
    F::REACHES.has(CHECKED)
}

/// Checks the selected fields of `given`, which are to be applied to `stored`; a new resource has none stored.
///
/// For a merge, `given` is the merged message.
pub(in crate::mask) fn check<F: Fields>(
    stored: Option<&F::Message>,
    given: &F::Message,
    selected: &Selected<'_>,
    rules: Rules,
    renaming: Renaming,
) -> Result<(), Violations> {
    let mut report = Report::new();
    let around = Inside { is_immutable: false, renaming, rules };
    inside::<F>(stored, given, selected, around, &mut report);
    report.finish(Subject::from_fields::<F>())
}

/// Context of the fields of a message.
#[derive(Clone, Copy)]
pub(super) struct Inside {
    /// Whether a message around is `IMMUTABLE`.
    pub(super) is_immutable: bool,
    pub(super) renaming: Renaming,
    pub(super) rules: Rules,
}

impl Inside {
    pub(super) fn pruned(self, prune: Prune) -> Self {
        Self { rules: Rules { prune, ..self.rules }, ..self }
    }

    /// Context inside a message that is selected whole: it is replaced, or merged, which appends to its lists.
    pub(super) fn whole(self) -> Self {
        let lists = match self.rules.messages {
            Messages::Replace => Lists::Replace,
            Messages::Merge => Lists::Append,
        };
        Self { rules: Rules { lists, ..self.rules }, ..self }
    }
}

/// Checks the fields of a message.
pub(super) fn inside<F: Fields>(
    stored: Option<&F::Message>,
    given: &F::Message,
    selected: &Selected<'_>,
    around: Inside,
    report: &mut Report,
) {
    if around.is_immutable || can_refuse::<F>() {
        let (schema, is_set) = (F::schema(), is_set::<F>);
        let _ = F::visit(&mut Check { stored, given, selected, around, schema, is_set, report });
    }
}

/// Visits the selected fields of two messages.
pub(super) struct Check<'a, M> {
    /// `None` where what is given is new: nothing in it can have changed, and all of it is written.
    pub(super) stored: Option<&'a M>,
    pub(super) given: &'a M,
    pub(super) selected: &'a Selected<'a>,
    pub(super) around: Inside,
    pub(super) schema: &'static Schema,
    pub(super) is_set: fn(&M, u16) -> bool,
    pub(super) report: &'a mut Report,
}

impl<M> Visitor<M> for Check<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if let Selection::Whole = self.selection(field) {
            let is_same = |stored: &M, given: &M| L::same(lens.get(stored), lens.get(given));
            self.judge(field, is_same, L::is_default(lens.get(self.given)));
        } else {
            self.judge_unwritten(field);
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
            self.judge(field, is_same, given.is_none_or(L::is_default));
        } else {
            let is_stored = self.stored.is_some_and(|stored| lens.get(stored).is_some());
            self.judge_unselected(field, is_stored, given.is_some());
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
            Selection::Nothing => self.judge_unselected(field, stored.is_some(), given.is_some()),
            Selection::Whole => {
                let same = same_but_output_only::<F>;
                let is_same = |stored: &M, given: &M| same_options(lens.get(stored), lens.get(given), same);
                self.judge(field, is_same, !given.is_some_and(is_truthy::<F>));
                match given {
                    None => {}
                    Some(given) if self.is_immutable(field) => self.descend_compared::<F>(field, given),
                    Some(_) => {
                        let around = self.inside(field).whole();
                        self.descend::<F>(field, stored, given, &Selected::everything(), around);
                    }
                }
            }
            Selection::Part(part) => {
                self.judge_part::<F>(field, stored, given, &part);
                self.descend::<F>(field, stored, given, &part, self.inside(field));
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
                self.judge_unwritten(field);
                if !field.behavior.has(Behavior::OUTPUT_ONLY) {
                    let (nothing, around) = (Selected::nothing(), self.inside(field));
                    self.descend::<F>(field, None, Some(given), &nothing, around);
                }
            }
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_but_output_only::<F>(lens.get(stored), lens.get(given));
                self.judge(field, is_same, !is_truthy::<F>(given));
                if self.is_immutable(field) {
                    self.descend_compared::<F>(field, given);
                } else {
                    let around = self.inside(field).whole();
                    self.descend::<F>(field, stored, Some(given), &Selected::everything(), around);
                }
            }
            Selection::Part(part) => {
                self.judge_part::<F>(field, stored, Some(given), &part);
                self.descend::<F>(field, stored, Some(given), &part, self.inside(field));
            }
        }
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if let Selection::Whole = self.selection(field) {
            let is_same = |stored: &M, given: &M| same_lists(lens.get(stored), lens.get(given), L::same);
            self.judge(field, is_same, lens.get(self.given).is_empty());
        } else {
            self.judge_unwritten(field);
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
            Selection::Nothing => self.judge_unwritten(field),
            Selection::Whole => {
                let same = same_but_output_only::<F>;
                let is_same = |stored: &M, given: &M| same_lists(lens.get(stored), lens.get(given), same);
                self.judge(field, is_same, given.is_empty());
                self.check_new_items::<F>(field, stored, given);
            }
            Selection::Part(part) => {
                let (schema, prune) = (self.field_schema(field), self.around.rules.prune);
                let check = |part: &Selected<'_>, prune| self.check_items::<F>(field, stored, given, part, prune);
                if writable::<F, _>(&part, schema, prune, check).is_none() {
                    self.judge_unwritten(field);
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
                self.judge_unwritten(field);
                return Continue(());
            }
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_maps(lens.get(stored), lens.get(given), L::same);
                self.judge(field, is_same, given.is_empty());
                return Continue(());
            }
            Selection::Part(part) => part,
        };
        if is_required(field) {
            let after = has_entries_after::<K, L::Value, C>(stored, given, &part);
            self.judge_entries(field, stored.is_some_and(|stored| !stored.is_empty()), after);
        }
        let Some(stored) = stored.filter(|_| self.is_immutable(field)) else { return Continue(()) };
        self.report.below(self.name(field), |report| {
            for key in selected_keys(Some(stored), Some(given), &part) {
                if !same_options(stored.get(&key), given.get(&key), L::same) {
                    report.at_key(key.view(), |report| report.add(Reason::ImmutableField, SET_ONCE));
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
        let prune = self.around.rules.prune;
        match self.selection(field) {
            Selection::Nothing => self.judge_unwritten(field),
            Selection::Whole => {
                let same = same_but_output_only::<F>;
                let is_same = |stored: &M, given: &M| same_maps(lens.get(stored), lens.get(given), same);
                self.judge(field, is_same, given.is_empty());
                self.check_entries::<F, K, C>(field, stored, given, None, prune);
            }
            Selection::Part(part) => {
                let schema = self.field_schema(field);
                let check = |part: &Selected<'_>, prune| {
                    if is_required(field) {
                        let after = has_entries_after::<K, F::Message, C>(stored, given, part);
                        self.judge_entries(field, stored.is_some_and(|stored| !stored.is_empty()), after);
                    }
                    self.check_entries::<F, K, C>(field, stored, given, Some(part), prune);
                };
                if writable::<F, _>(&part, schema, prune, check).is_none() {
                    self.judge_unwritten(field);
                }
            }
        }
        Continue(())
    }
}
