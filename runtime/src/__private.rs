//! What generated code calls and people do not: no stability is promised for any of it.
//!
//! Logic stands in the public modules; this one only gives generated code its names.

#[cfg(feature = "client")]
pub use crate::__client as client;
#[cfg(feature = "client")]
pub use crate::__connect as connect;
#[cfg(feature = "_grpc")]
pub use crate::BoxError;
#[cfg(feature = "_grpc")]
pub use crate::unimplemented::unimplemented;
#[cfg(feature = "client")]
pub use http::Uri;
#[cfg(feature = "transport")]
pub use tonic::transport::{Channel, Endpoint, Error as TransportError};

/// Present while this runtime understands files written by generator version 0.1.
///
/// When the compiler does not find this name, generator and runtime differ: bring
/// `protoc-gen-transom` (or `transom-build`) and `transom` to the same version, and generate again.
pub type GeneratedBy0_1 = ();
