//! A tower layer before every service: request ids, and one line in the log for each call.
//!
//! | metadata | where |
//! |---|---|
//! | `x-request-id` | in: kept, or made where it is missing; out: initial metadata, and trailing metadata of a failed call |
//! | `server-version` | out: initial metadata |
//! | `x-duration-us` | out: trailing metadata |
//!
//! A handler sees the request id in its metadata, whoever made it. Statuses that are too large for the headers of usual
//! clients are shortened.

mod body;
mod bound;
mod record;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{HeaderName, HeaderValue};
use tonic::body::Body;
use tower::{Layer, Service};
use tracing::Instrument as _;
use uuid::Uuid;

use self::body::Observed;
use self::record::Record;
use crate::connection;
use crate::error::excerpt;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SERVER_VERSION: HeaderName = HeaderName::from_static("server-version");
const DURATION: HeaderName = HeaderName::from_static("x-duration-us");
/// Longer ids would only fill the log.
const LONGEST_ID: usize = 128;
/// Number of bytes of a path that the log repeats.
const LONGEST_PATH: usize = 256;

/// Puts [`Observe`] before a service.
#[derive(Debug, Clone, Copy, Default)]
pub struct ObserveLayer;

impl<S> Layer<S> for ObserveLayer {
    type Service = Observe<S>;

    fn layer(&self, inner: S) -> Observe<S> {
        Observe { inner }
    }
}

/// The service behind it, observed.
#[derive(Debug, Clone)]
pub struct Observe<S> {
    inner: S,
}

impl<S, B> Service<http::Request<B>> for Observe<S>
where
    S: Service<http::Request<B>, Response = http::Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<B>) -> Self::Future {
        let id = request_id(&mut request);
        let call = connection::begin_call(&mut request);
        // As a string, whose control characters the log escapes.
        let method = excerpt(request.uri().path(), LONGEST_PATH);
        let span = tracing::info_span!("call", method = method.as_ref(), request_id = id.to_str().unwrap_or_default());
        let mut record = Record::begin(span.clone(), id.clone(), call);
        let answer = self.inner.call(request).instrument(span);
        Box::pin(async move {
            let (mut head, body) = answer.await?.into_parts();
            head.headers.insert(REQUEST_ID, id);
            head.headers.insert(SERVER_VERSION, HeaderValue::from_static(env!("CARGO_PKG_VERSION")));
            // A call that fails at once has its trailers in the head.
            record.end_with(&mut head.headers);
            Ok(http::Response::from_parts(head, Body::new(Observed::new(body, record))))
        })
    }
}

/// The id that the caller sent if it can stand in a log, or a new one, which the request then carries.
fn request_id<B>(request: &mut http::Request<B>) -> HeaderValue {
    let sent = request.headers().get(&REQUEST_ID);
    let usable = sent.filter(|id| !id.is_empty() && id.len() <= LONGEST_ID && id.to_str().is_ok());
    let id = usable.cloned().unwrap_or_else(|| {
        // A UUID is made of ASCII.
        HeaderValue::from_str(&Uuid::new_v4().to_string()).unwrap_or(HeaderValue::from_static("none"))
    });
    request.headers_mut().insert(REQUEST_ID, id.clone());
    id
}
