//! Unary calls without compression: the path that most calls take.
//!
//! It does what tonic's path does, with the same statuses, in fewer steps: no stream and no 8 KiB
//! buffers for a single message. Compressed calls go through [`grpc`].

use std::future::Future;

use prost::Message;
use tonic::body::Body;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use super::config::Config;
use super::{grpc, reply, single};

/// Reads the request, runs the handler, answers.
pub(crate) async fn call<M, R, F, A>(
    config: Config,
    request: http::Request<Body>,
    handler: F,
) -> http::Response<Body>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Request<M>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    if config.compresses(request.headers()) {
        return grpc::unary(config, request, handler).await;
    }
    let (parts, body) = request.into_parts();
    let (mut headers, extensions) = (parts.headers, parts.extensions);
    let message = match single::read(body, config.max_decoding).await {
        Ok((message, None)) => message,
        Ok((message, Some(trailers))) => {
            headers.extend(trailers);
            message
        }
        Err(status) => return status.into_http(),
    };
    let request = Request::from_parts(MetadataMap::from_headers(headers), extensions, message);
    match handler(request).await {
        Ok(response) => reply::encode(response, config.max_encoding),
        Err(status) => status.into_http(),
    }
}
