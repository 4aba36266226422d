//! Body of a request without trailers, whose end is checked.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Version};
use http_body::{Frame, SizeHint};
use tonic::body::Body;
use tonic::{Code, GrpcMethod, Status};

use super::config::RequestEnd;
use crate::grpc::error_source::{causes, is_http};

/// Data of a request body. Trailers are dropped. A body that was cut off ends with `CANCELLED`, and so does the body of a
/// connection that was lost.
///
/// gRPC defines no trailers for requests. tonic merges them into the metadata, where they would replace values that an
/// interceptor has checked.
#[derive(Debug)]
pub(crate) struct RequestBody {
    body: Body,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open(EndSignal),
    Ended,
}

/// Signal that a request body is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EndSignal {
    /// END_STREAM, for a connection of HTTP/2. hyper ends the body of a stream that was reset with `NO_ERROR` like a
    /// complete body. Only `is_end_stream` distinguishes the two; bodies of hyper, axum and tonic forward it.
    EndStream,
    /// The end of the body. Another protocol reports a cut as an error; a body of this process needs no `is_end_stream`.
    EndOfBody,
}

impl EndSignal {
    /// Requests of HTTP/2 have a scheme. A client in this process may set one too, but its `GrpcMethod` is among the
    /// extensions, which a connection does not transmit.
    fn from_request<B>(request: &Request<B>, end: RequestEnd) -> Self {
        let is_remote = end == RequestEnd::Checked
            && request.version() == Version::HTTP_2
            && request.uri().scheme().is_some()
            && request.extensions().get::<GrpcMethod<'static>>().is_none();
        if is_remote { Self::EndStream } else { Self::EndOfBody }
    }
}

impl RequestBody {
    /// Replaces the body of `request`.
    pub(crate) fn wrap(request: Request<Body>, end: RequestEnd) -> Request<Self> {
        let state = State::Open(EndSignal::from_request(&request, end));
        request.map(|body| Self { body, state })
    }

    /// Splits `request` into its head and its body. Moves the head once less than [`wrap`](Self::wrap) does.
    #[inline]
    pub(crate) fn split(request: Request<Body>, end: RequestEnd) -> (Parts, Self) {
        let state = State::Open(EndSignal::from_request(&request, end));
        let (parts, body) = request.into_parts();
        (parts, Self { body, state })
    }
}

impl http_body::Body for RequestBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let State::Open(end_signal) = self.state else {
            return Poll::Ready(None);
        };
        let end = match ready!(Pin::new(&mut self.body).poll_frame(context)) {
            Some(Ok(frame)) if frame.is_data() => return Poll::Ready(Some(Ok(frame))),
            // Trailers end a body.
            Some(Ok(_)) => None,
            Some(Err(status)) => Some(Err(cancelled_by_http(status))),
            None if end_signal == EndSignal::EndStream && !self.body.is_end_stream() => Some(Err(cut_off())),
            None => None,
        };
        self.state = State::Ended;
        Poll::Ready(end)
    }

    fn is_end_stream(&self) -> bool {
        self.state == State::Ended || self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Converts the loss of the connection, and the reset of the stream, to `CANCELLED`. gRPC for Go and for Java have the
/// same code. Returns every other status unchanged.
fn cancelled_by_http(status: Status) -> Status {
    if status.code() == Code::Cancelled || !is_http(&status) {
        return status;
    }
    let cause = causes(&status).last().map(ToString::to_string).unwrap_or_default();
    let mut cancelled = Status::cancelled(format!("the request did not arrive completely: {cause}"));
    cancelled.set_source(Arc::new(status));
    cancelled
}

fn cut_off() -> Status {
    // After a reset no client reads the text. It is for servers with a layer that hides the end.
    Status::cancelled(
        "the request was cancelled before its end, or a layer of the server replaces the body without `is_end_stream`",
    )
}
