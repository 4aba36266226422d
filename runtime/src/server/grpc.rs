//! Calls that go through tonic's own machinery: streams, and everything that is compressed.
//!
//! tonic reads every request as a stream, also the request of a method with one message. Its reader of single messages is
//! not used: that reader merges trailers into the metadata, and accepts a cancelled request as complete.

use std::future::Future;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use http_body_util::BodyExt;
use prost::Message;
use tonic::body::Body;
use tonic::{Request, Response, Status};
use tower_service::Service;

use super::config::Config;
use super::incoming::Incoming;
use super::single;
use super::trailers::Trailers;
use crate::codec::{Codec, Quota};
use crate::deadline::{self, Deadline, Expiring, Limited};
use crate::ending::Ending;
use crate::excerpt::Excerpt;
use crate::size::{Bounded, ENCODING, Encoding};
use crate::{BoxStream, Streaming, cancellation};

pub(crate) async fn unary<M, R, F, A>(
    config: Config,
    deadline: Option<Deadline>,
    request: http::Request<Body>,
    handler: F,
) -> http::Response<Body>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Request<M>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    let handler = &handler;
    let handler = Handler(move |request| async move {
        let request = one(request).await?;
        deadline::check(deadline)?;
        handler(request).await
    });
    let codec = Codec::new(Quota::requests(1));
    sent(config, config.grpc(codec).client_streaming(handler, received(config, request)).await)
}

pub(crate) async fn server_streaming<M, R, F, A>(
    config: Config,
    deadline: Option<Deadline>,
    request: http::Request<Body>,
    handler: F,
) -> http::Response<Body>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Request<M>) -> A + Sync,
    A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send,
{
    let handler = &handler;
    let handler = Handler(move |request| async move {
        let request = one(request).await?;
        deadline::check(deadline)?;
        handler(request).await
    });
    let codec = Codec::new(Quota::requests(1));
    limited(sent(config, config.grpc(codec).streaming(handler, received(config, request)).await), deadline)
}

pub(crate) async fn client_streaming<M, R, F, A>(
    config: Config,
    deadline: Option<Deadline>,
    request: http::Request<Body>,
    handler: F,
) -> http::Response<Body>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Request<Streaming<M>>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    let handler = &handler;
    let handler = Handler(move |request| async move {
        deadline::check(deadline)?;
        handler(fused(request)).await
    });
    let codec = Codec::new(Quota::Unlimited);
    sent(config, config.grpc(codec).client_streaming(handler, received(config, request)).await)
}

pub(crate) async fn streaming<M, R, F, A>(
    config: Config,
    deadline: Option<Deadline>,
    request: http::Request<Body>,
    handler: F,
) -> http::Response<Body>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Request<Streaming<M>>) -> A + Sync,
    A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send,
{
    let handler = &handler;
    let handler = Handler(move |request| async move {
        deadline::check(deadline)?;
        handler(fused(request)).await
    });
    let codec = Codec::new(Quota::Unlimited);
    limited(sent(config, config.grpc(codec).streaming(handler, received(config, request)).await), deadline)
}

/// A request whose messages are within the limit.
fn received(
    config: Config,
    mut request: http::Request<Body>,
) -> http::Request<impl http_body::Body<Data = Bytes, Error = Status> + Send + 'static> {
    shorten_encoding(request.headers_mut());
    let encoding = Encoding::of(request.headers());
    Incoming::wrap(request, config.request_end)
        .map(|body| Bounded::received(body, config.max_decoding, encoding).map_err(cancellation::hide))
}

/// Shortens the name of an encoding that nobody has, which tonic repeats whole in its refusal.
fn shorten_encoding(headers: &mut HeaderMap) {
    /// More bytes than any encoding's name has.
    const MOST: usize = 32;
    let long = headers.get(&ENCODING).filter(|encoding| encoding.len() > MOST);
    let excerpt = long.map(|encoding| Excerpt(encoding.as_bytes()).to_string());
    if let Some(Ok(excerpt)) = excerpt.map(HeaderValue::try_from) {
        headers.insert(&ENCODING, excerpt);
    }
}

fn fused<M>(request: Request<tonic::Streaming<M>>) -> Request<Streaming<M>> {
    let (metadata, extensions, messages) = request.into_parts();
    Request::from_parts(metadata, extensions, messages.into())
}

/// Reads the request of a method with one message.
async fn one<M>(request: Request<tonic::Streaming<M>>) -> Result<Request<M>, Status> {
    let (metadata, extensions, messages) = fused(request).into_parts();
    let message = single::one(messages).await?;
    Ok(Request::from_parts(metadata, extensions, message))
}

/// An answer whose messages are within the limit, with the trailing metadata of its handler.
fn sent(config: Config, mut answer: http::Response<Body>) -> http::Response<Body> {
    if let Some(trailers) = answer.extensions_mut().remove::<Trailers>() {
        answer = answer.map(|body| trailers.follow(body));
    }
    match config.max_encoding {
        Some(limit) => answer.map(|body| Body::new(Bounded::sent(body, limit, Ending::Trailers))),
        None => answer,
    }
}

/// An answer that goes on after its head ends at the same deadline.
fn limited(answer: http::Response<Body>, deadline: Option<Deadline>) -> http::Response<Body> {
    match deadline {
        Some(deadline) if !http_body::Body::is_end_stream(answer.body()) => answer.map(|body| {
            let body = Expiring::new(body, deadline);
            Body::new(Limited::new(body, Some(deadline), Ending::Trailers))
        }),
        _ => answer,
    }
}

/// A closure as the tower service that tonic expects.
struct Handler<F>(F);

impl<F, A, M, R> Service<Request<M>> for Handler<F>
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
