//! Future of a response.

use std::convert::Infallible;
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

use tonic::body::Body;

use crate::grpc::deadline::status::exceeded;
use crate::grpc::deadline::{Deadline, DeadlineFuture};

/// Future of the response to a call. Dropping it drops the handler.
#[must_use = "futures do nothing unless polled"]
pub struct CallFuture(Pin<Box<dyn Future<Output = http::Response<Body>> + Send + 'static>>);

impl CallFuture {
    /// Creates a future that returns `response` at once.
    pub(crate) fn ready(response: http::Response<Body>) -> Self {
        Self(Box::pin(ready(response)))
    }

    /// Creates a future that ends with `DEADLINE_EXCEEDED` at the deadline.
    pub(crate) fn new<F>(deadline: Option<Deadline>, response: F) -> Self
    where
        F: Future<Output = http::Response<Body>> + Send + 'static,
    {
        let on_expired = || exceeded().into_http();
        Self(Box::pin(DeadlineFuture::new(deadline, on_expired, response)))
    }
}

impl Future for CallFuture {
    type Output = Result<http::Response<Body>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context).map(Ok)
    }
}

impl fmt::Debug for CallFuture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CallFuture").finish_non_exhaustive()
    }
}
