//! Lists and maps that are selected whole: replaced, or added to.
//!
//! Elements that come from a request lose what only the server sets. A list that is sent back as it is stored is no
//! change, so it keeps that.

use super::compare::{same, same_lists, same_maps};
use super::options::{ApplyOptions, Behaviors};
use super::policy::strip;
use super::source::Source;
use crate::fields::{Behavior, Fields, Key, Lens, Map};

/// What is new came from the request, so nothing in it can be from the server.
pub(super) fn strip_new<F: Fields>(message: &mut F::Message, options: ApplyOptions) {
    if strips::<F>(options) {
        strip::<F>(message, Behavior::OUTPUT_ONLY);
    }
}

fn strips<F: Fields>(options: ApplyOptions) -> bool {
    options.behaviors == Behaviors::Honor && F::REACHES.has(Behavior::OUTPUT_ONLY)
}

/// Replaces a list of messages, and says whether it changed.
pub(super) fn replace_messages<F: Fields, M>(
    stored: &mut M,
    source: &mut impl Source<M>,
    lens: impl Lens<M, Vec<F::Message>>,
    options: ApplyOptions,
) -> bool {
    if same_lists(lens.get(stored), lens.get(source.get()), same::<F>) {
        return false;
    }
    if !strips::<F>(options) {
        source.assign(stored, lens);
        return true;
    }
    let before = std::mem::take(lens.get_mut(stored));
    source.assign(stored, lens);
    lens.get_mut(stored).iter_mut().for_each(|item| strip_new::<F>(item, options));
    !same_lists(&before, lens.get(stored), same::<F>)
}

/// Adds to a list of messages, and says whether it changed.
pub(super) fn append_messages<F: Fields>(
    stored: &mut Vec<F::Message>,
    given: &[F::Message],
    options: ApplyOptions,
) -> bool {
    let length = stored.len();
    stored.extend_from_slice(given);
    stored.iter_mut().skip(length).for_each(|item| strip_new::<F>(item, options));
    !given.is_empty()
}

/// Replaces a map to messages, and says whether it changed.
pub(super) fn replace_message_map<F: Fields, K: Key, C: Map<K, F::Message>, M>(
    stored: &mut M,
    source: &mut impl Source<M>,
    lens: impl Lens<M, C>,
    options: ApplyOptions,
) -> bool {
    if same_maps(lens.get(stored), lens.get(source.get()), same::<F>) {
        return false;
    }
    if !strips::<F>(options) {
        source.assign(stored, lens);
        return true;
    }
    let before = std::mem::take(lens.get_mut(stored));
    source.assign(stored, lens);
    lens.get_mut(stored).retain(|_, value| {
        strip_new::<F>(value, options);
        true
    });
    !same_maps(&before, lens.get(stored), same::<F>)
}

/// Sets entries of a map, and says whether any changed.
pub(super) fn append_entries<K: Key, V: Clone, C: Map<K, V>>(
    stored: &mut C,
    given: &C,
    same: impl Fn(&V, &V) -> bool,
    strip: impl Fn(&mut V),
) -> bool {
    let mut is_changed = false;
    for (key, value) in given.entries() {
        is_changed |= set_entry(stored, key, value, &same, &strip);
    }
    is_changed
}

/// Sets one entry, and says whether it changed.
pub(super) fn set_entry<K: Key, V: Clone>(
    stored: &mut impl Map<K, V>,
    key: &K,
    given: &V,
    same: impl Fn(&V, &V) -> bool,
    strip: impl Fn(&mut V),
) -> bool {
    if stored.get(key).is_some_and(|stored| same(stored, given)) {
        return false;
    }
    let mut value = given.clone();
    strip(&mut value);
    if stored.get(key).is_some_and(|stored| same(stored, &value)) {
        return false;
    }
    stored.insert(key.clone(), value);
    true
}
