//! Body of a response whose errors are statuses.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use pin_project_lite::pin_project;

use super::response_head::Content;
use super::send_error::SendError;
use super::status_repair::repair;
use crate::grpc::vocabulary::BoxError;

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
        if let Poll::Ready(Some(Ok(frame))) = &mut polled {
            if let Some(trailers) = frame.trailers_mut() {
                repair(trailers);
            } else if let Some(data) = frame.data_mut() {
                this.content.filter(data);
            }
        }
        polled.map_err(|error| SendError::or_transport_error(send_error, error.into()))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
