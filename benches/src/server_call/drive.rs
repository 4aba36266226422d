//! Stands in for transport and executor: hands requests to a server and reads its answers to the end.

use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::{Buf, Bytes};
use http::header::{CONTENT_TYPE, TE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Version};
use http_body::{Body as _, Frame};
use tonic::body::Body;
use tower_service::Service;

use super::case::Case;

const TIMEOUT: HeaderName = HeaderName::from_static("grpc-timeout");
const STATUS: HeaderName = HeaderName::from_static("grpc-status");

/// Calls `server` `calls` times.
///
/// # Errors
///
/// A sentence, when an answer is not what `case` expects.
pub fn run<S>(server: &mut S, case: &Case, calls: u32) -> Result<(), String>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
{
    for _ in 0..calls {
        let response = match ready(server.call(request(case))) {
            Some(Ok(response)) => response,
            Some(Err(never)) => match never {},
            None => return Err(format!("`{}` waits for something", case.name)),
        };
        read(response, case)?;
    }
    Ok(())
}

fn request(case: &Case) -> Request<Body> {
    let mut headers = HeaderMap::with_capacity(4);
    headers.insert(TE, HeaderValue::from_static("trailers"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    headers.insert(USER_AGENT, HeaderValue::from_static("bench/1"));
    if let Some(timeout) = &case.timeout {
        headers.insert(TIMEOUT, timeout.clone());
    }
    let mut request = Request::new(Body::new(Frames { frames: case.body.clone().into_iter() }));
    *request.method_mut() = Method::POST;
    *request.version_mut() = Version::HTTP_2;
    *request.uri_mut() = http::Uri::from_static(case.path);
    *request.headers_mut() = headers;
    request
}

fn read(response: Response<Body>, case: &Case) -> Result<(), String> {
    let (parts, mut body) = response.into_parts();
    let mut status = parts.headers.get(STATUS).cloned();
    let mut bytes = 0;
    while let Some(frame) = ready(std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)))
        .ok_or_else(|| format!("`{}` waits in its answer", case.name))?
    {
        let frame = frame.map_err(|status| status.to_string())?;
        match frame.into_data() {
            Ok(data) => bytes += data.remaining(),
            Err(frame) => status = frame.trailers_ref().and_then(|map| map.get(STATUS).cloned()),
        }
    }
    match status {
        Some(status) if status == case.status && (bytes > 0) == (case.status == "0") => Ok(()),
        status => Err(format!(
            "`{}` ended with status {status:?} after {bytes} bytes, expected status {}",
            case.name, case.status
        )),
    }
}

/// Polls a future that has nothing to wait for.
fn ready<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// A request body of ready frames.
struct Frames {
    frames: std::vec::IntoIter<Bytes>,
}

impl http_body::Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.frames.next().map(|frame| Ok(Frame::data(frame))))
    }
}
