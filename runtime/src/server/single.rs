//! Reads the one message of a unary request.
//!
//! What nearly every client sends, a whole message in one frame, is decoded where it lies. All else
//! (a message in pieces, errors of any kind) goes to tonic's reader with the frames read so far in
//! front, so that there is one set of rules for framing, sizes and statuses.
//!
//! tonic takes the first message and drops what follows; here a second one is an error.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http::HeaderMap;
use http_body::Frame;
use http_body_util::BodyExt;
use prost::Message;
use tonic::body::Body;
use tonic::{Status, Streaming};

use crate::codec::{Decode, decode};

/// What a message may weigh when the server is not told otherwise; tonic's own default.
const DEFAULT_LIMIT: usize = 4 * 1024 * 1024;

/// Compressed-flag and length: what stands before each message.
pub(crate) const PREFIX: usize = 5;

/// Reads an uncompressed body that must hold one message, to its end; returns it with the trailers.
///
/// # Errors
///
/// tonic's, and `INTERNAL` for a second message.
pub(crate) async fn read<M>(mut body: Body, limit: Option<usize>) -> Result<(M, Option<HeaderMap>), Status>
where
    M: Message + Default + 'static,
{
    let mut first = match body.frame().await {
        Some(Ok(frame)) => frame,
        Some(Err(status)) => return Box::pin(take_one(replay(Err(status), body, limit))).await,
        None => return Err(missing()),
    };
    let Some(payload) = first.data_mut().and_then(|data| whole(data, limit)) else {
        return Box::pin(take_one(replay(Ok(first), body, limit))).await;
    };
    let message = decode(payload)?;
    let trailers = match body.frame().await {
        None => None,
        Some(Ok(frame)) => match frame.into_trailers() {
            Ok(trailers) => Some(trailers),
            Err(frame) => Box::pin(finish(replay::<M>(Ok(frame), body, limit))).await?,
        },
        Some(Err(status)) => Box::pin(finish(replay::<M>(Err(status), body, limit))).await?,
    };
    Ok((message, trailers))
}

/// Reads a stream that must hold one message, to its end; returns it with the trailers.
pub(crate) async fn take_one<M>(mut messages: Streaming<M>) -> Result<(M, Option<HeaderMap>), Status> {
    let message = messages.message().await?.ok_or_else(missing)?;
    Ok((message, finish(messages).await?))
}

/// Reads a stream that must hold no further message, to its end; returns the trailers.
async fn finish<M>(mut messages: Streaming<M>) -> Result<Option<HeaderMap>, Status> {
    if messages.message().await?.is_some() {
        return Err(Status::internal("Too many request messages."));
    }
    let trailers = messages.trailers().await?;
    Ok(trailers.map(tonic::metadata::MetadataMap::into_headers))
}

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
fn replay<M>(first: Result<Frame<Bytes>, Status>, body: Body, limit: Option<usize>) -> Streaming<M>
where
    M: Message + Default + 'static,
{
    let body = Replay { first: Some(first), body };
    Streaming::new_request(Decode::new(), body, None, limit)
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
