//! [`Call`], passed from the dispatch table to a handler.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use prost::Message;
use tonic::body::Body;
use tonic::{Request, Response, Status};

use super::call_future::CallFuture;
use super::config::Config;
use super::{tonic_call, unary};
use crate::grpc::deadline::Deadline;
use crate::grpc::streaming::Streaming;
use crate::grpc::unimplemented;
use crate::grpc::vocabulary::BoxStream;

/// Call whose head has been checked. [`Dispatch`](super::Dispatch) passes it to a method of `T`.
///
/// There is one function for each kind of method. Its closure gets the service and the request, and returns the future of
/// the handler.
pub struct Call<T> {
    service: Arc<T>,
    config: Config,
    deadline: Option<Deadline>,
    /// Start of the method's name in the path. Beyond the end if the path is of another service.
    method_start: usize,
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
        let method_start = path
            .strip_prefix('/')
            .and_then(|rest| rest.strip_prefix(name)?.strip_prefix('/'))
            .map_or(usize::MAX, |method| path.len() - method.len());
        Self { service, config, deadline, method_start, request }
    }

    /// Returns the name of the called method: the text after `/package.Service/` in the path. Returns an empty name if the
    /// path is of another service.
    pub fn method(&self) -> &str {
        self.request.uri().path().get(self.method_start..).unwrap_or_default()
    }

    /// Answers `UNIMPLEMENTED`.
    pub fn unimplemented(self) -> CallFuture {
        CallFuture::ready(unimplemented::status(self.request.uri().path()).into_http())
    }
}

impl<T: Send + Sync + 'static> Call<T> {
    /// Calls a method with one request and one response.
    pub fn unary<M, R, F, A>(self, handler: F) -> CallFuture
    where
        M: Message + Default + 'static,
        R: Message + 'static,
        F: Fn(Arc<T>, Request<M>) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response<R>, Status>> + Send + 'static,
    {
        let Self { service, config, deadline, request, .. } = self;
        // Two types of future, so that the common one does not contain the state of the other.
        if config.compresses(request.headers()) {
            CallFuture::new(deadline, tonic_call::single_response(config, service, deadline, request, handler))
        } else {
            CallFuture::new(deadline, unary::call(config, service, deadline, request, handler))
        }
    }

    /// Calls a method with one request and a stream of responses.
    pub fn server_streaming<M, R, F, A>(self, handler: F) -> CallFuture
    where
        M: Message + Default + 'static,
        R: Message + 'static,
        F: Fn(Arc<T>, Request<M>) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send + 'static,
    {
        let Self { service, config, deadline, request, .. } = self;
        CallFuture::new(deadline, tonic_call::stream_response(config, service, deadline, request, handler))
    }

    /// Calls a method with a stream of requests and one response.
    pub fn client_streaming<M, R, F, A>(self, handler: F) -> CallFuture
    where
        M: Message + Default + 'static,
        R: Message + 'static,
        F: Fn(Arc<T>, Request<Streaming<M>>) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response<R>, Status>> + Send + 'static,
    {
        let Self { service, config, deadline, request, .. } = self;
        CallFuture::new(deadline, tonic_call::single_response(config, service, deadline, request, handler))
    }

    /// Calls a method with a stream of requests and a stream of responses.
    pub fn streaming<M, R, F, A>(self, handler: F) -> CallFuture
    where
        M: Message + Default + 'static,
        R: Message + 'static,
        F: Fn(Arc<T>, Request<Streaming<M>>) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response<BoxStream<R>>, Status>> + Send + 'static,
    {
        let Self { service, config, deadline, request, .. } = self;
        CallFuture::new(deadline, tonic_call::stream_response(config, service, deadline, request, handler))
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
