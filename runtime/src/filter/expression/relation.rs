//! Relations of a value to a literal.

use std::cmp::Ordering;

use crate::filter::syntax::Comparator;

/// Relation of a value to a literal: bit set of the accepted results of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::filter) struct Relation(u8);

impl Relation {
    const LESS: u8 = 0b001;
    const EQUAL: u8 = 0b010;
    const GREATER: u8 = 0b100;

    /// `=`
    pub(in crate::filter) const EQUALITY: Self = Self(Self::EQUAL);

    /// All relations, with their comparators.
    const ALL: [(Self, &'static str); 6] = [
        (Self(Self::EQUAL), "="),
        (Self(Self::LESS | Self::GREATER), "!="),
        (Self(Self::LESS), "<"),
        (Self(Self::LESS | Self::EQUAL), "<="),
        (Self(Self::GREATER), ">"),
        (Self(Self::GREATER | Self::EQUAL), ">="),
    ];

    /// Returns the relation of a comparator. `:` on a single value is equality.
    pub(in crate::filter) const fn from_comparator(comparator: Comparator) -> Self {
        Self(match comparator {
            Comparator::Less => Self::LESS,
            Comparator::LessOrEqual => Self::LESS | Self::EQUAL,
            Comparator::Greater => Self::GREATER,
            Comparator::GreaterOrEqual => Self::GREATER | Self::EQUAL,
            Comparator::NotEqual => Self::LESS | Self::GREATER,
            Comparator::Equal | Comparator::Has => Self::EQUAL,
        })
    }

    /// Returns the opposite relation.
    pub(in crate::filter) const fn negated(self) -> Self {
        Self(!self.0 & 0b111)
    }

    /// Rewrites a comparison with an unrepresentable value as one with the next lower representable value. The relation must
    /// not be an equality.
    ///
    /// Example: for an `int64` field, `x > 1.5` becomes `x > 1`, and `x < 1.5` becomes `x <= 1`.
    pub(in crate::filter) const fn for_rounded_down(self) -> Self {
        Self(if self.0 & Self::GREATER != 0 { Self::GREATER } else { Self::LESS | Self::EQUAL })
    }

    /// Returns `true` if the relation accepts the result of a comparison.
    #[inline]
    pub(in crate::filter) const fn accepts(self, ordering: Ordering) -> bool {
        self.0 & (1 << (ordering as i8 + 1)) != 0
    }

    /// Returns `true` for `=` and `!=`.
    pub(in crate::filter) const fn is_equality(self) -> bool {
        matches!(self.0, Self::EQUAL) || self.0 == Self::LESS | Self::GREATER
    }

    /// Returns the comparator as text.
    pub(in crate::filter) fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(relation, _)| *relation == self).map_or("", |(_, text)| text)
    }
}
