//! Checks of an update: it must not change a field that is set once, or leave a required field empty.
//!
//! The check reads both messages and changes neither, so a refused update has no effect at all.
//!
//! A `REQUIRED` field is checked where the update writes: the selected fields, the messages on the way to them, and all
//! fields of a message that the update creates. A message that lacked it before, and is not written, is not checked.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::oneof::{is_displaced, is_set};
use super::report::Report;
use super::truthy::{has_entries_after, is_truthy, is_truthy_after};
use crate::fields::{Behavior, FieldInfo, FieldSchema, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::compare::{same_but_output_only, same_lists, same_maps, same_options};
use crate::mask::elements::selected_keys;
use crate::mask::options::{Lists, Messages};
use crate::mask::rules::Rules;
use crate::mask::select::{Selected, Selection};
use crate::mask::writable::{Prune, writable};
use crate::violation::{Reason, Subject, Violations};

/// The behaviors that can make an update fail.
const CHECKED: Behavior = Behavior::REQUIRED.with(Behavior::IMMUTABLE).with(Behavior::IDENTIFIER);

const SET_ONCE: &str = "is set once and cannot be changed: take it out of the mask, or send it as it is stored";
const LEFT_EMPTY: &str = "is required and cannot be left empty";
const RENAMED: &str = "names the resource and cannot be changed: take it out of the mask";

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
/// Where values are merged or appended, `given` is the result of that.
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
    report.finish(Subject::of::<F>())
}

/// Context of the fields of a message.
#[derive(Clone, Copy)]
struct Inside {
    /// Whether a message around is `IMMUTABLE`.
    is_immutable: bool,
    renaming: Renaming,
    rules: Rules,
}

impl Inside {
    fn pruned(self, prune: Prune) -> Self {
        Self { rules: Rules { prune, ..self.rules }, ..self }
    }

    /// Context inside a message that is selected whole: it is replaced, or merged, which appends to its lists.
    fn whole(self) -> Self {
        let lists = match self.rules.messages {
            Messages::Replace => Lists::Replace,
            Messages::Merge => Lists::Append,
        };
        Self { rules: Rules { lists, ..self.rules }, ..self }
    }
}

fn inside<F: Fields>(
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

struct Check<'a, M> {
    /// `None` where what is given is new: nothing in it can have changed, and all of it is written.
    stored: Option<&'a M>,
    given: &'a M,
    selected: &'a Selected<'a>,
    around: Inside,
    schema: &'static Schema,
    is_set: fn(&M, u16) -> bool,
    report: &'a mut Report,
}

