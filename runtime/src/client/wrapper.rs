//! Layer between tonic's client and the transport, with access to bodies and errors.
//!
//! - An answer ends at the deadline of its call.
//! - Messages over the limits are refused.
//! - An answer that is not gRPC, or an error of the transport, is converted to the status that gRPC specifies for it.
//! - Statuses are repaired before tonic reads them.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use pin_project_lite::pin_project;
use tonic::Status;
use tonic::body::Body;
use tower_service::Service;

use super::head::{self, Content};
use super::repair::repair;
use super::{Transport, failure};
use crate::BoxError;
use crate::deadline::{Deadline, Limited};
use crate::ending::Ending;
use crate::size::{Bounded, Encoding};

/// The sizes that messages of a call may have, in bytes; stands among the request's extensions on its way here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) received: Option<usize>,
    pub(crate) sent: Option<usize>,
}

/// A transport that keeps the deadlines and limits that stand among the extensions of its requests.
#[derive(Debug, Clone)]
pub(crate) struct Guarded<C>(pub(crate) C);

impl<C: Transport> Service<http::Request<Body>> for Guarded<C> {
    type Response = http::Response<Limited<Bounded<Received<C::ResponseBody>>>>;
    type Error = BoxError;
    type Future = Answer<C::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context).map_err(|error| failure::status(error.into()).into())
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        // Taken out, so that they do not travel on with what a server in the same process makes of its request.
        let limits = request.extensions_mut().remove::<Limits>();
        let deadline = request.extensions().get().copied();
        let refusal = limits.and_then(|limits| limits.sent).map(|limit| {
            let refusal = Refusal::default();
            let body = std::mem::take(request.body_mut());
            *request.body_mut() = refusal.watch(Bounded::sent(body, limit, Ending::Error));
            refusal
        });
        Answer { deadline, limit: limits.and_then(|limits| limits.received), refusal, head: self.0.call(request) }
    }
}

/// Why the messages of a call could not be sent, if so.
///
/// To a transport the error of a body is a reason to reset the call, and what it tells of that is of no use.
#[derive(Debug, Clone, Default)]
struct Refusal(Arc<OnceLock<Status>>);

impl Refusal {
    /// The body, with its error written down.
    fn watch(&self, body: Bounded<Body>) -> Body {
        let Self(first) = self.clone();
        Body::new(body.map_err(move |status| first.get_or_init(|| status).clone()))
    }

    /// The status of a call that ended with `error`.
    fn explain(refusal: Option<&Self>, error: BoxError) -> BoxError {
        let status = match refusal.and_then(|Self(first)| first.get()) {
            Some(status) => status.clone(),
            None => failure::status(error),
        };
        status.into()
    }
}

pin_project! {
    /// The answer's head, on its way.
    #[derive(Debug)]
    pub(crate) struct Answer<F> {
        deadline: Option<Deadline>,
        limit: Option<usize>,
        refusal: Option<Refusal>,
        #[pin]
        head: F,
    }
}

impl<F, B, E> Future for Answer<F>
where
    F: Future<Output = Result<http::Response<B>, E>>,
    E: Into<BoxError>,
{
    type Output = Result<http::Response<Limited<Bounded<Received<B>>>>, BoxError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut head = match ready!(this.head.poll(context)) {
            Ok(head) => head,
            Err(error) => return Poll::Ready(Err(Refusal::explain(this.refusal.as_ref(), error.into()))),
        };
        let content = match head::check(&mut head) {
            Ok(content) => content,
            Err(status) => return Poll::Ready(Err(status.into())),
        };
        let encoding = Encoding::of(head.headers());
        Poll::Ready(Ok(head.map(|body| {
            let body = Received { body, content, refusal: this.refusal.take() };
            Limited::new(Bounded::received(body, *this.limit, encoding), *this.deadline, Ending::Error)
        })))
    }
}

pin_project! {
    /// An answer's body, its error a status.
    #[derive(Debug)]
    pub(crate) struct Received<B> {
        #[pin]
        body: B,
        content: Content,
        refusal: Option<Refusal>,
    }
}

impl<B> http_body::Body for Received<B>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.project();
        let refusal = this.refusal.as_ref();
        let mut polled = this.body.poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &mut polled {
            if let Some(trailers) = frame.trailers_mut() {
                repair(trailers);
            } else if let Some(data) = frame.data_mut() {
                this.content.filter(data);
            }
        }
        polled.map_err(|error| Refusal::explain(refusal, error.into()))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
