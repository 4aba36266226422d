//! Calls that go through tonic's own machinery: streams, and everything that is compressed.
//!
//! A single request message is read as the stream that it is on the wire, see [`single`].

use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll};

use prost::Message;
use tonic::body::Body;
use tonic::{Request, Response, Status, Streaming};
use tower_service::Service;

use super::config::Config;
use super::single;
use crate::BoxStream;
use crate::codec::Codec;
use crate::deadline::{Deadline, Ending, Limited};

pub(crate) fn unary<T, M, R, F, A>(
    config: Config,
    service: Arc<T>,
    request: http::Request<Body>,
    handler: F,
) -> impl Future<Output = http::Response<Body>>
where
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Arc<T>, Request<M>) -> A,
    A: Future<Output = Result<Response<R>, Status>>,
{
    let both = Arc::new((service, handler));
    client_streaming(config, request, move |request| {
        let both = Arc::clone(&both);
        async move {
            let (service, handler) = &*both;
            handler(Arc::clone(service), exactly_one(request).await?).await
        }
    })
}

pub(crate) fn server_streaming<T, M, R, F, A>(
    config: Config,
    deadline: Option<Deadline>,
    service: Arc<T>,
    request: http::Request<Body>,
    handler: F,
) -> impl Future<Output = http::Response<Body>>
where
    T: Send + Sync,
    M: Message + Default + 'static,
    R: Message + 'static,
    F: Fn(Arc<T>, Request<M>) -> A + Send + Sync,
    A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send,
{
    let both = Arc::new((service, handler));
    streaming(config, deadline, request, move |request| {
        let both = Arc::clone(&both);
        async move {
            let (service, handler) = &*both;
            handler(Arc::clone(service), exactly_one(request).await?).await
        }
    })
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
    config.grpc(Codec::new()).client_streaming(Handler(handler), request).await
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
    let answer = config.grpc(Codec::new()).streaming(Handler(handler), request).await;
    match deadline {
        Some(_) => answer.map(|body| Body::new(Limited::new(body, deadline, Ending::Trailers))),
        None => answer,
    }
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
