//! What a client can send its calls through.

use bytes::Bytes;
use tonic::body::Body;
use tonic::client::GrpcService;

use crate::BoxError;

/// A tower service that carries gRPC calls: tonic's `Channel`, one with layers or interceptors around
/// it, or a server in the same process.
///
/// Implemented for every service that fits; there is nothing to implement by hand.
pub trait Transport:
    GrpcService<
        Body,
        Error: Into<BoxError> + Send,
        ResponseBody: http_body::Body<Data = Bytes, Error: Into<BoxError> + Send> + Send + 'static,
    >
{
}

impl<C> Transport for C
where
    C: GrpcService<Body>,
    C::Error: Into<BoxError> + Send,
    C::ResponseBody: http_body::Body<Data = Bytes> + Send + 'static,
    <C::ResponseBody as http_body::Body>::Error: Into<BoxError> + Send,
{
}
