//! What an update must not do: change what is set once, or leave empty what is required.
//!
//! It looks at both messages and changes neither, so that a refused update has no effect at all.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::report::Report;
use super::truthy::is_truthy;
use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::changes::others_of_oneof;
use crate::mask::compare::{same, same_lists, same_maps, same_options};
use crate::mask::populated::{Hollow, populated};
use crate::mask::select::{Selected, Selection};
use crate::mask::tree::{ROOT, Tree};
use crate::violation::{Reason, Subject, Violations};

/// The behaviors that can make an update fail.
const CHECKED: Behavior = Behavior::REQUIRED.with(Behavior::IMMUTABLE).with(Behavior::IDENTIFIER);

const SET_ONCE: &str = "is set once and cannot be changed: take it out of the mask, or send it as it is stored";

/// What a changed `IDENTIFIER` field in the request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mask) enum Renaming {
    /// A mistake: the mask names the field.
    Refused,
    /// Nothing: the mask is implied by what the request holds, and a request holds the name of its resource.
    Ignored,
}

/// Whether any field of a message, at any depth, could make an update fail.
#[inline]
pub(in crate::mask) const fn can_refuse<F: Fields>() -> bool {
    F::REACHES.has(CHECKED)
}

/// What is wrong with carrying the selected fields of `given` over to `stored`; a new resource has none stored.
pub(in crate::mask) fn check<F: Fields>(
    stored: Option<&F::Message>,
    given: &F::Message,
    selected: Selected<'_>,
    renaming: Renaming,
) -> Result<(), Violations> {
    let mut report = Report::new();
    inside::<F>(stored, given, selected, Inside { is_immutable: false, renaming }, &mut report);
    report.finish(Subject::of::<F>())
}

/// What holds inside of a message, whatever its fields say.
#[derive(Clone, Copy)]
struct Inside {
    /// Whether a message around is `IMMUTABLE`.
    is_immutable: bool,
    renaming: Renaming,
}

fn inside<F: Fields>(
    stored: Option<&F::Message>,
    given: &F::Message,
    selected: Selected<'_>,
    around: Inside,
    report: &mut Report,
) {
    if around.is_immutable || can_refuse::<F>() {
        let (schema, set_fields): (_, fn(&F::Message, Hollow) -> Tree) = (F::schema(), populated::<F>);
        let _ = F::visit(&mut Check { stored, given, selected, around, schema, set_fields, report });
    }
}

struct Check<'a, M> {
    /// `None` where what is given is new: nothing in it can have changed.
    stored: Option<&'a M>,
    given: &'a M,
    selected: Selected<'a>,
    around: Inside,
    schema: &'static Schema,
    /// The fields that a message has set.
    set_fields: fn(&M, Hollow) -> Tree,
    report: &'a mut Report,
}

impl<'a, M> Check<'a, M> {
    fn name(&self, field: FieldInfo) -> &'static str {
        self.schema.fields().get(usize::from(field.index)).map_or("", |field| field.name)
    }

    fn selection(&self, field: FieldInfo) -> Selection<'a> {
        if field.behavior.has(Behavior::OUTPUT_ONLY) { Selection::Nothing } else { self.selected.field(field.index) }
    }

    /// Judges a field that is selected whole.
    fn judge(&mut self, field: FieldInfo, is_same: impl Fn(&M, &M) -> bool, is_empty: bool) {
        let is_changed = || self.stored.is_some_and(|stored| !is_same(stored, self.given));
        let name = self.name(field);
        // A whole message or `*` does not name the resource anew.
        if field.behavior.has(Behavior::IDENTIFIER) {
            if self.around.renaming == Renaming::Refused && !self.selected.is_everything() && is_changed() {
                let text = "names the resource and cannot be changed: take it out of the mask";
                self.report.below(name, |report| report.add(Reason::ImmutableField, text));
            }
            return;
        }
        if self.is_immutable(field) && is_changed() {
            self.report.below(name, |report| report.add(Reason::ImmutableField, SET_ONCE));
        } else if field.behavior.has(Behavior::REQUIRED) && is_empty {
            let text = "is required and cannot be left empty";
            self.report.below(name, |report| report.add(Reason::RequiredField, text));
        }
    }

    /// Judges a member of a oneof that the mask does not select: another one that it does may take its place.
    fn judge_displaced(&mut self, field: FieldInfo, is_stored: bool, is_given: bool) {
        if !field.in_oneof || !is_stored || is_given || !self.is_immutable(field) {
            return;
        }
        let given = (self.set_fields)(self.given, Hollow::Made);
        let displaces =
            |index: u16| given.has_field(ROOT, index) && !matches!(self.selected.field(index), Selection::Nothing);
        if others_of_oneof(self.schema, field).any(displaces) {
            self.report.below(self.name(field), |report| report.add(Reason::ImmutableField, SET_ONCE));
        }
    }

    fn descend<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&F::Message>,
        given: Option<&F::Message>,
        part: Selected<'_>,
    ) {
        let around = self.inside(field);
        if !around.is_immutable && !F::REACHES.has(CHECKED) {
            return;
        }
        let is_stored = self.stored.is_some();
        self.report.below(self.name(field), |report| match (stored, given) {
            (None, Some(_)) if around.is_immutable && is_stored => report.add(Reason::ImmutableField, SET_ONCE),
            (_, Some(given)) => inside::<F>(stored, given, part, around, report),
            // The selected parts will be cleared.
            (Some(_), None) => inside::<F>(stored, &F::Message::default(), part, around, report),
            (None, None) => {}
        });
    }

    fn is_immutable(&self, field: FieldInfo) -> bool {
        self.around.is_immutable || field.behavior.has(Behavior::IMMUTABLE)
    }

    /// What holds inside of a field.
    fn inside(&self, field: FieldInfo) -> Inside {
        Inside { is_immutable: self.is_immutable(field), ..self.around }
    }
}

