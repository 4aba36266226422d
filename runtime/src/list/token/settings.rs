//! Settings of the page tokens of a method.

use std::time::{Duration, SystemTime};

use super::error::Refusal;
use super::keyring::{KeyRing, MethodKeys};
use crate::list::request::ListRequest;

/// Settings of the page tokens of a method.
pub(in crate::list) struct TokenSettings {
    pub(in crate::list) keyring: KeyRing,
    pub(in crate::list) method: &'static str,
    pub(in crate::list) validity: Duration,
    pub(in crate::list) clock: Clock,
    pub(in crate::list) on_refusal: Option<Box<dyn Fn(Refusal) + Send + Sync>>,
}

/// Clock that tokens are issued and expire by; the system clock if `None`.
pub(in crate::list) struct Clock(Option<Box<dyn Fn() -> SystemTime + Send + Sync>>);

/// Default validity of a token: 3 days, as AIP-158 recommends.
const DEFAULT_VALIDITY: Duration = Duration::from_secs(3 * 24 * 60 * 60);

impl TokenSettings {
    /// Creates the default settings for the method of a request.
    ///
    /// # Panics
    ///
    /// When several methods have the request, and `keys` names none of them.
    #[expect(clippy::panic, reason = "an error in the code of the server, found at start-up")]
    pub(in crate::list) fn new<R: ListRequest>(keys: MethodKeys) -> Self {
        let method = match (keys.method, R::METHODS) {
            (Some(method), _) | (None, &[method]) => method,
            (None, methods) => panic!(
                "several methods have this request, and a token of one method must not be valid for another: pass \
                 `keyring.for_method(…)` instead of the key ring, with one of {methods:?}"
            ),
        };
        Self { keyring: keys.keyring, method, validity: DEFAULT_VALIDITY, clock: Clock(None), on_refusal: None }
    }

    /// Returns the time in seconds since 1970.
    pub(in crate::list) fn now(&self) -> u64 {
        let now = self.clock.0.as_ref().map_or_else(SystemTime::now, |clock| clock());
        now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
    }

    /// Returns `true` if a token of this time has expired.
    ///
    /// A token from the future is rejected as well, if it is ahead by more than the validity. The clocks of replicas do not
    /// differ by that much, and such a token would expire too late.
    pub(in crate::list) fn is_expired(&self, issued_at: u64) -> bool {
        self.now().abs_diff(issued_at) > self.validity.as_secs()
    }
}

impl Clock {
    pub(in crate::list) fn new(clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Some(Box::new(clock)))
    }
}
