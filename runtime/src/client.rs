//! The client side: what every generated `…Client` wraps.
//!
//! A generated client has a method for each of the proto, with tonic's types and names. [`Client`] sends
//! them through any [`Transport`], and keeps their [deadlines](crate::deadline).

mod failure;
mod grpc;
mod macros;
mod transport;
mod wrapper;

pub use self::grpc::Client;
pub use self::transport::Transport;
pub use tonic::service::interceptor::{InterceptedService, Interceptor};
pub use tonic::{IntoRequest, IntoStreamingRequest};
