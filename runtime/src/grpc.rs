//! gRPC over HTTP/2. Only this folder names tonic.
//!
//! | module | content |
//! |---|---|
//! | [`vocabulary`] | types of the public API: `Request`, `Response`, `Status` and their relatives |
//! | [`server`] | the tower service behind every generated `…Server` |
//! | [`client`] | the calls of every generated `…Client` |
//! | [`deadline`] | `grpc-timeout`: parsed, enforced, sent on |
//! | [`message`] | framing, encoding and size limits of messages |
//! | [`streaming`] | stream of the messages that a peer sends |
//! | [`error_details`] | the messages of `google.rpc` in a status |
//!
//! `docs/decisions/0006-tonic-is-a-seam.md` lists the parts that another transport would replace.

mod cancellation;
#[cfg(feature = "client")]
pub mod client;
pub mod deadline;
#[cfg(feature = "_fields")]
pub(crate) mod error_details;
mod error_source;
mod message;
#[cfg(feature = "server")]
pub mod server;
mod streaming;
pub(crate) mod unimplemented;
mod vocabulary;

pub use self::streaming::Streaming;
pub use self::vocabulary::{
    BoxError, BoxStream, Code, CompressionEncoding, Extensions, GrpcMethod, Request, Response, Status, metadata,
};
#[cfg(feature = "transport")]
pub use self::vocabulary::{Channel, Endpoint, TransportError};
