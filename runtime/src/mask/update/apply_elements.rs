//! Application of a selection to list elements, map values and new messages that are selected in part.

use super::apply::apply;
use super::replace;
use super::source::{ByRef, Source};
use crate::fields::{Fields, Key, Map};
use crate::mask::policy::Rules;
use crate::mask::set::{ChangeRecord, NoRecord, Selected, Selection, Tree, selected_keys};

/// Creates a message from the selected fields of another.
pub(super) fn new_from<F: Fields>(given: &F::Message, part: &Selected<'_>, rules: Rules) -> F::Message {
    let mut message = F::Message::default();
    apply::<F, _>(&mut message, ByRef(given), part, rules.for_new_message(), &mut NoRecord);
    message
}

/// Applies a selection to an element of a list or a value of a map. Returns `true` if it changed.
pub(super) fn apply_one<F: Fields, R: ChangeRecord>(
    stored: &mut F::Message,
    source: impl Source<F::Message>,
    part: &Selected<'_>,
    rules: Rules,
) -> bool {
    if R::IS_RECORDED {
        !apply::<F, _>(stored, source, part, rules, &mut Tree::empty()).is_empty()
    } else {
        apply::<F, _>(stored, source, part, rules, &mut NoRecord);
        true
    }
}

/// Applies a selection to the elements of a list, which are paired by position.
pub(super) fn apply_items<F: Fields, R: ChangeRecord>(
    stored: &mut Vec<F::Message>,
    given: &[F::Message],
    part: &Selected<'_>,
    rules: Rules,
) -> bool {
    let mut is_changed = stored.len() != given.len();
    stored.truncate(given.len());
    for (stored, given) in stored.iter_mut().zip(given) {
        is_changed |= apply_one::<F, R>(stored, ByRef(given), part, rules);
    }
    let new = given.iter().skip(stored.len()).map(|given| new_from::<F>(given, part, rules));
    stored.extend(new);
    is_changed
}

/// Applies a selection to the entries of a map. With `*`, the stored map gets the keys of the source.
pub(super) fn apply_entries<F: Fields, R: ChangeRecord, K: Key, C: Map<K, F::Message>>(
    stored: &mut C,
    given: &C,
    part: &Selected<'_>,
    rules: Rules,
) -> bool {
    let mut is_changed = false;
    let mut keys: Vec<K> = selected_keys(Some(&*stored), Some(given), part).collect();
    if part.has_entries() {
        stored.retain(|key, _| {
            let is_given = given.get(key).is_some();
            is_changed |= !is_given;
            is_given
        });
        keys.extend(given.entries().map(|(key, _)| key.clone()));
    }
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        is_changed |= match (part.key(key.view()), stored.get_mut(&key), given.get(&key)) {
            (Selection::Nothing, _, _) => false,
            (Selection::Whole, _, Some(value)) => replace::set_message_entry::<F, K>(stored, &key, value, rules),
            (Selection::Whole, _, None) => stored.remove(&key).is_some(),
            (Selection::Part(part), Some(stored), Some(value)) => apply_one::<F, R>(stored, ByRef(value), &part, rules),
            (Selection::Part(part), None, Some(value)) => {
                stored.insert(key, new_from::<F>(value, &part, rules));
                true
            }
            (Selection::Part(part), Some(stored), None) => {
                apply_one::<F, R>(stored, ByRef(&F::Message::default()), &part, rules)
            }
            (Selection::Part(_), None, None) => false,
        };
    }
    is_changed
}
