//! Response of one uncompressed message: a buffer of the exact size, then the trailers.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Version};
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use prost::Message;
use tonic::body::Body;
use tonic::metadata::{GRPC_CONTENT_TYPE, MetadataMap};
use tonic::{Response, Status};

use super::trailers::Trailers;
use crate::grpc::message::prefix::PREFIX_LENGTH;
use crate::grpc::message::size_limit::check_sent;

const GRPC_STATUS: HeaderName = HeaderName::from_static("grpc-status");

/// Names that the protocol reserves. Metadata with such a name is not sent.
static RESERVED: [HeaderName; 5] = [
    HeaderName::from_static("te"),
    HeaderName::from_static("content-type"),
    HeaderName::from_static("grpc-message"),
    HeaderName::from_static("grpc-message-type"),
    GRPC_STATUS,
];

/// Encodes the response of a handler. A status replaces a message of more than `limit` bytes.
pub(crate) fn encode<R>(response: Response<R>, limit: Option<usize>) -> http::Response<Body>
where
    R: Message,
{
    let (metadata, message, mut extensions) = response.into_parts();
    let body = match frame(&message, limit) {
        Ok(data) => UnaryResponseBody::Message(data, extensions.remove()),
        Err(status) => UnaryResponseBody::Failure(status),
    };
    // `Body::new` does not box a body of this type a second time.
    let mut response = http::Response::new(Body::new(UnsyncBoxBody::new(body)));
    *response.version_mut() = Version::HTTP_2;
    *response.headers_mut() = headers(metadata);
    *response.extensions_mut() = extensions;
    response
}

/// Encodes the prefix and the message.
///
/// # Errors
///
/// `RESOURCE_EXHAUSTED` if the message is larger than `limit`, or than the four bytes of a length can represent.
fn frame<R: Message>(message: &R, limit: Option<usize>) -> Result<Bytes, Status> {
    let length = message.encoded_len();
    if let Some(limit) = limit {
        check_sent(length, limit)?;
    }
    let Ok(prefix) = u32::try_from(length) else {
        return Err(Status::resource_exhausted(format!(
            "Cannot return body with more than 4GB of data but got {length} bytes"
        )));
    };
    let mut buffer = Vec::with_capacity(PREFIX_LENGTH + length);
    buffer.push(0);
    buffer.extend_from_slice(&prefix.to_be_bytes());
    // `encode` would compute the length a second time.
    message.encode_raw(&mut buffer);
    Ok(buffer.into())
}

fn headers(metadata: MetadataMap) -> HeaderMap {
    let mut headers = metadata.into_headers();
    if headers.is_empty() {
        // Capacity for the headers that the transport adds.
        headers = HeaderMap::with_capacity(3);
    } else {
        for name in &RESERVED {
            headers.remove(name);
        }
    }
    headers.insert(CONTENT_TYPE, GRPC_CONTENT_TYPE);
    headers
}

/// Frames that are still to be sent: a message and trailers, or trailers alone.
enum UnaryResponseBody {
    Message(Bytes, Option<Trailers>),
    Failure(Status),
    Success(Option<Trailers>),
    End,
}

impl http_body::Body for UnaryResponseBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let (frame, next) = match std::mem::replace(&mut *self, Self::End) {
            Self::Message(data, metadata) => (Frame::data(data), Self::Success(metadata)),
            Self::Success(metadata) => {
                let mut trailers = HeaderMap::with_capacity(1);
                trailers.insert(GRPC_STATUS, HeaderValue::from_static("0"));
                if let Some(metadata) = metadata {
                    metadata.move_to(&mut trailers);
                }
                (Frame::trailers(trailers), Self::End)
            }
            Self::Failure(status) => {
                let mut trailers = HeaderMap::with_capacity(2);
                status.add_header(&mut trailers)?;
                (Frame::trailers(trailers), Self::End)
            }
            Self::End => return Poll::Ready(None),
        };
        *self = next;
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::End)
    }
}
