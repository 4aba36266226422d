//! Server side: one tower service type behind every generated `…Server`.
//!
//! A generated file contains a trait to implement and a dispatch table ([`Dispatch`]) with the names of its methods.
//! [`Server`] joins the two. It checks the head of a request (HTTP method, content type, deadline). The table then passes
//! the [`Call`] to the method.
//!
//! Handlers see a request as the gRPC specification defines it:
//!
//! - Trailers of a request are dropped.
//! - A request that its client cancels before its end fails with `CANCELLED`. The handler of a method with one request
//!   message does not run; a stream of requests ends with that status. With the feature `transport` the same applies to a
//!   lost connection; without it the status is the one that the HTTP server reports.
//!
//! Over HTTP/2 the end of a request is read from `is_end_stream` of its body. A layer that replaces the body must forward
//! that method; use [`Server::trust_request_end`] with layers that do not. [`Trailers`] adds trailing metadata to a
//! response.
//!
//! A panic in a handler unwinds through the service. tonic's transport then resets that one stream. A tower layer, such as
//! tower-http's `CatchPanic`, can convert the panic to a status.

mod call;
mod call_future;
mod config;
mod dispatch;
mod request_body;
mod request_head;
mod service;
mod tonic_call;
mod trailers;
mod unary;
mod unary_body;
mod unary_response;

pub use self::call::Call;
pub use self::call_future::CallFuture;
pub use self::dispatch::{Dispatch, ServiceName};
pub use self::service::Server;
pub use self::trailers::Trailers;
