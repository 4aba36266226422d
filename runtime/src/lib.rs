//! The runtime of the code that `protoc-gen-transom` writes.
//!
//! Generated files call this crate and nothing else beside `prost`. Its types are tonic's wherever
//! tonic has one, so a service or a client made here works with everything that is built for tonic:
//! its transport, interceptors, health and reflection services, and tower layers.
//!
//! | module | what it holds |
//! |---|---|
//! | [`server`] | the tower service behind every generated `…Server` |
//! | [`client`] | what every generated `…Client` wraps |
//! | [`deadline`] | the time limit of a call: read from the wire, enforced, passed on |
//! | [`mask`] | field masks: updates, reads, differences |
//! | [`order`], [`filter`] | `order_by` and `filter` of lists: checked, evaluated, written as [`sql`] |
//! | [`page`], [`pager`] | pages of lists: answered by a server, followed by a client |
//! | [`violation`] | violations of a request, from these modules and from a service's own checks |
//! | [`canonical`] | one encoding for equal messages: fingerprints, etags |
//! | [`fields`] | messages as generated code describes them, which all of these go through |
//!
//! | feature | what it adds |
//! |---|---|
//! | `server`, `client` (default) | the modules of these names; neither needs a socket, hyper or h2 |
//! | `transport` (default) | `connect` on generated clients: tonic's channel |
//! | `mask`, `order`, `filter`, `page`, `pager` (default) | the modules of these names |
//! | `sqlx-sqlite`, `sqlx-postgres`, `sqlx-mysql` | pages of a database's tables, through sqlx |
//! | `gzip`, `deflate`, `zstd` | compression of messages |
//! | `tls-ring`, `tls-aws-lc`, `tls-native-roots`, `tls-webpki-roots` | TLS for the channel, as tonic names it |
//!
//! It holds no code generation: that is the crate `transom-build`.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(all(feature = "mask", feature = "order", feature = "filter", feature = "page", feature = "pager")),
    allow(dead_code, reason = "what they share is not all used by one of them alone; the default has them all")
)]

#[cfg(feature = "filter")]
mod base64_text;
#[cfg(feature = "_lists")]
mod calendar;
#[cfg(feature = "_grpc")]
mod cancellation;
#[cfg(feature = "_fields")]
pub mod canonical;
mod capability;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "_grpc")]
mod codec;
#[cfg(feature = "_grpc")]
pub mod deadline;
#[cfg(feature = "_grpc")]
mod ending;
#[cfg(feature = "_grpc")]
mod excerpt;
#[cfg(feature = "_lists")]
mod field_path;
#[cfg(feature = "_fields")]
pub mod fields;
#[cfg(feature = "filter")]
pub mod filter;
#[cfg(feature = "mask")]
pub mod mask;
#[cfg(any(feature = "mask", feature = "_lists"))]
mod nearest;
#[cfg(feature = "order")]
pub mod order;
#[cfg(feature = "page")]
pub mod page;
#[cfg(any(feature = "page", feature = "pager"))]
mod paged;
#[cfg(feature = "pager")]
pub mod pager;
#[cfg(feature = "_lists")]
mod scanner;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "_grpc")]
mod size;
#[cfg(feature = "_lists")]
pub mod sql;
#[cfg(feature = "_grpc")]
mod streaming;
#[cfg(feature = "_grpc")]
mod unimplemented;
#[cfg(feature = "_lists")]
mod value;
#[cfg(feature = "_fields")]
pub mod violation;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "_grpc")]
pub use crate::deadline::Deadline;
#[cfg(feature = "_grpc")]
pub use crate::streaming::Streaming;
#[cfg(feature = "_grpc")]
#[doc(inline)]
pub use tonic::{Code, Extensions, GrpcMethod, Request, Response, Status, metadata};

/// The encodings that messages can be compressed with; each is a feature of this crate
/// (`gzip`, `deflate`, `zstd`).
#[cfg(feature = "_grpc")]
pub use tonic::codec::CompressionEncoding;

/// A stream of answers: what the methods of a generated trait return when the proto says `stream`.
///
/// The same type as tonic's `BoxStream`. A message ends the call's answer with `Err(status)`.
#[cfg(feature = "_grpc")]
pub type BoxStream<T> = std::pin::Pin<Box<dyn futures_core::Stream<Item = Result<T, Status>> + Send + 'static>>;

/// An error of the transport or of a body, of any type.
#[cfg(feature = "_grpc")]
pub type BoxError = Box<dyn std::error::Error + Send + Sync + 'static>;
