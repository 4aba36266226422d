//! Trailing metadata of a response.

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

/// Names that HTTP reserves. The names that gRPC reserves start with `grpc-`.
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

/// Metadata that is sent after the messages of a response, together with its status.
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
/// A client reads it with `Streaming::trailers`. After a single response message it is in the metadata of the response.
///
/// | case | trailing metadata |
/// |---|---|
/// | names `grpc-…`, `te`, `content-type`, `content-length` and the other connection headers of HTTP | not sent |
/// | a stream ends with a status that has metadata | both are sent; the status wins where both have a name |
/// | the runtime ends the response: deadline, or message over the limit | not sent |
/// | the handler returns `Err(status)` | not sent; use the metadata of the status |
#[derive(Debug, Clone, Default)]
pub struct Trailers(Arc<Mutex<MetadataMap>>);

impl Trailers {
    /// Creates an empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Attaches this metadata to `response`. It replaces metadata that was attached before.
    pub fn attach_to<M>(&self, response: &mut Response<M>) {
        response.extensions_mut().insert(self.clone());
    }

    /// Changes the metadata. A change after the end of the response is not sent.
    ///
    /// The map is locked during `change`. Calling `update` inside `change` is a deadlock.
    pub fn update<R>(&self, change: impl FnOnce(&mut MetadataMap) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Moves the metadata into the trailers of a response.
    pub(crate) fn move_to(&self, trailers: &mut HeaderMap) {
        let metadata = self.update(std::mem::take).into_headers();
        let mut current = None;
        // The iterator returns `None` for a name that is the same as the one before.
        for (name, value) in metadata {
            if let Some(name) = name {
                current = (is_custom(&name) && !trailers.contains_key(&name)).then_some(name);
            }
            if let Some(name) = &current
                && trailers.try_append(name, value).is_err()
            {
                return;
            }
        }
    }

    /// Returns `body` with this metadata added to its trailers.
    pub(crate) fn append_to(self, body: Body) -> Body {
        Body::new(TrailersBody { body, trailers: self })
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

/// Body with additional trailers.
struct TrailersBody {
    body: Body,
    trailers: Trailers,
}

impl http_body::Body for TrailersBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let mut polled = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &mut polled
            && let Some(trailers) = frame.trailers_mut()
        {
            self.trailers.move_to(trailers);
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
