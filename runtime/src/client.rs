//! The client side: what every generated `…Client` wraps.
//!
//! A generated client has a method for each of the proto, with tonic's types and names. [`Client`] sends
//! them through any [`Transport`], and keeps their [deadlines](crate::deadline).
//!
//! An answer that is not gRPC has the status that the gRPC specification derives from its HTTP status: a proxy's 503 is
//! `UNAVAILABLE`. A status with malformed details has none, and one with a malformed message keeps its code. A single
//! answer of no message, or of more than one, is `INTERNAL`.
//!
//! Trailing metadata of a server is read with [`Streaming::trailers`](crate::Streaming::trailers); after a single answer it
//! is part of the response's metadata.

#[cfg(not(feature = "transport"))]
mod destination;
mod failure;
mod grpc;
mod head;
mod macros;
mod repair;
mod transport;
mod wrapper;

#[cfg(not(feature = "transport"))]
#[doc(hidden)]
pub use self::destination::Destination;
pub use self::grpc::Client;
pub use self::transport::Transport;
pub use tonic::service::interceptor::{InterceptedService, Interceptor};
pub use tonic::{IntoRequest, IntoStreamingRequest};
