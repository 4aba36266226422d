//! Ends the body of an answer at the deadline of its call.
//!
//! Stands between tonic's client and the transport, where the body is still to be had.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tonic::body::Body;
use tower_service::Service;

use super::Transport;
use crate::BoxError;
use crate::deadline::{Deadline, Ending, Limited};

/// A transport whose answers end at the deadline that stands among the request's extensions.
#[derive(Debug, Clone)]
pub(crate) struct Punctual<C>(pub(crate) C);

impl<C: Transport> Service<http::Request<Body>> for Punctual<C> {
    type Response = http::Response<Limited<C::ResponseBody>>;
    type Error = BoxError;
    type Future = Answer<C::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Answer { deadline: request.extensions().get().copied(), head: self.0.call(request) }
    }
}

pin_project! {
    /// The answer's head, on its way.
    #[derive(Debug)]
    pub(crate) struct Answer<F> {
        deadline: Option<Deadline>,
        #[pin]
        head: F,
    }
}

impl<F, B, E> Future for Answer<F>
where
    F: Future<Output = Result<http::Response<B>, E>>,
    E: Into<BoxError>,
{
    type Output = Result<http::Response<Limited<B>>, BoxError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let head = ready!(this.head.poll(context)).map_err(Into::into)?;
        Poll::Ready(Ok(head.map(|body| Limited::new(body, *this.deadline, Ending::Error))))
    }
}