impl<'a, M> Check<'a, M> {
    fn field_schema(&self, field: FieldInfo) -> Option<&'static FieldSchema> {
        self.schema.fields().get(usize::from(field.index))
    }

    fn name(&self, field: FieldInfo) -> &'static str {
        self.field_schema(field).map_or("", |field| field.name)
    }

    fn selection(&self, field: FieldInfo) -> Selection<'a> {
        if field.behavior.has(Behavior::OUTPUT_ONLY) { Selection::Nothing } else { self.selected.field(field.index) }
    }

    fn is_immutable(&self, field: FieldInfo) -> bool {
        self.around.is_immutable || field.behavior.has(Behavior::IMMUTABLE)
    }

    /// Whether the client has to set the field. The server sets what is `OUTPUT_ONLY`, and names the resource.
    fn is_required(field: FieldInfo) -> bool {
        const BY_SERVER: Behavior = Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER);
        field.behavior.has(Behavior::REQUIRED) && !field.behavior.has(BY_SERVER)
    }

    /// Context inside a field.
    fn inside(&self, field: FieldInfo) -> Inside {
        Inside { is_immutable: self.is_immutable(field), ..self.around }
    }

    fn add(&mut self, field: FieldInfo, reason: Reason, description: &str) {
        self.report.below(self.name(field), |report| report.add(reason, description));
    }

    /// Judges a field that is selected whole.
    fn judge(&mut self, field: FieldInfo, is_same: impl Fn(&M, &M) -> bool, is_empty: bool) {
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
        if Self::is_required(field) && is_empty {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }

    /// Judges a field with presence that is not selected: a member of a oneof can lose its place to one that is.
    fn judge_unselected(&mut self, field: FieldInfo, is_stored: bool, is_given: bool) {
        self.judge_unwritten(field);
        if !field.in_oneof || !is_stored || is_given {
            return;
        }
        let is_immutable = self.is_immutable(field);
        if (is_immutable || Self::is_required(field)) && self.is_displaced(field) {
            if is_immutable {
                self.add(field, Reason::ImmutableField, SET_ONCE);
            }
            if Self::is_required(field) {
                self.add(field, Reason::RequiredField, LEFT_EMPTY);
            }
        }
    }

    fn is_displaced(&self, field: FieldInfo) -> bool {
        is_displaced(field, self.schema, self.is_set, self.given, self.selected, self.around.rules.prune)
    }

    /// Judges a message that is selected in part.
    fn judge_part<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&F::Message>,
        given: Option<&F::Message>,
        part: &Selected<'_>,
    ) {
        if !Self::is_required(field) {
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
    fn descend<F: Fields>(
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
    fn descend_compared<F: Fields>(&mut self, field: FieldInfo, given: &F::Message) {
        if F::REACHES.has(Behavior::REQUIRED) {
            let (everything, around) = (Selected::everything(), Inside { is_immutable: false, ..self.around.whole() });
            self.report.below(self.name(field), |report| inside::<F>(None, given, &everything, around, report));
        }
    }

    /// Judges a field that is not written: in a new message it stays empty.
    fn judge_unwritten(&mut self, field: FieldInfo) {
        if Self::is_required(field) && self.stored.is_none() {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }

    /// Judges a list or a map that is selected in part, given whether it has entries before and after.
    fn judge_entries(&mut self, field: FieldInfo, before: bool, after: bool) {
        if Self::is_required(field) && !after && (before || self.stored.is_none()) {
            self.add(field, Reason::RequiredField, LEFT_EMPTY);
        }
    }

    fn check_items<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&[F::Message]>,
        given: &[F::Message],
        part: &Selected<'_>,
        prune: Prune,
    ) {
        let stored = stored.unwrap_or_default();
        self.judge_entries(field, !stored.is_empty(), !given.is_empty());
        // In a new message, nothing has changed.
        let around = Inside { is_immutable: self.is_immutable(field) && self.stored.is_some(), ..self.around };
        if !around.is_immutable && !F::REACHES.has(CHECKED) {
            return;
        }
        let around = around.pruned(prune);
        self.report.below(self.name(field), |report| {
            if around.is_immutable && stored.len() != given.len() {
                report.add(Reason::ImmutableField, SET_ONCE);
            }
            for (position, item) in given.iter().enumerate() {
                let stored = stored.get(position);
                // That there is another element was reported with the list.
                let around = Inside { is_immutable: around.is_immutable && stored.is_some(), ..around };
                report.at(position, |report| inside::<F>(stored, item, part, around, report));
            }
        });
    }

    /// Checks the elements of a list that is selected whole: they are new, but for those that are appended to.
    fn check_new_items<F: Fields>(&mut self, field: FieldInfo, stored: Option<&[F::Message]>, given: &[F::Message]) {
        if !F::REACHES.has(CHECKED) {
            return;
        }
        let kept = match self.around.rules.lists {
            Lists::Replace => 0,
            Lists::Append => stored.map_or(0, <[_]>::len),
        };
        let (everything, around) = (Selected::everything(), self.around.whole());
        self.report.below(self.name(field), |report| {
            for (position, item) in given.iter().enumerate().skip(kept) {
                report.at(position, |report| inside::<F>(None, item, &everything, around, report));
            }
        });
    }

    /// Checks the values of a map; without a part, it is selected whole.
    fn check_entries<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        stored: Option<&C>,
        given: &C,
        part: Option<&Selected<'_>>,
        prune: Prune,
    ) {
        // A map that is selected whole was compared as a whole.
        let is_immutable = part.is_some() && stored.is_some() && self.is_immutable(field);
        if !is_immutable && !F::REACHES.has(CHECKED) {
            return;
        }
        let is_appended = part.is_none() && self.around.rules.lists == Lists::Append;
        let is_every = part.is_none_or(Selected::has_entries);
        let named = part.into_iter().flat_map(|part| selected_keys(stored, None, part));
        let named: Vec<K> = named.collect();
        let gone = stored.filter(|_| is_every).into_iter().flat_map(Map::entries).map(|(key, _)| key);
        let mut keys: Vec<&K> = given.entries().map(|(key, _)| key).chain(&named).chain(gone).collect();
        keys.sort_unstable();
        keys.dedup();
        let around = if part.is_some() { self.around } else { self.around.whole() };
        let around = Inside { is_immutable, ..around }.pruned(prune);
        self.report.below(self.name(field), |report| {
            for key in keys {
                let selection = part.map_or(Selection::Whole, |part| part.key(key.view()));
                let (stored, given) = (stored.and_then(|stored| stored.get(key)), given.get(key));
                if is_appended && stored.is_some() && same_options(stored, given, same_but_output_only::<F>) {
                    continue;
                }
                report.at_key(key.view(), |report| entry::<F>(stored, given, selection, is_every, around, report));
            }
        });
    }
}

/// Checks the value of a key. If the mask selects something of every value (`is_every`), values that are not given go.
fn entry<F: Fields>(
    stored: Option<&F::Message>,
    given: Option<&F::Message>,
    selection: Selection<'_>,
    is_every: bool,
    around: Inside,
    report: &mut Report,
) {
    let is_whole = matches!(selection, Selection::Whole);
    let part = match selection {
        Selection::Nothing => return,
        Selection::Whole => Selected::everything(),
        Selection::Part(part) => part,
    };
    match (stored, given) {
        (Some(stored), Some(given)) => inside::<F>(Some(stored), given, &part, around, report),
        // The selected parts will be cleared.
        (Some(_), None) if !is_whole && !is_every => {
            inside::<F>(stored, &F::Message::default(), &part, around, report);
        }
        (None, None) => {}
        _ if around.is_immutable => report.add(Reason::ImmutableField, SET_ONCE),
        (_, Some(given)) => inside::<F>(None, given, &part, around, report),
        (Some(_), None) => {}
    }
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
        if Self::is_required(field) {
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
                    if Self::is_required(field) {
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
