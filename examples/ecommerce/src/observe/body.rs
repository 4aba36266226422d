//! Body of an answer, which looks for the trailers.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tonic::body::Body;
use transom::Status;

use super::record::Record;
use crate::connection::Turn;

/// A body that records how the call ends, and which side it waits for.
#[derive(Debug)]
pub(super) struct Observed {
    body: Body,
    record: Record,
}

impl Observed {
    /// Creates the body of a call. hyper asks for a frame when the client has room for it.
    pub(super) fn new(body: Body, mut record: Record) -> Self {
        record.set_turn(Turn::Client);
        Self { body, record }
    }
}

impl http_body::Body for Observed {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        self.record.set_turn(Turn::Server);
        let mut frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        self.record.set_turn(Turn::Client);
        if let Some(Ok(frame)) = &mut frame
            && let Some(trailers) = frame.trailers_mut()
        {
            self.record.end_with(trailers);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
