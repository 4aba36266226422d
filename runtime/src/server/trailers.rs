//! Trailing metadata of an answer.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TE, TRAILER, TRANSFER_ENCODING, UPGRADE};
use http::{HeaderMap, HeaderName};
use http_body::{Frame, SizeHint};
use tonic::body::Body;
use tonic::metadata::MetadataMap;
use tonic::{Response, Status};

/// Names that belong to HTTP. Those of gRPC begin with `grpc-`.
static RESERVED: [HeaderName; 10] = [
    CONNECTION,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    HOST,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// Metadata that follows the messages of an answer, together with its status.
///
/// A handler attaches it to its response. Clones share one map, so a stream can fill it until the stream ends:
///
/// ```
/// use transom::server::Trailers;
/// # use transom::{BoxStream, Response, Status};
/// # fn messages(trailers: Trailers) -> BoxStream<()> {
/// #     trailers.update(|metadata| metadata.insert("x", "y".parse().unwrap()));
/// #     unimplemented!()
/// # }
/// # fn watch() -> Result<Response<BoxStream<()>>, Status> {
/// let trailers = Trailers::new();
/// let stream = messages(trailers.clone()); // calls `trailers.update(|metadata| …)` before it ends
/// let mut response = Response::new(stream);
/// trailers.attach_to(&mut response);
/// # Ok(response)
/// # }
/// ```
///
/// A client reads it with `Streaming::trailers`, and after a single answer in the metadata of the response.
///
/// The names `grpc-…`, `te`, `content-type`, `content-length` and the other connection headers of HTTP are not sent. A
/// stream that ends with a status sends both; of a name that both have, only the values of the status are sent. An answer
/// that the runtime ends, at its deadline or with a message over the limit, has no trailing metadata, and neither has a
/// handler's `Err(status)`: put it into the metadata of the status.
#[derive(Debug, Clone, Default)]
pub struct Trailers(Arc<Mutex<MetadataMap>>);

impl Trailers {
    /// Creates an empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends this metadata with the answer of `response`. A response has one such map: the last one attached.
    pub fn attach_to<M>(&self, response: &mut Response<M>) {
        response.extensions_mut().insert(self.clone());
    }

    /// Changes the metadata. What is changed after the end of the answer is not sent.
    ///
    /// The map is locked during `change`, which must not use these trailers otherwise.
    pub fn update<R>(&self, change: impl FnOnce(&mut MetadataMap) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Moves the metadata into the trailers that end an answer.
    pub(crate) fn add_to(&self, trailers: &mut HeaderMap) {
        let metadata = self.update(std::mem::take).into_headers();
        let mut sent = None;
        // A repeated name comes once, and then as `None`.
        for (name, value) in metadata {
            if let Some(name) = name {
                sent = (is_custom(&name) && !trailers.contains_key(&name)).then_some(name);
            }
            if let Some(name) = &sent
                && trailers.try_append(name, value).is_err()
            {
                return;
            }
        }
    }

    /// Adds the metadata to the trailers of `body`.
    pub(crate) fn follow(self, body: Body) -> Body {
        Body::new(Followed { body, trailers: self })
    }
}

impl From<MetadataMap> for Trailers {
    fn from(metadata: MetadataMap) -> Self {
        Self(Arc::new(Mutex::new(metadata)))
    }
}

fn is_custom(name: &HeaderName) -> bool {
    !name.as_str().starts_with("grpc-") && !RESERVED.contains(name)
}

/// A body with more trailers than its own.
struct Followed {
    body: Body,
    trailers: Trailers,
}

impl http_body::Body for Followed {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let mut polled = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &mut polled
            && let Some(trailers) = frame.trailers_mut()
        {
            self.trailers.add_to(trailers);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
