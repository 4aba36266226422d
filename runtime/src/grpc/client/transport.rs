//! [`Transport`], the bound of a client's transport.

use bytes::Bytes;
use tonic::body::Body;
use tonic::client::GrpcService;

use crate::grpc::vocabulary::BoxError;

/// Tower service that sends gRPC calls: tonic's `Channel`, a channel with layers or interceptors, or a server in the same
/// process.
///
/// Implemented for every service with these bounds. Do not implement it by hand.
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
