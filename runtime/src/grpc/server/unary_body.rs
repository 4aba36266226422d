//! Reader of the one message of a request.
//!
//! A whole message in one frame is decoded in place. Nearly every client sends this. Every other body, such as a message
//! in pieces or broken framing, goes to tonic's reader, with the first frame put back. Framing, sizes and statuses thus
//! have one set of rules.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http_body::{Body as _, Frame};
use http_body_util::BodyExt;
use prost::Message;
use tonic::Status;

use super::request_body::RequestBody;
use crate::grpc::message::codec::{MessageDecoder, Quota, decode};
use crate::grpc::message::encoding::Encoding;
use crate::grpc::message::prefix::PREFIX_LENGTH;
use crate::grpc::message::size_limit::{DEFAULT_LIMIT, SizeLimitBody};
use crate::grpc::streaming::Streaming;

/// Reads an uncompressed body to its end. It must contain one message.
///
/// # Errors
///
/// The error of the body; tonic's statuses for framing; `RESOURCE_EXHAUSTED` for a message over `limit`; `INTERNAL` for a
/// second message.
pub(crate) async fn read<M>(mut body: RequestBody, limit: Option<usize>) -> Result<M, Status>
where
    M: Message + Default + 'static,
{
    let mut first = body.frame().await.ok_or_else(missing)??;
    let Some(payload) = first.data_mut().and_then(|data| take_message(data, limit)) else {
        return boxed(read_single(replay(first, body, Quota::requests(1), limit))).await;
    };
    let message = decode(payload)?;
    if !body.is_end_stream()
        && let Some(frame) = body.frame().await
    {
        boxed(read_end(replay::<M>(frame?, body, Quota::requests(0), limit))).await?;
    }
    Ok(message)
}

/// Reads the one message of a stream, and the end of the stream.
pub(crate) async fn read_single<M>(mut messages: Streaming<M>) -> Result<M, Status> {
    let message = messages.message().await?.ok_or_else(missing)?;
    read_end(messages).await?;
    Ok(message)
}

/// Reads to the end of a stream, whose quota rejects further messages.
async fn read_end<M>(mut messages: Streaming<M>) -> Result<(), Status> {
    while messages.message().await?.is_some() {}
    Ok(())
}

/// Moves a rarely used future to the heap. The future of the common path is copied once for each call and stays small.
fn boxed<'a, T>(
    future: impl Future<Output = Result<T, Status>> + Send + 'a,
) -> Pin<Box<dyn Future<Output = Result<T, Status>> + Send + 'a>> {
    Box::pin(future)
}

fn missing() -> Status {
    Status::internal("Missing request message.")
}

/// Takes the message out of `frame`, if the frame is one whole uncompressed message within the limit.
fn take_message(frame: &mut Bytes, limit: Option<usize>) -> Option<Bytes> {
    let [0, a, b, c, d] = *frame.first_chunk::<PREFIX_LENGTH>()? else {
        return None;
    };
    let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
    if frame.len() - PREFIX_LENGTH != length || length > limit.unwrap_or(DEFAULT_LIMIT) {
        return None;
    }
    frame.advance(PREFIX_LENGTH);
    Some(std::mem::take(frame))
}

/// Returns tonic's reader of a body whose first frame has been read.
fn replay<M>(first: Frame<Bytes>, body: RequestBody, quota: Quota, limit: Option<usize>) -> Streaming<M>
where
    M: Message + Default + 'static,
{
    let body = SizeLimitBody::received(ReplayBody { first: Some(first), body }, limit, Encoding::Identity);
    Streaming::new_request(MessageDecoder::new(quota), body, None, limit)
}

/// Body with its first frame put back.
struct ReplayBody {
    first: Option<Frame<Bytes>>,
    body: RequestBody,
}

impl http_body::Body for ReplayBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        match self.first.take() {
            Some(frame) => Poll::Ready(Some(Ok(frame))),
            None => Pin::new(&mut self.body).poll_frame(context),
        }
    }
}
