//! What an update must not do: change what is set once, or leave empty what is required.
//!
//! It looks at both messages and changes neither, so that a refused update has no effect at all.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::ops::ControlFlow::{self, Continue};

use super::truthy::is_truthy;
use crate::fields::{Behavior, FieldInfo, Fields, Key, KeyRef, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::compare::{same, same_lists, same_maps};
use crate::mask::select::{Selected, Selection};
use crate::violation::{Reason, Violation};

/// The behaviors that can make an update fail.
const CHECKED: Behavior = Behavior::REQUIRED.with(Behavior::IMMUTABLE).with(Behavior::IDENTIFIER);

/// What is wrong with carrying the selected fields of `given` over to `stored`; a new resource has none stored.
pub(in crate::mask) fn check<F: Fields>(
    stored: Option<&F::Message>,
    given: &F::Message,
    selected: Selected<'_>,
) -> Vec<Violation> {
    let mut report = Report::default();
    inside::<F>(stored, given, selected, false, &mut report);
    report.violations
}

#[derive(Default)]
struct Report {
    path: String,
    violations: Vec<Violation>,
}

impl Report {
    /// Reports what is found meanwhile one segment further down.
    fn below(&mut self, segment: &str, run: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if !segment.starts_with('[') && length > 0 {
            self.path.push('.');
        }
        self.path.push_str(segment);
        run(self);
        self.path.truncate(length);
    }

    fn add(&mut self, reason: Reason, description: &str) {
        self.violations.push(Violation { field: self.path.clone(), description: description.to_owned(), reason });
    }
}

fn inside<F: Fields>(
    stored: Option<&F::Message>,
    given: &F::Message,
    selected: Selected<'_>,
    is_immutable: bool,
    report: &mut Report,
) {
    if is_immutable || F::REACHES.has(CHECKED) {
        let _ = F::visit(&mut Check { stored, given, selected, is_immutable, schema: F::schema(), report });
    }
}

struct Check<'a, M> {
    /// `None` where what is given is new: nothing in it can have changed.
    stored: Option<&'a M>,
    given: &'a M,
    selected: Selected<'a>,
    /// Whether a message around this one is `IMMUTABLE`.
    is_immutable: bool,
    schema: &'static Schema,
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
            if !self.selected.is_everything() && is_changed() {
                let text = "names the resource and cannot be changed: take it out of the mask";
                self.report.below(name, |report| report.add(Reason::ImmutableField, text));
            }
            return;
        }
        if (self.is_immutable || field.behavior.has(Behavior::IMMUTABLE)) && is_changed() {
            let text = "is set once and cannot be changed: take it out of the mask, or send it as it is stored";
            self.report.below(name, |report| report.add(Reason::ImmutableField, text));
        } else if field.behavior.has(Behavior::REQUIRED) && is_empty {
            let text = "is required and cannot be left empty";
            self.report.below(name, |report| report.add(Reason::RequiredField, text));
        }
    }

    fn descend<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&F::Message>,
        given: Option<&F::Message>,
        part: Selected<'_>,
    ) {
        let is_immutable = self.is_immutable || field.behavior.has(Behavior::IMMUTABLE);
        if !is_immutable && !F::REACHES.has(CHECKED) {
            return;
        }
        let name = self.name(field);
        match (stored, given) {
            (_, Some(given)) => self.report.below(name, |report| {
                inside::<F>(stored, given, part, is_immutable, report);
            }),
            // The selected parts will be cleared.
            (Some(_), None) => self.report.below(name, |report| {
                inside::<F>(stored, &F::Message::default(), part, is_immutable, report);
            }),
            (None, None) => {}
        }
    }
}

/// A key as it stands in the path of a field: `["a"]`, `[7]`.
fn index(key: KeyRef<'_>) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = match key {
        KeyRef::Bool(key) => write!(text, "[{key}]"),
        KeyRef::Int(key) => write!(text, "[{key}]"),
        KeyRef::Uint(key) => write!(text, "[{key}]"),
        KeyRef::Text(key) => write!(text, "[{key:?}]"),
    };
    text
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
        if let Selection::Whole = self.selection(field) {
            let is_same = |stored: &M, given: &M| match (lens.get(stored), lens.get(given)) {
                (Some(stored), Some(given)) => L::same(stored, given),
                (stored, given) => stored.is_none() && given.is_none(),
            };
            self.judge(field, is_same, lens.get(self.given).is_none_or(L::is_default));
        }
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let given = lens.get(self.given);
        let part = match self.selection(field) {
            Selection::Nothing => return Continue(()),
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| match (lens.get(stored), lens.get(given)) {
                    (Some(stored), Some(given)) => same::<F>(stored, given),
                    (stored, given) => stored.is_none() && given.is_none(),
                };
                self.judge(field, is_same, !given.is_some_and(is_truthy::<F>));
                if given.is_none() || self.is_immutable || field.behavior.has(Behavior::IMMUTABLE) {
                    return Continue(());
                }
                Selected::everything()
            }
            Selection::Part(part) => part,
        };
        let stored = self.stored.and_then(|stored| lens.get(stored));
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
        let part = match self.selection(field) {
            Selection::Nothing => return Continue(()),
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_lists(lens.get(stored), lens.get(given), same::<F>);
                self.judge(field, is_same, lens.get(self.given).is_empty());
                Selected::everything()
            }
            Selection::Part(part) => part,
        };
        if F::REACHES.has(CHECKED) {
            let given = lens.get(self.given);
            let name = self.name(field);
            for (position, item) in given.iter().enumerate() {
                // Elements of a list have no counterpart in another list.
                self.report.below(name, |report| {
                    report.below(&format!("[{position}]"), |report| {
                        inside::<F>(None, item, part.clone(), false, report);
                    });
                });
            }
        }
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        if let Selection::Whole = self.selection(field) {
            let is_same = |stored: &M, given: &M| same_maps(lens.get(stored), lens.get(given), L::same);
            self.judge(field, is_same, lens.get(self.given).is_empty());
        }
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        let selection = self.selection(field);
        match selection {
            Selection::Nothing => return Continue(()),
            Selection::Whole => {
                let is_same = |stored: &M, given: &M| same_maps(lens.get(stored), lens.get(given), same::<F>);
                self.judge(field, is_same, lens.get(self.given).is_empty());
            }
            Selection::Part(_) => {}
        }
        if F::REACHES.has(CHECKED) {
            let mut entries: Vec<(&K, &F::Message)> = lens.get(self.given).entries().collect();
            entries.sort_unstable_by_key(|&(key, _)| key);
            let name = self.name(field);
            for (key, value) in entries {
                let (stored, part) = match &selection {
                    Selection::Part(part) => match part.key(key.view()) {
                        Selection::Nothing => continue,
                        Selection::Whole => (None, Selected::everything()),
                        Selection::Part(part) => (self.stored.and_then(|stored| lens.get(stored).get(key)), part),
                    },
                    _ => (None, Selected::everything()),
                };
                self.report.below(name, |report| {
                    report.below(&index(key.view()), |report| inside::<F>(stored, value, part, false, report));
                });
            }
        }
        Continue(())
    }
}
