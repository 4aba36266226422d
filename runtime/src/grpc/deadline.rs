//! Deadlines: the time limit of a call.
//!
//! A generated server reads `grpc-timeout` from each call and enforces it: the call ends with `DEADLINE_EXCEEDED` when the
//! time is over. The handler can read the deadline. A generated client that is called inside the handler sends the
//! remaining time, so a chain of services gives up together.
//!
//! | side | covered by the deadline | at the deadline |
//! |---|---|---|
//! | server | the request, the handler, the stream of responses | `DEADLINE_EXCEEDED`, after the messages sent before |
//! | client | the whole call, whatever server and transport do | `DEADLINE_EXCEEDED` |
//!
//! - A server sends a single response that is ready, even if it is late.
//! - The handler does not run if the deadline passes before its request has arrived.
//! - A timeout of less than a microsecond has always passed. A malformed timeout is `INTERNAL`.
//! - A stream of responses is dropped at the deadline, also while its client does not read. For this a stream with a
//!   deadline has a task with a timer; other streams have none.
//! - A handler stops at its next `await` that waits. Reading a [`Streaming`](crate::Streaming) waits once in a while, even
//!   if the peer always has another message. A loop that never waits does not stop.
//!
//! A task that a handler spawns is outside the call. Pass the deadline to it with [`scope`]:
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
//! Timers are tokio's and must be enabled in its runtime. On another executor an expired deadline is noticed only when the
//! call wakes for another reason.
//!
//! A tower layer can set a deadline too: it inserts a [`Deadline`] into the extensions of the HTTP request. The earlier of
//! the two applies. A time limit that a transport or a layer enforces on its own is not visible here.

mod body;
#[cfg(feature = "server")]
mod expiring_body;
mod future;
mod instant;
mod scope;
pub(crate) mod status;
mod timeout_header;
mod timer;

pub(crate) use self::body::DeadlineBody;
#[cfg(feature = "server")]
pub(crate) use self::expiring_body::ExpiringBody;
pub(crate) use self::future::DeadlineFuture;
pub use self::instant::Deadline;
pub use self::scope::{Scope, current, scope};
#[cfg(feature = "server")]
pub(crate) use self::timeout_header::SHORTEST_TIMEOUT;
#[cfg(feature = "client")]
pub(crate) use self::timeout_header::format;
pub(crate) use self::timeout_header::{HEADER, parse};
