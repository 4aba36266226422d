//! Number of violations.

/// Number of violations of a request, of which [`Violations`](super::Violations) holds the first ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// All violations were counted.
    Exact(usize),
    /// The check stopped early: there may be more.
    AtLeast(usize),
}

impl Count {
    /// Returns the number.
    #[must_use]
    pub const fn number(self) -> usize {
        match self {
            Self::Exact(number) | Self::AtLeast(number) => number,
        }
    }

    /// Returns the sum, which is exact if both numbers are.
    pub(super) const fn plus(self, other: Self) -> Self {
        let sum = self.number().saturating_add(other.number());
        match (self, other) {
            (Self::Exact(_), Self::Exact(_)) => Self::Exact(sum),
            _ => Self::AtLeast(sum),
        }
    }
}
