//! Lists and maps that are selected whole: replaced, or appended to.
//!
//! An element of a list has no stored counterpart, so the `OUTPUT_ONLY` fields of new elements are cleared. A value of a map
//! replaces the stored value of its key, and keeps its `OUTPUT_ONLY` fields. A list that differs only in `OUTPUT_ONLY` fields
//! is not replaced.

use super::apply_elements::apply_one;
use super::source::{ByMove, ByRef, Source};
use crate::fields::{Behavior, Fields, Key, Lens, Map};
use crate::mask::compare::{same, same_lists, same_maps, same_without_output_only};
use crate::mask::policy::{KEPT, Rules, strip};
use crate::mask::set::{Selected, Tree};

/// Clears the `OUTPUT_ONLY` fields of a new message, which came from the request.
pub(super) fn strip_new<F: Fields>(message: &mut F::Message, rules: Rules) {
    if strips::<F>(rules) {
        strip::<F>(message, Behavior::OUTPUT_ONLY);
    }
}

fn strips<F: Fields>(rules: Rules) -> bool {
    rules.keeps_output_only() && F::REACHES.has(Behavior::OUTPUT_ONLY)
}

/// Replaces a list of messages. Returns `true` if it changed.
pub(super) fn replace_messages<F: Fields, M>(
    stored: &mut M,
    source: &mut impl Source<M>,
    lens: impl Lens<M, Vec<F::Message>>,
    rules: Rules,
) -> bool {
    let strips = strips::<F>(rules);
    let same = if strips { same_without_output_only::<F> } else { same::<F> };
    if same_lists(lens.get(stored), lens.get(source.get()), same) {
        return false;
    }
    source.assign(stored, lens);
    if strips {
        lens.get_mut(stored).iter_mut().for_each(|item| strip_new::<F>(item, rules));
    }
    true
}

/// Appends to a list of messages. Returns `true` if it changed.
pub(super) fn append_messages<F: Fields>(stored: &mut Vec<F::Message>, given: &[F::Message], rules: Rules) -> bool {
    let length = stored.len();
    stored.extend_from_slice(given);
    stored.iter_mut().skip(length).for_each(|item| strip_new::<F>(item, rules));
    !given.is_empty()
}

/// Returns `true` if a stored message keeps any field when another replaces it.
fn keeps<F: Fields>(rules: Rules) -> bool {
    rules.kept.has(KEPT) && F::REACHES.has(KEPT)
}

/// Replaces a stored message. Returns `true` if it changed.
fn replace_message<F: Fields>(stored: &mut F::Message, source: impl Source<F::Message>, rules: Rules) -> bool {
    apply_one::<F, Tree>(stored, source, const { &Selected::everything() }, rules.for_replacement())
}

/// Replaces a map of messages. Returns `true` if it changed.
pub(super) fn replace_message_map<F: Fields, K: Key, C: Map<K, F::Message>, M>(
    stored: &mut M,
    source: &mut impl Source<M>,
    lens: impl Lens<M, C>,
    rules: Rules,
) -> bool {
    if same_maps(lens.get(stored), lens.get(source.get()), same::<F>) {
        return false;
    }
    if !keeps::<F>(rules) {
        source.assign(stored, lens);
        return true;
    }
    let mut before = std::mem::take(lens.get_mut(stored));
    let mut is_changed = false;
    source.assign(stored, lens);
    lens.get_mut(stored).retain(|key, value| {
        match before.remove(key) {
            Some(mut kept) => {
                is_changed |= replace_message::<F>(&mut kept, ByMove(value), rules);
                *value = kept;
            }
            None => {
                strip_new::<F>(value, rules);
                is_changed = true;
            }
        }
        true
    });
    is_changed || !before.is_empty()
}

/// Sets entries of a map of messages. Returns `true` if any changed.
pub(super) fn append_message_entries<F: Fields, K: Key, C: Map<K, F::Message>>(
    stored: &mut C,
    given: &C,
    rules: Rules,
) -> bool {
    let set = |is_changed, (key, value)| is_changed | set_message_entry::<F, K>(stored, key, value, rules);
    given.entries().fold(false, set)
}

/// Sets one entry of a map of messages. Returns `true` if it changed.
pub(super) fn set_message_entry<F: Fields, K: Key>(
    stored: &mut impl Map<K, F::Message>,
    key: &K,
    given: &F::Message,
    rules: Rules,
) -> bool {
    if let Some(stored) = stored.get_mut(key) {
        return replace_message::<F>(stored, ByRef(given), rules);
    }
    let mut value = given.clone();
    strip_new::<F>(&mut value, rules);
    stored.insert(key.clone(), value);
    true
}

/// Sets entries of a map. Returns `true` if any changed.
pub(super) fn append_entries<K: Key, V: Clone, C: Map<K, V>>(
    stored: &mut C,
    given: &C,
    same: impl Fn(&V, &V) -> bool,
) -> bool {
    given.entries().fold(false, |is_changed, (key, value)| is_changed | set_entry(stored, key, value, &same))
}

/// Sets one entry of a map. Returns `true` if it changed.
pub(super) fn set_entry<K: Key, V: Clone>(
    stored: &mut impl Map<K, V>,
    key: &K,
    given: &V,
    same: impl Fn(&V, &V) -> bool,
) -> bool {
    let is_changed = !stored.get(key).is_some_and(|stored| same(stored, given));
    if is_changed {
        stored.insert(key.clone(), given.clone());
    }
    is_changed
}
