//! What the tokens of a method are sealed and opened with, beside the request.

use std::time::{Duration, SystemTime};

use super::request::ListRequest;
use super::ring::{KeyRing, MethodKeys};
use super::token::Refusal;

/// The keys, and for what and how long tokens are good.
pub(super) struct Sealing {
    pub(super) ring: KeyRing,
    pub(super) method: &'static str,
    pub(super) validity: Duration,
    pub(super) clock: Clock,
    pub(super) on_refusal: Option<Box<dyn Fn(Refusal) + Send + Sync>>,
}

/// Tells the time.
pub(super) struct Clock(Option<Box<dyn Fn() -> SystemTime + Send + Sync>>);

/// AIP-158's rule of thumb.
const VALIDITY: Duration = Duration::from_secs(3 * 24 * 60 * 60);

impl Sealing {
    /// The defaults.
    ///
    /// # Panics
    ///
    /// When several methods have the request, and nothing says which of them is meant.
    #[expect(clippy::panic, reason = "a mistake in the server's own code, seen when it starts")]
    pub(super) fn of<R: ListRequest>(keys: MethodKeys) -> Self {
        let method = match (keys.method, R::METHODS) {
            (Some(method), _) | (None, &[method]) => method,
            (None, methods) => panic!(
                "several methods have this request, and a token of one must not be good for another: give \
                 `ring.for_method(…)` instead of the ring, with one of {methods:?}"
            ),
        };
        Self { ring: keys.ring, method, validity: VALIDITY, clock: Clock(None), on_refusal: None }
    }

    /// The time in seconds since 1970.
    pub(super) fn now(&self) -> u64 {
        let now = self.clock.0.as_ref().map_or_else(SystemTime::now, |clock| clock());
        now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
    }

    /// Whether a token of this time is too old. One of the future is as far from valid: no clock of a replica is ahead by
    /// more than tokens are valid, so it would not expire when it should.
    pub(super) fn is_expired(&self, issued_at: u64) -> bool {
        self.now().abs_diff(issued_at) > self.validity.as_secs()
    }
}

impl Clock {
    pub(super) fn of(clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Some(Box::new(clock)))
    }
}
