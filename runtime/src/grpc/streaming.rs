//! Stream of the messages that a peer sends.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::StatusCode;
use http_body::Body;
use http_body_util::BodyExt;
use tokio::task::coop::poll_proceed;
use tonic::Status;
use tonic::codec::{CompressionEncoding, Decoder};
use tonic::metadata::MetadataMap;

use super::cancellation;
use super::vocabulary::BoxError;

/// Messages of a streaming call: the requests that a handler reads, or the responses that a client reads.
///
/// The methods are those of `tonic::Streaming`, and a stream of tonic converts with `From`. There are three differences:
///
/// - The stream ends after an error: one `Err(status)`, then `None`. A loop that skips errors therefore ends.
/// - A request that its client cancelled ends with `CANCELLED`, and not as if it were complete. A stream that was
///   converted with `From` ends with `CANCELLED` only if its body came through a server of this crate.
/// - The stream takes part in tokio's cooperative scheduling. A peer that always has another message cannot keep timers
///   of the same task, such as the deadline of the call or `tokio::time::timeout`, from firing.
///
/// ```
/// # use transom::{Status, Streaming};
/// # async fn read<M>(mut messages: Streaming<M>) -> Result<u64, Status> {
/// let mut count = 0;
/// while let Some(message) = messages.message().await? {
///     # drop(message);
///     count += 1;
/// }
/// # Ok(count)
/// # }
/// ```
pub struct Streaming<M> {
    /// `None` after an error, and when the trailers were taken.
    messages: Option<tonic::Streaming<M>>,
    progress: Progress,
    /// Number of messages until the next check of the task's budget.
    unchecked: u8,
}

/// Number of messages for one unit of the task's budget. A check for each message would slow down small messages.
const MESSAGES_PER_UNIT: u8 = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Open,
    Ended,
}

impl<M> Streaming<M> {
    /// Reads the messages of a response body.
    pub fn new_response<B, D>(
        decoder: D,
        body: B,
        status: StatusCode,
        encoding: Option<CompressionEncoding>,
        max_message_size: Option<usize>,
    ) -> Self
    where
        B: Body + Send + 'static,
        B::Error: Into<BoxError>,
        D: Decoder<Item = M, Error = Status> + Send + 'static,
    {
        tonic::Streaming::new_response(decoder, body, status, encoding, max_message_size).into()
    }

    /// Reads a response without messages, whose status is in its headers.
    pub fn new_empty<B, D>(decoder: D, body: B) -> Self
    where
        B: Body + Send + 'static,
        B::Error: Into<BoxError>,
        D: Decoder<Item = M, Error = Status> + Send + 'static,
    {
        tonic::Streaming::new_empty(decoder, body).into()
    }

    /// Reads the messages of a request body.
    pub fn new_request<B, D>(
        decoder: D,
        body: B,
        encoding: Option<CompressionEncoding>,
        max_message_size: Option<usize>,
    ) -> Self
    where
        B: Body + Send + 'static,
        B::Error: Into<BoxError>,
        D: Decoder<Item = M, Error = Status> + Send + 'static,
    {
        let body = body.map_err(|error| cancellation::hide(Status::from_error(error.into())));
        tonic::Streaming::new_request(decoder, body, encoding, max_message_size).into()
    }

    /// Returns the next message, or `None` at the end of the stream.
    ///
    /// # Errors
    ///
    /// The status that ended the stream, once.
    pub async fn message(&mut self) -> Result<Option<M>, Status> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// Returns the trailing metadata of a response, once. Drops the messages that were not read.
    ///
    /// A request has no trailing metadata, so a server always gets `None`.
    ///
    /// # Errors
    ///
    /// The status that ended the stream, if it was not returned before.
    pub async fn trailers(&mut self) -> Result<Option<MetadataMap>, Status> {
        while self.message().await?.is_some() {}
        match self.messages.take() {
            Some(mut messages) => messages.trailers().await,
            None => Ok(None),
        }
    }
}

impl<M> Stream for Streaming<M> {
    type Item = Result<M, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let (Progress::Open, Some(messages)) = (this.progress, &mut this.messages) else {
            return Poll::Ready(None);
        };
        let budget = if this.unchecked == 0 { Some(ready!(poll_proceed(context))) } else { None };
        let polled = Pin::new(messages).poll_next(context);
        match polled {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Some(Ok(_))) => {}
            // tonic returns some errors on every further poll.
            Poll::Ready(Some(Err(status))) => {
                this.messages = None;
                return Poll::Ready(Some(Err(cancellation::reveal(status))));
            }
            Poll::Ready(None) => this.progress = Progress::Ended,
        }
        this.unchecked = match budget {
            Some(budget) => {
                budget.made_progress();
                MESSAGES_PER_UNIT - 1
            }
            None => this.unchecked - 1,
        };
        polled
    }
}

impl<M> From<tonic::Streaming<M>> for Streaming<M> {
    fn from(messages: tonic::Streaming<M>) -> Self {
        Self { messages: Some(messages), progress: Progress::Open, unchecked: 0 }
    }
}

impl<M> fmt::Debug for Streaming<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Streaming").field("progress", &self.progress).finish_non_exhaustive()
    }
}
