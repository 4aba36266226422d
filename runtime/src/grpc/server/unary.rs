//! Unary calls without compression, which most calls are.
//!
//! The statuses are those of tonic's own path. This path needs no stream and no buffers of 8 KiB for a single message.
//! [`tonic_call`](super::tonic_call) handles compressed calls.

use std::future::Future;
use std::sync::Arc;

use prost::Message;
use tonic::body::Body;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status};

use super::config::Config;
use super::request_body::RequestBody;
use super::{unary_body, unary_response};
use crate::grpc::deadline::{self, Deadline};

/// Reads the request, calls the handler, and encodes the response.
///
/// Not an `async fn`, to keep the future small: it is copied to the heap once for each call.
pub(crate) fn call<T, M, R, F, A>(
    config: Config,
    service: Arc<T>,
    deadline: Option<Deadline>,
    request: http::Request<Body>,
    handler: F,
) -> impl Future<Output = http::Response<Body>>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Arc<T>, Request<M>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    let (parts, body) = RequestBody::split(request, config.request_end);
    let (headers, extensions) = (parts.headers, parts.extensions);
    let Config { max_decoding, max_encoding, .. } = config;
    async move {
        let message = match unary_body::read(body, max_decoding).await {
            Ok(message) => message,
            Err(status) => return status.into_http(),
        };
        if let Err(status) = deadline::status::check(deadline) {
            return status.into_http();
        }
        let request = Request::from_parts(MetadataMap::from_headers(headers), extensions, message);
        match handler(service, request).await {
            Ok(response) => unary_response::encode(response, max_encoding),
            Err(status) => status.into_http(),
        }
    }
}
