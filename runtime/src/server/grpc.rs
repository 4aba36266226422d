//! Calls that go through tonic's own machinery: streams, and everything that is compressed.

use std::future::Future;
use std::task::{Context, Poll};

use prost::Message;
use tonic::body::Body;
use tonic::{Request, Response, Status, Streaming};
use tower_service::Service;

use super::config::Config;
use crate::BoxStream;
use crate::codec::{Codec, Quota};
use crate::deadline::{Deadline, Limited};
use crate::ending::Ending;
use crate::size::{Bounded, Encoding};

pub(crate) async fn unary<M, R, F, A>(config: Config, request: http::Request<Body>, handler: F) -> http::Response<Body>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Request<M>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    let answer = config.grpc(Codec::new(Quota::AtMost(1))).unary(Handler(handler), received(config, request)).await;
    sent(config, answer)
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
    F: Fn(Request<M>) -> A,
    A: Future<Output = Result<Response<BoxStream<R>>, Status>>,
{
    let answer =
        config.grpc(Codec::new(Quota::AtMost(1))).server_streaming(Handler(handler), received(config, request)).await;
    limited(sent(config, answer), deadline)
}

pub(crate) async fn client_streaming<M, R, F, A>(
    config: Config,
    request: http::Request<Body>,
    handler: F,
) -> http::Response<Body>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Request<Streaming<M>>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    let answer =
        config.grpc(Codec::new(Quota::Unlimited)).client_streaming(Handler(handler), received(config, request)).await;
    sent(config, answer)
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
    F: Fn(Request<Streaming<M>>) -> A + Send,
    A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send,
{
    let answer = config.grpc(Codec::new(Quota::Unlimited)).streaming(Handler(handler), received(config, request)).await;
    limited(sent(config, answer), deadline)
}

/// A request whose messages are within the limit.
fn received(config: Config, request: http::Request<Body>) -> http::Request<Bounded<Body>> {
    let encoding = Encoding::of(request.headers());
    request.map(|body| Bounded::received(body, config.max_decoding, encoding))
}

/// An answer whose messages are within the limit.
fn sent(config: Config, answer: http::Response<Body>) -> http::Response<Body> {
    match config.max_encoding {
        Some(limit) => answer.map(|body| Body::new(Bounded::sent(body, limit, Ending::Trailers))),
        None => answer,
    }
}

/// An answer that goes on after its head ends at the same deadline.
fn limited(answer: http::Response<Body>, deadline: Option<Deadline>) -> http::Response<Body> {
    match deadline {
        Some(_) => answer.map(|body| Body::new(Limited::new(body, deadline, Ending::Trailers))),
        None => answer,
    }
}

/// A closure as the tower service that tonic asks for.
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
