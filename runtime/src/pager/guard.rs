//! Detection of page tokens that a server returns a second time.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

/// Page tokens that a pager has seen, as hashes of 8 bytes.
///
/// The keys of the hashes are random, so no server can choose tokens that collide. By chance two of a million do once in
/// forty million lists. Memory is bounded: beyond [`MOST`] tokens, one more is remembered at ever longer distances, which
/// finds a cycle of any length within a few rounds (Brent).
#[derive(Debug, Clone, Default)]
pub(super) struct Guard {
    keys: RandomState,
    seen: HashSet<u64>,
    remembered: Option<u64>,
    since: u64,
    distance: u64,
}

/// The most tokens of which every repetition is found at once.
const MOST: usize = 1 << 20;

impl Guard {
    /// Starts with the token of the first page that is requested.
    pub(super) fn new(first: &str) -> Self {
        let mut guard = Self::default();
        // The empty token ends a list, so no server repeats it.
        if !first.is_empty() {
            guard.is_repeated(first);
        }
        guard
    }

    /// Remembers a token, and returns `true` if it was seen before.
    pub(super) fn is_repeated(&mut self, token: &str) -> bool {
        let hash = self.keys.hash_one(token);
        if self.seen.len() < MOST {
            return !self.seen.insert(hash);
        }
        if self.seen.contains(&hash) || self.remembered == Some(hash) {
            return true;
        }
        self.since += 1;
        if self.since > self.distance {
            self.remembered = Some(hash);
            self.since = 0;
            self.distance = self.distance.saturating_mul(2).max(1);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guard_finds_cycles_that_begin_after_the_most_tokens() {
        let mut guard = Guard::new("start");
        guard.seen.extend(1..MOST as u64);
        assert_eq!(guard.seen.len(), MOST);
        assert!(guard.is_repeated("start"));
        let cycle = 1000;
        let found = (0_u64..).find(|page| guard.is_repeated(&format!("cycle {}", page % cycle)));
        assert!(found.is_some_and(|page| (cycle..5 * cycle).contains(&page)), "{found:?}");
        assert_eq!(guard.seen.len(), MOST, "memory is bounded");
    }
}