/// What is wrong with the value of a key; `is_every` when the mask says something about every value, so that those that
/// are not given go.
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
        (Some(stored), Some(given)) => inside::<F>(Some(stored), given, part, around, report),
        // The selected parts will be cleared.
        (Some(_), None) if !is_whole && !is_every => {
            inside::<F>(stored, &F::Message::default(), part, around, report);
        }
        (None, None) => {}
        _ if around.is_immutable => report.add(Reason::ImmutableField, SET_ONCE),
        (_, Some(given)) => inside::<F>(None, given, part, around, report),
        (Some(_), None) => {}
    }
}

impl<M> Visitor<M> for Check<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if let Selection::Whole = self.selection(field) {
            let is_same = |stored: &M, given: &M| L::same(lens.get(stored), lens.get(given));
            self.judge(field, is_same, L::is_default(lens.get(self.given)));
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
            self.judge_displaced(field, is_stored, given.is_some());
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
        let part = match self.selection(field) {
            Selection::Nothing => {
                self.judge_displaced(field, stored.is_some(), given.is_some());
                return Continue(());
            }
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_options(lens.get(stored), lens.get(given), same::<F>);
                self.judge(field, is_same, !given.is_some_and(is_truthy::<F>));
                if given.is_none() || self.is_immutable(field) {
                    return Continue(());
                }
                Selected::everything()
            }
            Selection::Part(part) => part,
        };
        self.descend::<F>(field, stored, given, part);
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let part = match self.selection(field) {
            Selection::Nothing => return Continue(()),
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same::<F>(lens.get(stored), lens.get(given));
                self.judge(field, is_same, !is_truthy::<F>(lens.get(self.given)));
                if self.is_immutable(field) {
                    return Continue(());
                }
                Selected::everything()
            }
            Selection::Part(part) => part,
        };
        let stored = self.stored.map(|stored| lens.get(stored));
        self.descend::<F>(field, stored, Some(lens.get(self.given)), part);
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if let Selection::Whole = self.selection(field) {
            let is_same = |stored: &M, given: &M| same_lists(lens.get(stored), lens.get(given), L::same);
            self.judge(field, is_same, lens.get(self.given).is_empty());
        }
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        let (part, is_whole) = match self.selection(field) {
            Selection::Nothing => return Continue(()),
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_lists(lens.get(stored), lens.get(given), same::<F>);
                self.judge(field, is_same, lens.get(self.given).is_empty());
                (Selected::everything(), true)
            }
            Selection::Part(part) => (part, false),
        };
        let (given, stored) = (lens.get(self.given), self.stored.map(|stored| lens.get(stored)));
        // Elements of a list have no counterpart in another list, but where nothing may change.
        let fixed = stored.filter(|_| !is_whole && self.is_immutable(field));
        if fixed.is_none() && !F::REACHES.has(CHECKED) {
            return Continue(());
        }
        let around = Inside { is_immutable: fixed.is_some(), ..self.around };
        self.report.below(self.name(field), |report| {
            if fixed.is_some_and(|stored| stored.len() != given.len()) {
                report.add(Reason::ImmutableField, SET_ONCE);
            }
            for (position, item) in given.iter().enumerate() {
                let stored = fixed.and_then(|stored| stored.get(position));
                report.at(position, |report| inside::<F>(stored, item, part.clone(), around, report));
            }
        });
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        let part = match self.selection(field) {
            Selection::Nothing => return Continue(()),
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_maps(lens.get(stored), lens.get(given), L::same);
                self.judge(field, is_same, lens.get(self.given).is_empty());
                return Continue(());
            }
            Selection::Part(part) => part,
        };
        let (given, stored) = (lens.get(self.given), self.stored.map(|stored| lens.get(stored)));
        let Some(stored) = stored.filter(|_| self.is_immutable(field)) else { return Continue(()) };
        self.report.below(self.name(field), |report| {
            for key in part.keys().filter_map(K::of) {
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
        let part = match self.selection(field) {
            Selection::Nothing => return Continue(()),
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_maps(lens.get(stored), lens.get(given), same::<F>);
                self.judge(field, is_same, lens.get(self.given).is_empty());
                None
            }
            Selection::Part(part) => Some(part),
        };
        let (given, stored) = (lens.get(self.given), self.stored.map(|stored| lens.get(stored)));
        let is_immutable = part.is_some() && stored.is_some() && self.is_immutable(field);
        if !is_immutable && !F::REACHES.has(CHECKED) {
            return Continue(());
        }
        let is_every = part.as_ref().is_none_or(Selected::has_entries);
        let named: Vec<K> = part.iter().flat_map(Selected::keys).filter_map(K::of).collect();
        let gone = stored.filter(|_| is_every).into_iter().flat_map(Map::entries).map(|(key, _)| key);
        let mut keys: Vec<&K> = given.entries().map(|(key, _)| key).chain(&named).chain(gone).collect();
        keys.sort_unstable();
        keys.dedup();
        let around = Inside { is_immutable, ..self.around };
        self.report.below(self.name(field), |report| {
            for key in keys {
                let selection = part.as_ref().map_or(Selection::Whole, |part| part.key(key.view()));
                let (stored, given) = (stored.and_then(|stored| stored.get(key)), given.get(key));
                report.at_key(key.view(), |report| entry::<F>(stored, given, selection, is_every, around, report));
            }
        });
        Continue(())
    }
}
