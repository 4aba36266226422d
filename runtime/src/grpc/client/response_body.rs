//! Body of a response whose errors are statuses.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use http_body::{Frame, SizeHint};
use pin_project_lite::pin_project;
use tonic::Status;

use super::send_error::SendError;
use super::status_repair::repair;
use crate::grpc::vocabulary::BoxError;

/// Content of a response body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Messages of gRPC. tonic reads the status from the head or from the trailers.
    Messages,
    /// Messages after a head with the status of a success, which applies if the trailers have none.
    MessagesAfterSuccess,
    /// Not gRPC, because the HTTP status is not 200. Data is dropped. The status is an error in the trailers, or derived
    /// from the HTTP status.
    HttpError,
}

impl Content {
    /// Removes or adds the status of a success, before tonic reads the trailers.
    fn correct(&mut self, trailers: &mut HeaderMap) {
        match self {
            Self::Messages => {}
            Self::MessagesAfterSuccess => {
                trailers.entry(Status::GRPC_STATUS).or_insert(HeaderValue::from_static("0"));
                *self = Self::Messages;
            }
            Self::HttpError => {
                if trailers.get(Status::GRPC_STATUS).is_some_and(|status| status.as_bytes() == b"0") {
                    trailers.remove(Status::GRPC_STATUS);
                }
            }
        }
    }
}

pin_project! {
    /// Body of a response. Its trailers are repaired, and data that is not gRPC is dropped.
    #[derive(Debug)]
    pub(crate) struct ResponseBody<B> {
        #[pin]
        body: B,
        content: Content,
        send_error: Option<SendError>,
    }
}

impl<B> ResponseBody<B> {
    pub(crate) fn new(body: B, content: Content, send_error: Option<SendError>) -> Self {
        Self { body, content, send_error }
    }
}

impl<B> http_body::Body for ResponseBody<B>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.project();
        let send_error = this.send_error.as_ref();
        let mut polled = this.body.poll_frame(context);
        match &mut polled {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(trailers) = frame.trailers_mut() {
                    repair(trailers);
                    this.content.correct(trailers);
                } else if let Some(data) = frame.data_mut().filter(|_| *this.content == Content::HttpError) {
                    data.clear();
                }
            }
            Poll::Ready(None) if *this.content == Content::MessagesAfterSuccess => {
                let mut trailers = HeaderMap::with_capacity(1);
                this.content.correct(&mut trailers);
                return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
            }
            Poll::Ready(_) | Poll::Pending => {}
        }
        polled.map_err(|error| SendError::or_transport_error(send_error, error.into()))
    }

    fn is_end_stream(&self) -> bool {
        self.content != Content::MessagesAfterSuccess && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
