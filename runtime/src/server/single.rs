//! Reads the one message of a unary request.
//!
//! What nearly every client sends, a whole message in one frame, is decoded where it lies. All else
//! (a message in pieces, errors of any kind) goes to tonic's reader with the frame read so far in
//! front, so that there is one set of rules for framing, sizes and statuses.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http::HeaderMap;
use http_body::Frame;
use http_body_util::BodyExt;
use prost::Message;
use tonic::body::Body;
use tonic::metadata::MetadataMap;
use tonic::{Status, Streaming};

use crate::codec::{Decode, Quota, decode};
use crate::size::{Bounded, DEFAULT_LIMIT, Encoding, PREFIX};

/// Reads an uncompressed body that must hold one message, to its end; returns it with the trailers.
///
/// # Errors
///
/// tonic's, but `RESOURCE_EXHAUSTED` for a message over `limit`, and `INTERNAL` for a second one.
pub(crate) async fn read<M>(mut body: Body, limit: Option<usize>) -> Result<(M, Option<HeaderMap>), Status>
where
    M: Message + Default + 'static,
{
    let mut first = match body.frame().await {
        Some(Ok(frame)) => frame,
        Some(Err(status)) => return one(replay(Err(status), body, Quota::AtMost(1), limit)).await,
        None => return Err(missing()),
    };
    let Some(payload) = first.data_mut().and_then(|data| whole(data, limit)) else {
        return one(replay(Ok(first), body, Quota::AtMost(1), limit)).await;
    };
    let message = decode(payload)?;
    let after = match body.frame().await {
        None => return Ok((message, None)),
        Some(Ok(frame)) => match frame.into_trailers() {
            Ok(trailers) => return Ok((message, Some(trailers))),
            Err(frame) => Ok(frame),
        },
        Some(Err(status)) => Err(status),
    };
    let trailers = end(replay::<M>(after, body, Quota::AtMost(0), limit)).await?;
    Ok((message, trailers))
}

// Both are boxed, so that the common path does not carry the room for them.

/// The one message of a stream, and its trailers.
fn one<M: Send + 'static>(mut messages: Streaming<M>) -> Later<(M, Option<HeaderMap>)> {
    Box::pin(async move {
        let message = messages.message().await?.ok_or_else(missing)?;
        Ok((message, end(messages).await?))
    })
}

/// The trailers of a stream that has no more messages.
fn end<M: Send + 'static>(mut messages: Streaming<M>) -> Later<Option<HeaderMap>> {
    Box::pin(async move {
        let trailers = messages.trailers().await?;
        Ok(trailers.map(MetadataMap::into_headers))
    })
}

type Later<T> = Pin<Box<dyn Future<Output = Result<T, Status>> + Send>>;

fn missing() -> Status {
    Status::internal("Missing request message.")
}

/// The message in `frame`, if the frame is one whole uncompressed message of an allowed size.
fn whole(frame: &mut Bytes, limit: Option<usize>) -> Option<Bytes> {
    let [0, a, b, c, d] = *frame.first_chunk::<PREFIX>()? else {
        return None;
    };
    let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
    if frame.len() - PREFIX != length || length > limit.unwrap_or(DEFAULT_LIMIT) {
        return None;
    }
    frame.advance(PREFIX);
    Some(std::mem::take(frame))
}

/// tonic's reader over a body whose first frame has been taken.
fn replay<M>(first: Result<Frame<Bytes>, Status>, body: Body, quota: Quota, limit: Option<usize>) -> Streaming<M>
where
    M: Message + Default + 'static,
{
    let body = Bounded::received(Replay { first: Some(first), body }, limit, Encoding::Identity);
    Streaming::new_request(Decode::new(quota), body, None, limit)
}

/// A body with a frame put back in front.
struct Replay {
    first: Option<Result<Frame<Bytes>, Status>>,
    body: Body,
}

impl http_body::Body for Replay {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        match self.first.take() {
            Some(frame) => Poll::Ready(Some(frame)),
            None => Pin::new(&mut self.body).poll_frame(context),
        }
    }
}
