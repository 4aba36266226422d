//! Body of a request, as handlers may trust it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Version};
use http_body::{Frame, SizeHint};
use tonic::body::Body;
use tonic::{GrpcMethod, Status};

use super::config::RequestEnd;

/// The messages of a request, without trailers. A body that was cut off ends with `CANCELLED`.
///
/// gRPC defines no trailers for requests. tonic merges them into the metadata, where they would replace values that an
/// interceptor has checked.
#[derive(Debug)]
pub(crate) struct Incoming {
    body: Body,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open(Origin),
    Ended,
}

/// The other side of a request body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// A connection of HTTP/2. hyper ends the body of a stream that was reset with `NO_ERROR` like a complete one. Only
    /// `is_end_stream` distinguishes the two, and bodies of hyper, axum and tonic forward it.
    Http2,
    /// Another protocol, which reports a cut as an error, or a body of this process, which needs no `is_end_stream`.
    Other,
}

impl Origin {
    /// Requests of HTTP/2 have a scheme. A client of this process may write one too, but leaves its method among the
    /// extensions, which do not pass a connection.
    fn of<B>(request: &Request<B>, end: RequestEnd) -> Self {
        let is_remote = end == RequestEnd::Checked
            && request.version() == Version::HTTP_2
            && request.uri().scheme().is_some()
            && request.extensions().get::<GrpcMethod<'static>>().is_none();
        if is_remote { Self::Http2 } else { Self::Other }
    }
}

impl Incoming {
    /// Replaces the body of `request`.
    pub(crate) fn wrap(request: Request<Body>, end: RequestEnd) -> Request<Self> {
        let state = State::Open(Origin::of(&request, end));
        request.map(|body| Self { body, state })
    }

    /// Takes `request` apart. Unlike [`wrap`](Self::wrap), it does not move the head of the request once more.
    #[inline]
    pub(crate) fn split(request: Request<Body>, end: RequestEnd) -> (Parts, Self) {
        let state = State::Open(Origin::of(&request, end));
        let (parts, body) = request.into_parts();
        (parts, Self { body, state })
    }
}

impl http_body::Body for Incoming {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let State::Open(origin) = self.state else {
            return Poll::Ready(None);
        };
        let end = match ready!(Pin::new(&mut self.body).poll_frame(context)) {
            Some(Ok(frame)) if frame.is_data() => return Poll::Ready(Some(Ok(frame))),
            // Trailers end a body.
            Some(Ok(_)) => None,
            Some(Err(status)) => Some(Err(status)),
            None if origin == Origin::Http2 && !self.body.is_end_stream() => Some(Err(cut_off())),
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

fn cut_off() -> Status {
    // Nobody reads the text after a reset. Behind a layer that hides the end, it is the only hint.
    Status::cancelled(
        "the request was cancelled before its end, or a layer of the server replaces the body without `is_end_stream`",
    )
}
