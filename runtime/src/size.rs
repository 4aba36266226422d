//! The limit on the size of a message, held where its bytes come in or go out.
//!
//! gRPC's status for a message over the limit is `RESOURCE_EXHAUSTED`, tonic's is `OUT_OF_RANGE`. [`Bounded`] reads the
//! prefixes of the messages before tonic does, so a handler, a client and the peer all get the former, and a status
//! that a handler chose itself is never touched. What a message weighs when it is decompressed, tonic measures, with
//! the right status.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, HeaderName};
use http_body::{Body, Frame};
use pin_project_lite::pin_project;
use tokio::task::coop::poll_proceed;
use tonic::Status;

use crate::ending::Ending;

/// What a received message may weigh when nothing else is set, in bytes; tonic's own default.
pub(crate) const DEFAULT_LIMIT: usize = 4 * 1024 * 1024;

/// Compressed-flag and length: what stands before each message, in bytes.
pub(crate) const PREFIX: usize = 5;

pub(crate) static ENCODING: HeaderName = HeaderName::from_static("grpc-encoding");

/// Whether the messages of a body may be compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Identity,
    Compressed,
}

impl Encoding {
    /// What the head of a request or an answer says of its body.
    pub(crate) fn of(head: &HeaderMap) -> Self {
        match head.get(&ENCODING) {
            Some(encoding) if encoding != "identity" => Self::Compressed,
            _ => Self::Identity,
        }
    }
}

/// Checks the size of a message that is to be sent, in bytes.
///
/// # Errors
///
/// `RESOURCE_EXHAUSTED` above `limit`.
pub(crate) fn check_sent(length: usize, limit: usize) -> Result<(), Status> {
    if length <= limit { Ok(()) } else { Err(Way::Sent.status(length, limit)) }
}

/// The side of the wire that a limit is for.
#[derive(Debug, Clone, Copy)]
enum Way {
    Received,
    Sent,
}

impl Way {
    /// The texts are tonic's.
    fn status(self, length: usize, limit: usize) -> Status {
        let done = match self {
            Self::Received => "decoded",
            Self::Sent => "encoded",
        };
        Status::resource_exhausted(format!(
            "Error, {done} message length too large: found {length} bytes, the limit is: {limit} bytes"
        ))
    }
}

pin_project! {
    /// A body of messages that ends before the first one over the limit; what comes before that one passes.
    #[derive(Debug)]
    pub(crate) struct Bounded<B> {
        #[pin]
        body: B,
        messages: Messages,
        way: Way,
        ending: Ending,
        state: State,
    }
}

#[derive(Debug)]
enum State {
    Open,
    /// What was before the message has been passed on, the status not yet.
    Refused(Status),
    Ended,
}

impl<B> Bounded<B> {
    /// A body that is received; `None` stands for the default limit.
    pub(crate) fn received(body: B, limit: Option<usize>, encoding: Encoding) -> Self {
        Self::new(body, limit.unwrap_or(DEFAULT_LIMIT), encoding, Way::Received, Ending::Error)
    }

    /// A body that is sent.
    pub(crate) fn sent(body: B, limit: usize, ending: Ending) -> Self {
        Self::new(body, limit, Encoding::Compressed, Way::Sent, ending)
    }

    fn new(body: B, limit: usize, encoding: Encoding, way: Way, ending: Ending) -> Self {
        let messages = Messages { limit, encoding, prefix: 0, seen: 0, payload: 0 };
        Self { body, messages, way, ending, state: State::Open }
    }
}

impl<B> Body for Bounded<B>
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
            State::Refused(status) => return Poll::Ready(Some(this.ending.frame(status))),
            State::Ended => return Poll::Ready(None),
        }
        // tonic polls on until a message is complete, so frames without one must not be ready for ever.
        let turn = ready!(poll_proceed(context));
        let polled = ready!(this.body.poll_frame(context));
        turn.made_progress();
        let frame = match polled {
            Some(Ok(frame)) => frame,
            end => {
                *this.state = State::Ended;
                return Poll::Ready(end);
            }
        };
        let mut data = match frame.into_data() {
            Ok(data) => data,
            Err(trailers) => return Poll::Ready(Some(this.messages.end(trailers).map_err(B::Error::from))),
        };
        let Some(Excess { start, length }) = this.messages.excess(&data) else {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        };
        let status = this.way.status(length, this.messages.limit);
        if start == 0 {
            *this.state = State::Ended;
            return Poll::Ready(Some(this.ending.frame(status)));
        }
        data.truncate(start);
        *this.state = State::Refused(status);
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        match self.state {
            State::Open => self.body.is_end_stream(),
            State::Refused(_) => false,
            State::Ended => true,
        }
    }
}

/// Finds the messages in a body that comes in pieces of any size.
#[derive(Debug)]
struct Messages {
    limit: usize,
    encoding: Encoding,
    /// The bytes of the prefix that were seen, the latest lowest.
    prefix: u64,
    seen: usize,
    /// What is still to come of the message.
    payload: usize,
}

/// A message over the limit.
#[derive(Debug)]
struct Excess {
    /// Where it begins in the piece; at 0 if it began in an earlier one.
    start: usize,
    length: usize,
}

impl Messages {
    /// Checks that no message is cut off by the trailers of a success. tonic drops what it has of such a message.
    fn end(&self, trailers: Frame<Bytes>) -> Result<Frame<Bytes>, Status> {
        let is_success = trailers
            .trailers_ref()
            .and_then(|trailers| trailers.get(Status::GRPC_STATUS))
            .is_none_or(|status| status.as_bytes() == b"0");
        if is_success && (self.seen > 0 || self.payload > 0) {
            return Err(Status::internal("the last message is cut off"));
        }
        Ok(trailers)
    }

    /// Reads on, to the first message over the limit.
    fn excess(&mut self, piece: &[u8]) -> Option<Excess> {
        let mut rest = piece;
        let mut start = 0;
        loop {
            let skipped = self.payload.min(rest.len());
            self.payload -= skipped;
            rest = rest.get(skipped..)?;
            let (&byte, tail) = rest.split_first()?;
            if self.seen == 0 {
                start = piece.len() - rest.len();
            }
            rest = tail;
            self.prefix = self.prefix << 8 | u64::from(byte);
            self.seen += 1;
            if self.seen < PREFIX {
                continue;
            }
            self.seen = 0;
            let [.., flag, a, b, c, d] = self.prefix.to_be_bytes();
            let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
            if length > self.limit && self.allows(flag) {
                return Some(Excess { start, length });
            }
            self.payload = length;
        }
    }

    /// Whether the compressed-flag is valid; with any other the message is refused for that, by tonic.
    fn allows(&self, flag: u8) -> bool {
        match self.encoding {
            Encoding::Identity => flag == 0,
            Encoding::Compressed => flag <= 1,
        }
    }
}
