//! The runtime of the code that `protoc-gen-transom` writes.
//!
//! Generated files use this crate and `prost`, and no other crate. Requests, responses, statuses and metadata are tonic's
//! types. Generated servers and clients therefore work with tonic's transport, with interceptors, with its health and
//! reflection services, and with tower layers.
//!
//! | module | content |
//! |---|---|
//! | [`server`] | the tower service behind every generated `…Server` |
//! | [`client`] | the calls of every generated `…Client` |
//! | [`deadline`] | `grpc-timeout`: parsed, enforced, sent on |
//! | [`mask`] | field masks: updates, reads, differences |
//! | [`order`], [`filter`] | `order_by` and `filter` of lists: parser, evaluation in memory, conversion to [`sql`] |
//! | [`list`] | lists: pages on the server, pagers on the client |
//! | [`violation`] | violations of a request, from these modules and from a service's own checks |
//! | [`canonical`] | one encoding for equal messages: fingerprints, etags |
//! | [`fields`] | messages as generated code describes them, which all of these go through |
//!
//! | feature | adds |
//! |---|---|
//! | `server`, `client` (default) | the modules of these names; neither needs a socket, hyper or h2 |
//! | `transport` (default) | `connect` on generated clients: tonic's channel |
//! | `mask`, `order`, `filter` (default) | the modules of these names |
//! | `list`, `pager` (default) | the server's and the client's side of the module `list` |
//! | `sqlx-sqlite`, `sqlx-postgres`, `sqlx-mysql` | pages of a database's tables, through sqlx |
//! | `gzip`, `deflate`, `zstd` | compression of messages |
//! | `tls-ring`, `tls-aws-lc`, `tls-native-roots`, `tls-webpki-roots` | TLS for the channel, as tonic names it |
//!
//! The generator is the crate `transom-build`.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(all(feature = "mask", feature = "order", feature = "filter", feature = "list", feature = "pager")),
    allow(dead_code, reason = "what they share is not all used by one of them alone; the default has them all")
)]

#[cfg(feature = "_lists")]
mod accessor;
#[cfg(feature = "_fields")]
pub mod canonical;
mod capability;
#[cfg(any(feature = "_fields", feature = "_grpc"))]
mod excerpt;
#[cfg(feature = "_lists")]
mod field_path;
#[cfg(feature = "_fields")]
pub mod fields;
#[cfg(feature = "filter")]
pub mod filter;
#[cfg(feature = "_grpc")]
mod grpc;
#[cfg(any(feature = "list", feature = "pager"))]
pub mod list;
#[cfg(feature = "mask")]
pub mod mask;
#[cfg(feature = "order")]
pub mod order;
#[cfg(feature = "_lists")]
pub mod sql;
#[cfg(any(feature = "mask", feature = "_lists"))]
mod text;
#[cfg(feature = "_fields")]
pub mod violation;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "client")]
#[doc(inline)]
pub use crate::grpc::client;
#[cfg(feature = "server")]
#[doc(inline)]
pub use crate::grpc::server;
#[cfg(feature = "_grpc")]
#[doc(inline)]
pub use crate::grpc::{
    BoxError, BoxStream, Code, CompressionEncoding, Extensions, GrpcMethod, Request, Response, Status, Streaming,
    deadline, deadline::Deadline, metadata,
};
