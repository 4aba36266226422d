//! `google.api.field_behavior` (AIP-203) as a set of flags.

use std::ops::BitOr;

/// Behaviors of a field, or of all fields below a message.
///
/// The values of `google.api.FieldBehavior`; those that change nothing for masks and updates are kept too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Behavior(u16);

impl Behavior {
    /// No annotation.
    pub const NONE: Self = Self(0);
    /// May be left out: says nothing that the default does not say.
    pub const OPTIONAL: Self = Self(1 << 1);
    /// Must hold something: not zero, not empty, and a message must have a field that does.
    pub const REQUIRED: Self = Self(1 << 2);
    /// Set by the server alone: what a request says about it is ignored.
    pub const OUTPUT_ONLY: Self = Self(1 << 3);
    /// Accepted in requests and never returned.
    pub const INPUT_ONLY: Self = Self(1 << 4);
    /// Set once, when the resource is created.
    pub const IMMUTABLE: Self = Self(1 << 5);
    /// A repeated field whose order has no meaning.
    pub const UNORDERED_LIST: Self = Self(1 << 6);
    /// The server fills it in when it is empty.
    pub const NON_EMPTY_DEFAULT: Self = Self(1 << 7);
    /// The name of the resource: given by its path, never changed.
    pub const IDENTIFIER: Self = Self(1 << 8);

    /// The union of two sets, in constants.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any behavior of `other` is in the set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Behavior {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.with(other)
    }
}
