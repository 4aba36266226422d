//! Client side: the calls of every generated `…Client`.
//!
//! A generated client has one method for each rpc, with tonic's types and names. [`Client`] sends the calls through any
//! [`Transport`] and enforces their [deadlines](crate::deadline).
//!
//! | response of the peer | status |
//! |---|---|
//! | not gRPC, such as a proxy's error page | from the HTTP status, as gRPC specifies: 503 is `UNAVAILABLE` |
//! | a status with malformed details | the status without details |
//! | a status with a malformed message | the status with `U+FFFD` in its message |
//! | no message, or more than one, where one is expected | `INTERNAL` |
//!
//! [`Streaming::trailers`](crate::Streaming::trailers) returns the trailing metadata of a stream. After a single response
//! it is in the metadata of the response.

mod calls;
#[cfg(not(feature = "transport"))]
mod destination;
mod guard;
mod macros;
mod response_body;
mod response_head;
mod send_error;
mod status_repair;
mod transport;
mod transport_error;

pub use self::calls::Client;
#[cfg(not(feature = "transport"))]
#[doc(hidden)]
pub use self::destination::Destination;
pub use self::transport::Transport;
pub use tonic::service::interceptor::{InterceptedService, Interceptor};
pub use tonic::{IntoRequest, IntoStreamingRequest};
