//! Detection of page tokens that a server returns a second time.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

/// Hashes of 8 bytes of the page tokens that a pager has received.
///
/// The keys of the hash function are random, so a server cannot choose tokens that collide. Among a million tokens, two
/// collide by chance in one of forty million lists. Memory is bounded: beyond [`MAX_TOKENS`], the guard remembers one more
/// token, and replaces it at increasing distances. This finds a cycle of any length within a few rounds (Brent's
/// algorithm).
#[derive(Debug, Clone, Default)]
pub(super) struct RepeatGuard {
    keys: RandomState,
    seen: HashSet<u64>,
    remembered: Option<u64>,
    since: u64,
    distance: u64,
}

/// Maximum number of tokens whose repetition is found immediately.
const MAX_TOKENS: usize = 1 << 20;

impl RepeatGuard {
    /// Creates a guard that has seen the token of the first request.
    pub(super) fn new(first: &str) -> Self {
        let mut guard = Self::default();
        // The empty token ends a list, so a server never repeats it.
        if !first.is_empty() {
            guard.is_repeated(first);
        }
        guard
    }

    /// Remembers a token, and returns `true` if it was received before.
    pub(super) fn is_repeated(&mut self, token: &str) -> bool {
        let hash = self.keys.hash_one(token);
        if self.seen.len() < MAX_TOKENS {
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
    fn guard_finds_cycles_after_the_maximum_of_tokens() {
        let mut guard = RepeatGuard::new("start");
        guard.seen.extend(1..MAX_TOKENS as u64);
        assert_eq!(guard.seen.len(), MAX_TOKENS);
        assert!(guard.is_repeated("start"));
        let cycle = 1000;
        let found = (0_u64..).find(|page| guard.is_repeated(&format!("cycle {}", page % cycle)));
        assert!(found.is_some_and(|page| (cycle..5 * cycle).contains(&page)), "{found:?}");
        assert_eq!(guard.seen.len(), MAX_TOKENS, "memory is bounded");
    }
}
