//! A ratio of times, and where it must lie.

use super::rounds::Times;

/// One ratio, and its limit.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Description of the comparison in the report.
    pub figure: &'static str,
    /// The contestant in the numerator.
    pub of: &'static str,
    /// The contestant in the denominator.
    pub to: &'static str,
    /// Bound of the ratio.
    pub bound: Bound,
}

/// Bound of a ratio.
#[derive(Debug, Clone, Copy)]
pub enum Bound {
    /// At this number or below.
    AtMost(f64),
    /// At this number or above.
    AtLeast(f64),
    /// Anywhere: it is shown, not judged.
    Shown,
}

impl Bound {
    /// Whether the ratio lies there.
    #[must_use]
    pub fn holds(self, ratio: f64) -> bool {
        match self {
            Self::AtMost(most) => ratio <= most,
            Self::AtLeast(least) => ratio >= least,
            Self::Shown => true,
        }
    }
}

impl Limit {
    /// The ratio that was reached, if both took part: the median of all rounds, and that of quiet ones.
    #[must_use]
    pub fn reached(&self, times: &Times) -> Option<[f64; 2]> {
        Some([times.ratio(self.of, self.to)?, times.quiet_ratio(self.of, self.to)?])
    }
}
