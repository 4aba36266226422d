//! Deadlines: the moment after which nobody waits for a call's answer.
//!
//! A generated server reads `grpc-timeout` from each call, answers `DEADLINE_EXCEEDED` when the time is over, and shows
//! the deadline to the handler. A generated client that runs inside the handler sends what is left of it, so a chain of
//! services gives up together.
//!
//! The limit covers the whole call: a client that stops sending, the handler, and the stream of answers, which ends with
//! that status after what was sent before. A single answer that is ready is sent, even if late. On its side a client stops
//! waiting at the deadline, whatever server and transport do.
//!
//! The handler does not run when the deadline passes before its request has arrived. A timeout of less than a microsecond,
//! zero included, has always passed. A malformed timeout is answered `INTERNAL`.
//!
//! At the deadline a stream of answers is dropped, also while its client does not read and the transport does not poll
//! the stream. A stream with a deadline has a task with a timer for this; other streams have none.
//!
//! A handler is stopped where it waits. Reading a [`Streaming`](crate::Streaming) waits once in a while, even if the peer
//! always has another message. A loop that never waits is not stopped.
//!
//! What a task spawned by a handler does is outside the call: give it the deadline with [`scope`].
//!
//! ```
//! # use transom::deadline;
//! # async fn refresh_cache() {}
//! # async fn handler() {
//! match deadline::current() {
//!     Some(deadline) => { tokio::spawn(deadline::scope(deadline, refresh_cache())); }
//!     None => { tokio::spawn(refresh_cache()); }
//! }
//! # }
//! ```
//!
//! Timers are tokio's, and must be enabled in its runtime; on another executor a deadline is noticed only when the call
//! wakes for another reason. A time limit that a transport or a tower layer sets on its own is not seen here, unless the
//! layer puts a [`Deadline`] into the extensions of the HTTP request; the earlier one then counts.

mod alarm;
mod body;
mod enforce;
#[cfg(feature = "server")]
mod expiring;
mod scope;
pub(crate) mod wire;

use std::time::Duration;

use tokio::time::Instant;
use tonic::{Request, Status};

pub(crate) use self::alarm::Alarm;
pub(crate) use self::body::Limited;
pub(crate) use self::enforce::Enforced;
#[cfg(feature = "server")]
pub(crate) use self::expiring::Expiring;
pub use self::scope::{Scope, current, scope};

/// No clock is asked for a moment further away than this (30 years): some count no further.
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// The moment after which a call's answer is no longer wanted. Of two deadlines the smaller is the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deadline(Instant);

impl Deadline {
    /// The moment that lies `timeout` ahead of now; more than 30 years count as 30 years.
    pub fn after(timeout: Duration) -> Self {
        let now = Instant::now();
        Self(now.checked_add(timeout.min(FAR)).unwrap_or(now))
    }

    /// The deadline of the call that brought `request`, or `None` when its caller set none.
    pub fn of<T>(request: &Request<T>) -> Option<Self> {
        request.extensions().get().copied()
    }

    /// The time that is left; zero when the deadline has passed.
    pub fn remaining(&self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether the deadline has passed.
    pub fn is_expired(&self) -> bool {
        self.remaining().is_zero()
    }
}

/// Shortest timeout that a call can meet. Below, the clock may not have advanced when the handler would start.
#[cfg(feature = "server")]
pub(crate) const SHORTEST: Duration = Duration::from_micros(1);

/// Checks that the deadline of a call has not passed.
///
/// # Errors
///
/// `DEADLINE_EXCEEDED` if it has.
#[cfg(feature = "server")]
pub(crate) fn check(deadline: Option<Deadline>) -> Result<(), Status> {
    match deadline {
        Some(deadline) if deadline.is_expired() => Err(exceeded()),
        _ => Ok(()),
    }
}

/// The status of a call whose deadline has passed.
pub(crate) fn exceeded() -> Status {
    Status::deadline_exceeded("the deadline of the call has passed")
}
