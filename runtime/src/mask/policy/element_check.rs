//! Checks of list elements and of map values.

use super::check::{Check, check_message};
use super::context::{CHECKED, CheckContext, SET_ONCE};
use super::report::Report;
use crate::fields::{FieldInfo, Fields, Key, Map};
use crate::mask::compare::{same_options, same_without_output_only};
use crate::mask::options::Lists;
use crate::mask::set::{Prune, Selected, Selection, selected_keys};
use crate::violation::Reason;

impl<M> Check<'_, M> {
    /// Checks the elements of a list that is selected in part. They are paired by position with the stored elements.
    pub(super) fn check_items<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&[F::Message]>,
        given: &[F::Message],
        part: &Selected<'_>,
        prune: Prune,
    ) {
        let stored = stored.unwrap_or_default();
        self.check_emptied(field, !stored.is_empty(), !given.is_empty());
        // A new message has no changed field.
        let context = CheckContext { is_immutable: self.is_immutable(field) && self.stored.is_some(), ..self.context };
        if !context.is_immutable && !F::REACHES.has(CHECKED) {
            return;
        }
        let context = context.with_prune(prune);
        self.report.in_field(self.name(field), |report| {
            if context.is_immutable && stored.len() != given.len() {
                report.add(Reason::ImmutableField, SET_ONCE);
            }
            for (position, item) in given.iter().enumerate() {
                let stored = stored.get(position);
                // An additional element was reported with the list.
                let context = CheckContext { is_immutable: context.is_immutable && stored.is_some(), ..context };
                report.in_item(position, |report| check_message::<F>(stored, item, part, context, report));
            }
        });
    }

    /// Checks the elements of a list that is selected whole. All are new, except stored elements that precede appended ones.
    pub(super) fn check_new_items<F: Fields>(
        &mut self,
        field: FieldInfo,
        stored: Option<&[F::Message]>,
        given: &[F::Message],
    ) {
        if !F::REACHES.has(CHECKED) || self.is_update_resource(field) {
            return;
        }
        let stored_count = match self.context.rules.lists {
            Lists::Replace => 0,
            Lists::Append => stored.map_or(0, <[_]>::len),
        };
        let (everything, context) = (Selected::everything(), self.context);
        self.report.in_field(self.name(field), |report| {
            for (position, item) in given.iter().enumerate().skip(stored_count) {
                report.in_item(position, |report| check_message::<F>(None, item, &everything, context, report));
            }
        });
    }

    /// Checks the values of a map. Without a `part`, the map is selected whole.
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
        if (!is_immutable && !F::REACHES.has(CHECKED)) || self.is_update_resource(field) {
            return;
        }
        let is_appended = part.is_none() && self.context.rules.lists == Lists::Append;
        let is_every = part.is_none_or(Selected::has_entries);
        let named = part.into_iter().flat_map(|part| selected_keys(stored, None, part));
        let named: Vec<K> = named.collect();
        let removed = stored.filter(|_| is_every).into_iter().flat_map(Map::entries).map(|(key, _)| key);
        let mut keys: Vec<&K> = given.entries().map(|(key, _)| key).chain(&named).chain(removed).collect();
        keys.sort_unstable();
        keys.dedup();
        let context = CheckContext { is_immutable, ..self.context }.with_prune(prune);
        self.report.in_field(self.name(field), |report| {
            for key in keys {
                let selection = part.map_or(Selection::Whole, |part| part.key(key.view()));
                let (stored, given) = (stored.and_then(|stored| stored.get(key)), given.get(key));
                if is_appended && stored.is_some() && same_options(stored, given, same_without_output_only::<F>) {
                    continue;
                }
                report
                    .in_key(key.view(), |report| check_value::<F>(stored, given, selection, is_every, context, report));
            }
        });
    }
}

/// Checks the value of a key. If the mask selects in every value (`is_every`), values that are not given are removed.
fn check_value<F: Fields>(
    stored: Option<&F::Message>,
    given: Option<&F::Message>,
    selection: Selection<'_>,
    is_every: bool,
    context: CheckContext,
    report: &mut Report,
) {
    let is_whole = matches!(selection, Selection::Whole);
    // A value that is selected whole is replaced, also where messages are merged.
    let context = if is_whole { CheckContext { rules: context.rules.for_replacement(), ..context } } else { context };
    let part = match selection {
        Selection::Nothing => return,
        Selection::Whole => Selected::everything(),
        Selection::Part(part) => part,
    };
    match (stored, given) {
        (Some(stored), Some(given)) => check_message::<F>(Some(stored), given, &part, context, report),
        // The selected fields are cleared.
        (Some(_), None) if !is_whole && !is_every => {
            check_message::<F>(stored, &F::Message::default(), &part, context, report);
        }
        (None, None) => {}
        _ if context.is_immutable => report.add(Reason::ImmutableField, SET_ONCE),
        (_, Some(given)) => check_message::<F>(None, given, &part, context, report),
        (Some(_), None) => {}
    }
}
