//! Types of gRPC in the public API of this crate and in generated code.
//!
//! They are tonic's own types. Interceptors, tower layers and the services of tonic-health and tonic-reflection therefore
//! work with generated servers and clients.

use std::error::Error;
use std::pin::Pin;

use futures_core::Stream;

pub use tonic::{Code, Extensions, GrpcMethod, Request, Response, Status, metadata};

/// The encodings that messages can be compressed with. Each is a feature of this crate: `gzip`, `deflate`, `zstd`.
pub use tonic::codec::CompressionEncoding;
#[cfg(feature = "transport")]
pub use tonic::transport::{Channel, Endpoint, Error as TransportError};

/// Stream of response messages. A method of a generated trait returns it where the proto says `stream`.
///
/// The same type as tonic's `BoxStream`. `Err(status)` ends the response with that status.
pub type BoxStream<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send + 'static>>;

/// Error of a transport or of a body, of any type.
pub type BoxError = Box<dyn Error + Send + Sync + 'static>;
