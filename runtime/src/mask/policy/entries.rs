//! Checks of the elements of lists and of the values of maps.

use super::check::{CHECKED, Check, Inside, inside};
use super::judge::SET_ONCE;
use super::report::Report;
use crate::fields::{FieldInfo, Fields, Key, Map};
use crate::mask::compare::{same_but_output_only, same_options};
use crate::mask::elements::selected_keys;
use crate::mask::options::Lists;
use crate::mask::select::{Selected, Selection};
use crate::mask::writable::Prune;
use crate::violation::Reason;

impl<M> Check<'_, M> {
    /// Checks the elements of a list that is selected in part. They are paired by position with those that are stored.
    pub(super) fn check_items<F: Fields>(
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
    pub(super) fn check_new_items<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&[F::Message]>,
        given: &[F::Message],
    ) {
        if !F::REACHES.has(CHECKED) {
            return;
        }
        let kept = match self.around.rules.lists {
            Lists::Replace => 0,
            Lists::Append => stored.map_or(0, <[_]>::len),
        };
        let (everything, around) = (Selected::everything(), self.around);
        self.report.below(self.name(field), |report| {
            for (position, item) in given.iter().enumerate().skip(kept) {
                report.at(position, |report| inside::<F>(None, item, &everything, around, report));
            }
        });
    }

    /// Checks the values of a map; without a part, it is selected whole.
    pub(super) fn check_entries<F: Fields, K: Key, C: Map<K, F::Message>>(
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
        let around = Inside { is_immutable, ..self.around }.pruned(prune);
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
    // A value that is selected whole is replaced, also where messages are merged.
    let around = if is_whole { Inside { rules: around.rules.replacing(), ..around } } else { around };
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
