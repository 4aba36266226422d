//! The server side: one tower service type behind every generated `…Server`.
//!
//! A generated file brings a trait for people to implement, and a dispatch table ([`Dispatch`]) that
//! names its methods. [`Server`] joins the two: it reads the call's head (method, content type,
//! deadline), and the table hands the call to the kind of method that it is ([`Call`]).
//!
//! Handlers see a request as the gRPC specification defines it. Trailers of a request are dropped. A request whose client
//! cancels it before its end fails with `CANCELLED`: the handler of a method with one message does not run, and a stream
//! of requests ends with that status. Over HTTP/2 the end of a request is read from `is_end_stream` of its body, so a layer
//! that replaces the body must forward that method; [`Server::trust_request_end`] is for layers that do not. [`Trailers`]
//! adds trailing metadata to an answer.
//!
//! A panic in a handler unwinds through the service as through any other: tonic's transport resets that
//! one stream, and a tower layer (such as tower-http's `CatchPanic`) can turn it into a status.

mod call;
mod config;
mod grpc;
mod head;
mod incoming;
mod reply;
mod service;
mod single;
mod trailers;
mod unary;

pub use self::call::{Call, CallFuture};
pub use self::service::Server;
pub use self::trailers::Trailers;

/// The full name of a service, as its proto says it.
pub trait ServiceName {
    /// The name with its package: `ecommerce.v1.UserService`.
    const NAME: &'static str;
}

/// The methods of a service, by name; `T` implements the generated trait.
pub trait Dispatch<T>: ServiceName + 'static {
    /// Hands `call` to the method that [`Call::method`] names.
    fn dispatch(call: Call<T>) -> CallFuture;
}
