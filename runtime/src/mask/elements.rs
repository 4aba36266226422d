//! Messages that are selected in part: new ones, the elements of a list, the values of a map.

use super::apply::apply;
use super::changes::{Record, Unrecorded};
use super::rules::Rules;
use super::select::{Selected, Selection};
use super::source::{ByRef, Source};
use super::tree::Tree;
use super::whole;
use crate::fields::{Fields, Key, Map};

/// A new message of the selected parts of what is given.
pub(super) fn made<F: Fields>(given: &F::Message, part: &Selected<'_>, rules: Rules) -> F::Message {
    let mut message = F::Message::default();
    apply::<F, _>(&mut message, ByRef(given), part, rules.creating(), &mut Unrecorded);
    message
}

/// Applies a selection to one message of several, and says whether it changed.
pub(super) fn one<F: Fields, R: Record>(
    stored: &mut F::Message,
    source: impl Source<F::Message>,
    part: &Selected<'_>,
    rules: Rules,
) -> bool {
    if R::LISTENS {
        !apply::<F, _>(stored, source, part, rules, &mut Tree::empty()).is_blank()
    } else {
        apply::<F, _>(stored, source, part, rules, &mut Unrecorded);
        true
    }
}

/// Applies a selection to the elements of a list, which are paired by position.
pub(super) fn items<F: Fields, R: Record>(
    stored: &mut Vec<F::Message>,
    given: &[F::Message],
    part: &Selected<'_>,
    rules: Rules,
) -> bool {
    let mut is_changed = stored.len() != given.len();
    stored.truncate(given.len());
    for (stored, given) in stored.iter_mut().zip(given) {
        is_changed |= one::<F, R>(stored, ByRef(given), part, rules);
    }
    let new = given.iter().skip(stored.len()).map(|given| made::<F>(given, part, rules));
    stored.extend(new);
    is_changed
}

/// Returns the keys of two maps that a selection names.
///
/// A request can name thousands of keys, for a map in each of thousands of elements. If the maps have fewer keys, these
/// are looked up in the selection.
pub(super) fn selected_keys<'p, K: Key, V, C: Map<K, V>>(
    stored: Option<&C>,
    given: Option<&C>,
    part: &'p Selected<'p>,
) -> impl Iterator<Item = K> + use<'p, K, V, C> {
    let count = stored.map_or(0, Map::len) + given.map_or(0, Map::len);
    let are_few = part.keys().nth(count).is_none();
    let named = are_few.then(|| part.keys().filter_map(K::of));
    let mut held: Vec<K> = Vec::new();
    if !are_few {
        let keys = stored.into_iter().chain(given).flat_map(Map::entries).map(|(key, _)| key);
        held.extend(keys.filter(|key| !matches!(part.key(key.view()), Selection::Nothing)).cloned());
        held.sort_unstable();
        held.dedup();
    }
    named.into_iter().flatten().chain(held)
}

/// Applies a selection to the entries of a map: under `*` the stored map gets the source's keys, and each value the
/// selected parts; under a key, its value does.
pub(super) fn entries<F: Fields, R: Record, K: Key, C: Map<K, F::Message>>(
    stored: &mut C,
    given: &C,
    part: &Selected<'_>,
    rules: Rules,
) -> bool {
    let mut is_changed = false;
    let mut keys: Vec<K> = selected_keys(Some(&*stored), Some(given), part).collect();
    if part.has_entries() {
        stored.retain(|key, _| {
            let stays = given.get(key).is_some();
            is_changed |= !stays;
            stays
        });
        keys.extend(given.entries().map(|(key, _)| key.clone()));
    }
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        is_changed |= match (part.key(key.view()), stored.get_mut(&key), given.get(&key)) {
            (Selection::Nothing, _, _) => false,
            (Selection::Whole, _, Some(value)) => whole::set_message_entry::<F, K>(stored, &key, value, rules),
            (Selection::Whole, _, None) => stored.remove(&key).is_some(),
            (Selection::Part(part), Some(stored), Some(value)) => one::<F, R>(stored, ByRef(value), &part, rules),
            (Selection::Part(part), None, Some(value)) => {
                stored.insert(key, made::<F>(value, &part, rules));
                true
            }
            (Selection::Part(part), Some(stored), None) => {
                one::<F, R>(stored, ByRef(&F::Message::default()), &part, rules)
            }
            (Selection::Part(_), None, None) => false,
        };
    }
    is_changed
}
