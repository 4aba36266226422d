//! One call on its way from the dispatch table to its handler.

use std::convert::Infallible;
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use prost::Message;
use tonic::body::Body;
use tonic::{Request, Response, Status};

use super::config::Config;
use super::{grpc, unary};
use crate::deadline::{Deadline, Enforced, exceeded};
use crate::{BoxStream, Streaming, unimplemented};

/// A call whose head has been read: what [`Dispatch`](super::Dispatch) hands to a method of `T`.
///
/// Each kind of method takes a closure from the service and the request to the handler's future.
pub struct Call<T> {
    service: Arc<T>,
    config: Config,
    deadline: Option<Deadline>,
    /// Where the method's name begins in the path; beyond its end when the path is of another service.
    method: usize,
    request: http::Request<Body>,
}

impl<T> Call<T> {
    pub(crate) fn new(
        service: Arc<T>,
        config: Config,
        name: &'static str,
        deadline: Option<Deadline>,
        request: http::Request<Body>,
    ) -> Self {
        let path = request.uri().path();
        let method = path
            .strip_prefix('/')
            .and_then(|rest| rest.strip_prefix(name)?.strip_prefix('/'))
            .map_or(usize::MAX, |method| path.len() - method.len());
        Self { service, config, deadline, method, request }
    }

    /// The name of the called method: what follows `/package.Service/` in the path. Empty when the
    /// path is of another service.
    pub fn method(&self) -> &str {
        self.request.uri().path().get(self.method..).unwrap_or_default()
    }

    /// Answers that the service has no such method.
    pub fn unimplemented(self) -> CallFuture {
        CallFuture::ready(unimplemented::status(self.request.uri().path()).into_http())
    }
}

impl<T: Send + Sync + 'static> Call<T> {
    /// One message each way.
    pub fn unary<M, R, F, A>(self, handler: F) -> CallFuture
    where
        M: Message + Default + 'static,
        R: Message + 'static,
        F: Fn(Arc<T>, Request<M>) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response<R>, Status>> + Send + 'static,
    {
        let Self { service, config, deadline, request, .. } = self;
        // Two types of future, so that the plain one does not carry the room for the other.
        if config.compresses(request.headers()) {
            let handler = move |request| handler(Arc::clone(&service), request);
            CallFuture::new(deadline, grpc::unary(config, deadline, request, handler))
        } else {
            CallFuture::new(deadline, unary::call(config, service, deadline, request, handler))
        }
    }

    /// One request, a stream of answers.
    pub fn server_streaming<M, R, F, A>(self, handler: F) -> CallFuture
    where
        M: Message + Default + 'static,
        R: Message + 'static,
        F: Fn(Arc<T>, Request<M>) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send + 'static,
    {
        let Self { service, config, deadline, request, .. } = self;
        let answer =
            grpc::server_streaming(config, deadline, request, move |request| handler(Arc::clone(&service), request));
        CallFuture::new(deadline, answer)
    }

    /// A stream of requests, one answer.
    pub fn client_streaming<M, R, F, A>(self, handler: F) -> CallFuture
    where
        M: Message + Default + 'static,
        R: Message + 'static,
        F: Fn(Arc<T>, Request<Streaming<M>>) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response<R>, Status>> + Send + 'static,
    {
        let Self { service, config, deadline, request, .. } = self;
        let answer =
            grpc::client_streaming(config, deadline, request, move |request| handler(Arc::clone(&service), request));
        CallFuture::new(deadline, answer)
    }

    /// A stream each way.
    pub fn streaming<M, R, F, A>(self, handler: F) -> CallFuture
    where
        M: Message + Default + 'static,
        R: Message + 'static,
        F: Fn(Arc<T>, Request<Streaming<M>>) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send + 'static,
    {
        let Self { service, config, deadline, request, .. } = self;
        let answer = grpc::streaming(config, deadline, request, move |request| handler(Arc::clone(&service), request));
        CallFuture::new(deadline, answer)
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("path", &self.request.uri().path())
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

type Answer = http::Response<Body>;

/// The answer to a call, on its way. Dropping it drops the handler.
#[must_use = "futures do nothing unless polled"]
pub struct CallFuture(Pin<Box<dyn Future<Output = Answer> + Send + 'static>>);

impl CallFuture {
    pub(crate) fn ready(answer: Answer) -> Self {
        Self(Box::pin(ready(answer)))
    }

    fn new<F>(deadline: Option<Deadline>, answer: F) -> Self
    where
        F: Future<Output = Answer> + Send + 'static,
    {
        let late = || exceeded().into_http();
        Self(Box::pin(Enforced::new(deadline, late, answer)))
    }
}

impl Future for CallFuture {
    type Output = Result<Answer, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context).map(Ok)
    }
}

impl fmt::Debug for CallFuture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CallFuture").finish_non_exhaustive()
    }
}
