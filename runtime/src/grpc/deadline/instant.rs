//! [`Deadline`], a point in time.

use std::time::Duration;

use tokio::time::Instant;
use tonic::Request;

/// Longest timeout: 30 years. Some clocks cannot represent later points in time.
const LONGEST_TIMEOUT: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// Point in time at which a call ends. The smaller of two deadlines is the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deadline(Instant);

impl Deadline {
    /// Creates the deadline that is `timeout` from now. A timeout of more than 30 years is treated as 30 years.
    pub fn after(timeout: Duration) -> Self {
        let now = Instant::now();
        Self(now.checked_add(timeout.min(LONGEST_TIMEOUT)).unwrap_or(now))
    }

    /// Returns the deadline of the call that `request` belongs to, or `None` if its caller set none.
    pub fn from_request<T>(request: &Request<T>) -> Option<Self> {
        request.extensions().get().copied()
    }

    /// Returns the remaining time; zero after the deadline.
    pub fn remaining(&self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Returns `true` after the deadline.
    pub fn is_expired(&self) -> bool {
        self.remaining().is_zero()
    }

    /// Returns the point in time on tokio's clock.
    pub(crate) fn instant(self) -> Instant {
        self.0
    }
}
