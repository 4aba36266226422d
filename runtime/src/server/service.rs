//! The tower service.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use tonic::body::Body;
use tonic::codec::CompressionEncoding;
use tonic::server::NamedService;
use tonic::service::interceptor::InterceptedService;
use tower_service::Service;

use super::config::{Config, RequestEnd};
use super::{Call, CallFuture, Dispatch, ServiceName, head};
use crate::BoxError;

/// Serves `T`, an implementation of a generated trait, with the methods of the dispatch table `S`.
///
/// Generated files name it for one service: `type UserServiceServer<T> = Server<T, Methods>`. It is a
/// tower service for HTTP requests with any body, and goes where a server made by tonic goes.
pub struct Server<T, S> {
    service: Arc<T>,
    config: Config,
    methods: PhantomData<fn() -> S>,
}

impl<T, S> Server<T, S> {
    /// Serves `service`.
    pub fn new(service: T) -> Self {
        Self::from_arc(Arc::new(service))
    }

    /// Serves a service that others hold too.
    pub fn from_arc(service: Arc<T>) -> Self {
        Self { service, config: Config::default(), methods: PhantomData }
    }

    /// Serves `service` behind `interceptor`, which sees metadata and extensions of each call first, and
    /// may end it with a status.
    pub fn with_interceptor<F>(service: T, interceptor: F) -> InterceptedService<Self, F>
    where
        F: tonic::service::Interceptor,
    {
        InterceptedService::new(Self::new(service), interceptor)
    }

    /// Accepts requests that are compressed with `encoding`.
    #[must_use]
    pub fn accept_compressed(mut self, encoding: CompressionEncoding) -> Self {
        self.config.accept(encoding);
        self
    }

    /// Compresses answers with `encoding` for clients that accept it.
    #[must_use]
    pub fn send_compressed(mut self, encoding: CompressionEncoding) -> Self {
        self.config.send(encoding);
        self
    }

    /// Refuses messages of more than `limit` bytes; 4 MiB unless set.
    #[must_use]
    pub fn max_decoding_message_size(mut self, limit: usize) -> Self {
        self.config.max_decoding = Some(limit);
        self
    }

    /// Refuses to send messages of more than `limit` bytes; unlimited unless set.
    #[must_use]
    pub fn max_encoding_message_size(mut self, limit: usize) -> Self {
        self.config.max_encoding = Some(limit);
        self
    }

    /// Treats every end of a request body as the end of the request.
    ///
    /// For servers behind a layer that replaces request bodies and does not forward `http_body::Body::is_end_stream`,
    /// such as tower-http's `RequestBodyTimeoutLayer`: without this, their calls over HTTP/2 end with `CANCELLED`. With it,
    /// an upload that its client cancels can look complete.
    #[must_use]
    pub fn trust_request_end(mut self) -> Self {
        self.config.request_end = RequestEnd::Trusted;
        self
    }
}

impl<T, S, B> Service<http::Request<B>> for Server<T, S>
where
    S: Dispatch<T>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = CallFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> CallFuture {
        let mut request = request.map(Body::new);
        match head::read(&mut request) {
            Ok(deadline) => S::dispatch(Call::new(Arc::clone(&self.service), self.config, S::NAME, deadline, request)),
            Err(refusal) => refusal,
        }
    }
}

impl<T, S: ServiceName> NamedService for Server<T, S> {
    const NAME: &'static str = S::NAME;
}

// Derived, these would ask for a `T` that can do the same.
impl<T, S> Clone for Server<T, S> {
    fn clone(&self) -> Self {
        Self { service: Arc::clone(&self.service), config: self.config, methods: PhantomData }
    }
}

impl<T, S> fmt::Debug for Server<T, S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Server").field("config", &self.config).finish_non_exhaustive()
    }
}
