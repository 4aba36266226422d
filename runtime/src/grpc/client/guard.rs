//! Layer between tonic's client and the transport.
//!
//! - A response ends at the deadline of its call.
//! - Messages over the limits are rejected.
//! - A response that is not gRPC, or an error of the transport, is converted to the status that gRPC specifies.
//! - Malformed statuses are repaired before tonic reads them.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tonic::body::Body;
use tower_service::Service;

use super::response_body::ResponseBody;
use super::send_error::SendError;
use super::transport::Transport;
use super::{response_head, transport_error};
use crate::grpc::deadline::{Deadline, DeadlineBody};
use crate::grpc::message::body_end::BodyEnd;
use crate::grpc::message::encoding::Encoding;
use crate::grpc::message::size_limit::SizeLimitBody;
use crate::grpc::vocabulary::BoxError;

/// Size limits of the messages of a call in bytes. [`Client`](super::Client) passes them in the request's extensions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MessageLimits {
    pub(crate) received: Option<usize>,
    pub(crate) sent: Option<usize>,
}

/// Transport that enforces the deadline and the limits in the extensions of its requests.
#[derive(Debug, Clone)]
pub(crate) struct GuardedTransport<C>(pub(crate) C);

/// Body of a response with all checks.
type GuardedBody<B> = DeadlineBody<SizeLimitBody<ResponseBody<B>>>;

impl<C: Transport> Service<http::Request<Body>> for GuardedTransport<C> {
    type Response = http::Response<GuardedBody<C::ResponseBody>>;
    type Error = BoxError;
    type Future = ResponseFuture<C::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context).map_err(|error| transport_error::to_status(error.into()).into())
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        // Removed: a server in the same process may copy the extensions to the calls that it makes.
        let limits = request.extensions_mut().remove::<MessageLimits>();
        let deadline = request.extensions().get().copied();
        let send_error = limits.and_then(|limits| limits.sent).map(|limit| {
            let send_error = SendError::default();
            let body = std::mem::take(request.body_mut());
            *request.body_mut() = send_error.record(SizeLimitBody::sent(body, limit, BodyEnd::Error));
            send_error
        });
        let limit = limits.and_then(|limits| limits.received);
        ResponseFuture { deadline, limit, send_error, response: self.0.call(request) }
    }
}

pin_project! {
    /// Future of the head of a response.
    #[derive(Debug)]
    pub(crate) struct ResponseFuture<F> {
        deadline: Option<Deadline>,
        limit: Option<usize>,
        send_error: Option<SendError>,
        #[pin]
        response: F,
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<http::Response<B>, E>>,
    B: http_body::Body,
    E: Into<BoxError>,
{
    type Output = Result<http::Response<GuardedBody<B>>, BoxError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = match ready!(this.response.poll(context)) {
            Ok(response) => response,
            Err(error) => {
                return Poll::Ready(Err(SendError::or_transport_error(this.send_error.as_ref(), error.into())));
            }
        };
        let content = match response_head::check(&mut response) {
            Ok(content) => content,
            Err(status) => return Poll::Ready(Err(status.into())),
        };
        let encoding = Encoding::from_headers(response.headers());
        Poll::Ready(Ok(response.map(|body| {
            let body = ResponseBody::new(body, content, this.send_error.take());
            DeadlineBody::new(SizeLimitBody::received(body, *this.limit, encoding), *this.deadline, BodyEnd::Error)
        })))
    }
}
