//! Size limit of messages, checked on the bytes of a body.
//!
//! gRPC's status for a message over the limit is `RESOURCE_EXHAUSTED`; tonic's is `OUT_OF_RANGE`. [`SizeLimitBody`] reads
//! the prefixes of the messages before tonic does, so handler, client and peer all get `RESOURCE_EXHAUSTED`. A status of
//! a handler is never changed. tonic checks the size of a message after decompression, with the right status.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame};
use pin_project_lite::pin_project;
use tokio::task::coop::poll_proceed;
use tonic::Status;

use super::body_end::BodyEnd;
use super::encoding::Encoding;
use super::prefix::{OversizedMessage, PrefixScanner};

/// Default limit of a received message in bytes; the same as tonic's.
pub(crate) const DEFAULT_LIMIT: usize = 4 * 1024 * 1024;

/// Checks the size of a message before it is sent, in bytes.
///
/// # Errors
///
/// `RESOURCE_EXHAUSTED` above `limit`.
pub(crate) fn check_sent(length: usize, limit: usize) -> Result<(), Status> {
    if length <= limit { Ok(()) } else { Err(Direction::Sent.status(length, limit)) }
}

/// Direction of a message.
#[derive(Debug, Clone, Copy)]
enum Direction {
    Received,
    Sent,
}

impl Direction {
    /// Returns the status of a message over the limit. The texts are tonic's.
    fn status(self, length: usize, limit: usize) -> Status {
        let verb = match self {
            Self::Received => "decoded",
            Self::Sent => "encoded",
        };
        Status::resource_exhausted(format!(
            "Error, {verb} message length too large: found {length} bytes, the limit is: {limit} bytes"
        ))
    }
}

pin_project! {
    /// Body that ends before its first message over the limit. Earlier messages pass.
    #[derive(Debug)]
    pub(crate) struct SizeLimitBody<B> {
        #[pin]
        body: B,
        scanner: PrefixScanner,
        direction: Direction,
        body_end: BodyEnd,
        state: State,
    }
}

#[derive(Debug)]
enum State {
    Open,
    /// The data before the message has been passed on. The next frame is the status.
    Rejected(Status),
    Ended,
}

impl<B> SizeLimitBody<B> {
    /// Creates the body for received messages; the limit is [`DEFAULT_LIMIT`] if there is none.
    pub(crate) fn received(body: B, limit: Option<usize>, encoding: Encoding) -> Self {
        Self::new(body, limit.unwrap_or(DEFAULT_LIMIT), encoding, Direction::Received, BodyEnd::Error)
    }

    /// Creates the body for sent messages.
    pub(crate) fn sent(body: B, limit: usize, body_end: BodyEnd) -> Self {
        Self::new(body, limit, Encoding::Compressed, Direction::Sent, body_end)
    }

    fn new(body: B, limit: usize, encoding: Encoding, direction: Direction, body_end: BodyEnd) -> Self {
        Self { body, scanner: PrefixScanner::new(limit, encoding), direction, body_end, state: State::Open }
    }
}

impl<B> Body for SizeLimitBody<B>
where
    B: Body<Data = Bytes>,
    B::Error: From<Status>,
{
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let this = self.project();
        match std::mem::replace(this.state, State::Ended) {
            State::Open => *this.state = State::Open,
            State::Rejected(status) => return Poll::Ready(Some(this.body_end.frame(status))),
            State::Ended => return Poll::Ready(None),
        }
        // tonic polls until a message is complete. A body whose frames complete no message must still yield.
        let budget = ready!(poll_proceed(context));
        let polled = ready!(this.body.poll_frame(context));
        budget.made_progress();
        let frame = match polled {
            Some(Ok(frame)) => frame,
            end => {
                *this.state = State::Ended;
                return Poll::Ready(end);
            }
        };
        let mut data = match frame.into_data() {
            Ok(data) => data,
            Err(trailers) => return Poll::Ready(Some(check_trailers(this.scanner, trailers).map_err(B::Error::from))),
        };
        let Some(OversizedMessage { start, length }) = this.scanner.find_oversized(&data) else {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        };
        let status = this.direction.status(length, this.scanner.limit());
        if start == 0 {
            *this.state = State::Ended;
            return Poll::Ready(Some(this.body_end.frame(status)));
        }
        data.truncate(start);
        *this.state = State::Rejected(status);
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        match self.state {
            State::Open => self.body.is_end_stream(),
            State::Rejected(_) => false,
            State::Ended => true,
        }
    }
}

/// Checks that a success does not cut off the last message. tonic drops an incomplete message without an error.
fn check_trailers(scanner: &PrefixScanner, trailers: Frame<Bytes>) -> Result<Frame<Bytes>, Status> {
    let is_success = trailers
        .trailers_ref()
        .and_then(|trailers| trailers.get(Status::GRPC_STATUS))
        .is_none_or(|status| status.as_bytes() == b"0");
    if is_success && scanner.is_inside_message() {
        return Err(Status::internal("the last message is cut off"));
    }
    Ok(trailers)
}
