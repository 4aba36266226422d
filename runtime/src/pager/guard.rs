//! Finds out that tokens come again.

/// Remembers one token, at ever longer distances: a circle of any length is found within a few rounds (Brent), with the
/// memory of one token.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    remembered: String,
    since: u64,
    distance: u64,
}

impl Guard {
    /// Starts with the token of the first page that is asked for.
    pub(super) fn new(first: &str) -> Self {
        Self { remembered: first.to_owned(), since: 0, distance: 1 }
    }

    /// Whether the token came before. `last` is the one before it.
    pub(super) fn is_repeated(&mut self, last: &str, token: &str) -> bool {
        if token == last || token == self.remembered {
            return true;
        }
        self.since += 1;
        if self.since == self.distance {
            token.clone_into(&mut self.remembered);
            self.since = 0;
            self.distance = self.distance.saturating_mul(2);
        }
        false
    }
}
