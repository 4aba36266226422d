//! Calls that tonic's own server handles: streams, and compressed messages.

use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use http_body_util::BodyExt;
use prost::Message;
use tonic::body::Body;
use tonic::{Request, Response, Status};
use tower_service::Service;

use super::config::Config;
use super::request_body::RequestBody;
use super::trailers::Trailers;
use super::unary_body;
use crate::excerpt::Excerpt;
use crate::grpc::cancellation;
use crate::grpc::deadline::{self, Deadline, DeadlineBody, ExpiringBody};
use crate::grpc::message::body_end::BodyEnd;
use crate::grpc::message::codec::{Codec, Quota};
use crate::grpc::message::encoding::{self, Encoding};
use crate::grpc::message::size_limit::SizeLimitBody;
use crate::grpc::streaming::Streaming;
use crate::grpc::vocabulary::BoxStream;

/// Request of a handler: one message of the type `M`, or a stream of them.
///
/// tonic reads both as a stream. tonic's reader of single messages is not used: it merges trailers into the metadata, and
/// accepts a cancelled request as complete.
pub(crate) trait HandlerRequest<M>: Sized {
    /// Number of messages that a client may send.
    const QUOTA: Quota;

    /// Reads the messages that the handler gets at its start.
    fn from_messages(messages: Streaming<M>) -> impl Future<Output = Result<Self, Status>> + Send;
}

impl<M: Message> HandlerRequest<M> for M {
    const QUOTA: Quota = Quota::requests(1);

    fn from_messages(messages: Streaming<M>) -> impl Future<Output = Result<Self, Status>> + Send {
        unary_body::read_single(messages)
    }
}

impl<M: Send> HandlerRequest<M> for Streaming<M> {
    const QUOTA: Quota = Quota::Unlimited;

    async fn from_messages(messages: Self) -> Result<Self, Status> {
        Ok(messages)
    }
}

/// Calls a handler that returns one message.
pub(crate) async fn single_response<T, Q, M, R, F, A>(
    config: Config,
    service: Arc<T>,
    deadline: Option<Deadline>,
    request: http::Request<Body>,
    handler: F,
) -> http::Response<Body>
where
    Q: HandlerRequest<M>,
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Arc<T>, Request<Q>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    let (handler, service) = (&handler, &service);
    let handler = HandlerService(move |request| call_handler(request, deadline, service, handler));
    let mut server = config.tonic_server(Codec::new(Q::QUOTA));
    let response = server.client_streaming(handler, checked_request(config, request)).await;
    checked_response(config, response)
}

/// Calls a handler that returns a stream.
pub(crate) async fn stream_response<T, Q, M, R, F, A>(
    config: Config,
    service: Arc<T>,
    deadline: Option<Deadline>,
    request: http::Request<Body>,
    handler: F,
) -> http::Response<Body>
where
    T: Send + Sync,
    Q: HandlerRequest<M> + Send,
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Arc<T>, Request<Q>) -> A + Sync,
    A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send,
{
    let (handler, service) = (&handler, &service);
    let handler = HandlerService(move |request| call_handler(request, deadline, service, handler));
    let mut server = config.tonic_server(Codec::new(Q::QUOTA));
    let response = server.streaming(handler, checked_request(config, request)).await;
    limited_response(checked_response(config, response), deadline)
}

/// Reads the request of the handler, and calls it unless the deadline has passed.
async fn call_handler<T, Q, M, R, F, A>(
    request: Request<tonic::Streaming<M>>,
    deadline: Option<Deadline>,
    service: &Arc<T>,
    handler: &F,
) -> Result<Response<R>, Status>
where
    Q: HandlerRequest<M>,
    F: Fn(Arc<T>, Request<Q>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    let (metadata, extensions, messages) = request.into_parts();
    let request = Q::from_messages(messages.into()).await?;
    deadline::status::check(deadline)?;
    handler(Arc::clone(service), Request::from_parts(metadata, extensions, request)).await
}

/// Returns the request without trailers, with its end and the sizes of its messages checked.
fn checked_request(
    config: Config,
    mut request: http::Request<Body>,
) -> http::Request<impl http_body::Body<Data = Bytes, Error = Status> + Send + 'static> {
    shorten_encoding(request.headers_mut());
    let encoding = Encoding::from_headers(request.headers());
    RequestBody::wrap(request, config.request_end)
        .map(|body| SizeLimitBody::received(body, config.max_decoding, encoding).map_err(cancellation::hide))
}

/// Shortens the name of an unknown encoding, which tonic repeats in its status.
fn shorten_encoding(headers: &mut HeaderMap) {
    /// Length in bytes above which no encoding is known.
    const MAX_LENGTH: usize = 32;
    let long = headers.get(&encoding::HEADER).filter(|encoding| encoding.len() > MAX_LENGTH);
    let excerpt = long.map(|encoding| Excerpt(encoding.as_bytes()).to_string());
    if let Some(Ok(excerpt)) = excerpt.map(HeaderValue::try_from) {
        headers.insert(&encoding::HEADER, excerpt);
    }
}

/// Returns the response with its trailing metadata, and with the sizes of its messages checked.
fn checked_response(config: Config, mut response: http::Response<Body>) -> http::Response<Body> {
    if let Some(trailers) = response.extensions_mut().remove::<Trailers>() {
        response = response.map(|body| trailers.append_to(body));
    }
    match config.max_encoding {
        Some(limit) => response.map(|body| Body::new(SizeLimitBody::sent(body, limit, BodyEnd::Trailers))),
        None => response,
    }
}

/// Returns the response with a body that ends at the deadline.
fn limited_response(response: http::Response<Body>, deadline: Option<Deadline>) -> http::Response<Body> {
    match deadline {
        Some(deadline) if !http_body::Body::is_end_stream(response.body()) => response.map(|body| {
            let body = ExpiringBody::new(body, deadline);
            Body::new(DeadlineBody::new(body, Some(deadline), BodyEnd::Trailers))
        }),
        _ => response,
    }
}

/// Closure as the tower service that tonic calls.
struct HandlerService<F>(F);

impl<F, A, M, R> Service<Request<M>> for HandlerService<F>
where
    F: Fn(Request<M>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    type Response = Response<R>;
    type Error = Status;
    type Future = A;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<M>) -> A {
        (self.0)(request)
    }
}
