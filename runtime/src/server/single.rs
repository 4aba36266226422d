//! Reads the one message of a unary request.
//!
//! A whole message in one frame is decoded in place. Nearly every client sends this. Every other body, such as a message
//! in pieces or broken framing, is read by tonic's reader, with the first frame put back in front. So there is one set of
//! rules for framing, sizes and statuses.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http_body::{Body as _, Frame};
use http_body_util::BodyExt;
use prost::Message;
use tonic::Status;

use super::incoming::Incoming;
use crate::Streaming;
use crate::codec::{Decode, Quota, decode};
use crate::size::{Bounded, DEFAULT_LIMIT, Encoding, PREFIX};

/// Reads an uncompressed body that must contain one message, to its end.
///
/// # Errors
///
/// The body's; tonic's for framing, but `RESOURCE_EXHAUSTED` for a message over `limit`, and `INTERNAL` for a second one.
pub(crate) async fn read<M>(mut body: Incoming, limit: Option<usize>) -> Result<M, Status>
where
    M: Message + Default + 'static,
{
    let mut first = body.frame().await.ok_or_else(missing)??;
    let Some(payload) = first.data_mut().and_then(|data| whole(data, limit)) else {
        return boxed(one(replay(first, body, Quota::requests(1), limit))).await;
    };
    let message = decode(payload)?;
    if !body.is_end_stream()
        && let Some(frame) = body.frame().await
    {
        boxed(end(replay::<M>(frame?, body, Quota::requests(0), limit))).await?;
    }
    Ok(message)
}

/// Reads the one message of a stream, and the end of the stream.
pub(crate) async fn one<M>(mut messages: Streaming<M>) -> Result<M, Status> {
    let message = messages.message().await?.ok_or_else(missing)?;
    end(messages).await?;
    Ok(message)
}

/// Reads to the end of a stream, whose quota refuses further messages.
async fn end<M>(mut messages: Streaming<M>) -> Result<(), Status> {
    while messages.message().await?.is_some() {}
    Ok(())
}

/// Puts what is rare on the heap: the future of the common path is copied once a call, and stays small.
fn boxed<'a, T>(
    future: impl Future<Output = Result<T, Status>> + Send + 'a,
) -> Pin<Box<dyn Future<Output = Result<T, Status>> + Send + 'a>> {
    Box::pin(future)
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
fn replay<M>(first: Frame<Bytes>, body: Incoming, quota: Quota, limit: Option<usize>) -> Streaming<M>
where
    M: Message + Default + 'static,
{
    let body = Bounded::received(Replay { first: Some(first), body }, limit, Encoding::Identity);
    Streaming::new_request(Decode::new(quota), body, None, limit)
}

/// A body with a frame put back in front.
struct Replay {
    first: Option<Frame<Bytes>>,
    body: Incoming,
}

impl http_body::Body for Replay {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        match self.first.take() {
            Some(frame) => Poll::Ready(Some(Ok(frame))),
            None => Pin::new(&mut self.body).poll_frame(context),
        }
    }
}
