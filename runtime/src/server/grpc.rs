//! Calls that go through tonic's own machinery: streams, and everything that is compressed.
//!
//! A single request message is read as the stream that it is on the wire, see [`single`].

use std::future::Future;
use std::task::{Context, Poll};

use prost::Message;
use tonic::body::Body;
use tonic::{Request, Response, Status, Streaming};
use tower_service::Service;

use super::config::Config;
use super::single;
use crate::BoxStream;
use crate::codec::Codec;

pub(crate) async fn unary<M, R, F, A>(
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
    let handler = &handler;
    client_streaming(config, request, |request| async move {
        handler(exactly_one(request).await?).await
    })
    .await
}

pub(crate) async fn server_streaming<M, R, F, A>(
    config: Config,
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
    streaming(config, request, |request| async move {
        handler(exactly_one(request).await?).await
    })
    .await
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
    config
        .grpc(Codec::new())
        .client_streaming(Handler(handler), request)
        .await
}

pub(crate) async fn streaming<M, R, F, A>(
    config: Config,
    request: http::Request<Body>,
    handler: F,
) -> http::Response<Body>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Request<Streaming<M>>) -> A + Send,
    A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send,
{
    config
        .grpc(Codec::new())
        .streaming(Handler(handler), request)
        .await
}

/// Turns a stream that must hold one message into that message.
async fn exactly_one<M>(request: Request<Streaming<M>>) -> Result<Request<M>, Status> {
    let (mut metadata, extensions, messages) = request.into_parts();
    let (message, trailers) = single::take_one(messages).await?;
    if let Some(trailers) = trailers {
        metadata.as_mut().extend(trailers);
    }
    Ok(Request::from_parts(metadata, extensions, message))
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
