//! The head of a call: what is decided before its body is read.

use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use tonic::Status;
use tonic::body::Body;

use super::CallFuture;
use crate::deadline::{Deadline, SHORTEST, exceeded, wire};
use crate::excerpt::Excerpt;

/// Checks that `request` is a gRPC call, and finds its deadline, which handlers then see among the extensions.
///
/// # Errors
///
/// The complete answer to a request that is none, or whose time is over.
pub(crate) fn read(request: &mut http::Request<Body>) -> Result<Option<Deadline>, CallFuture> {
    if request.method() != Method::POST {
        let method = Excerpt(request.method().as_str().as_bytes());
        let status = Status::internal(format!("a gRPC call is a POST request, not `{method}`"));
        let mut response = refuse(status, StatusCode::METHOD_NOT_ALLOWED);
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        return Err(CallFuture::ready(response));
    }
    let content_type = request.headers().get(CONTENT_TYPE);
    if !content_type.is_some_and(|value| is_grpc(value.as_bytes())) {
        let content_type = Excerpt(content_type.map(HeaderValue::as_bytes).unwrap_or_default());
        let status = Status::invalid_argument(format!("content type `{content_type}` is not `application/grpc`"));
        return Err(CallFuture::ready(refuse(status, StatusCode::UNSUPPORTED_MEDIA_TYPE)));
    }
    let deadline = match deadline(request) {
        Ok(None) => return Ok(None),
        Ok(Some(deadline)) => deadline,
        Err(status) => return Err(CallFuture::ready(status.into_http())),
    };
    request.extensions_mut().insert(deadline);
    Ok(Some(deadline))
}

/// A refusal in both languages: an HTTP status for who does not speak gRPC, and a gRPC one.
fn refuse(status: Status, code: StatusCode) -> http::Response<Body> {
    let mut response = status.into_http();
    *response.status_mut() = code;
    response
}

/// `application/grpc`, alone or followed by `+` and a message format or by `;` and parameters.
///
/// gRPC-Web has a name with the same beginning and another framing, so the name must end there.
fn is_grpc(value: &[u8]) -> bool {
    const NAME: &[u8] = b"application/grpc";
    value.split_at_checked(NAME.len()).is_some_and(|(name, rest)| {
        name.eq_ignore_ascii_case(NAME) && matches!(rest.first(), None | Some(b'+' | b';' | b' '))
    })
}

/// The earlier of what the caller sent and what a layer in front has put among the extensions.
///
/// # Errors
///
/// When the header is malformed, or the time is over.
fn deadline(request: &http::Request<Body>) -> Result<Option<Deadline>, Status> {
    let sent = match request.headers().get(&wire::HEADER) {
        Some(value) => match wire::parse(value)? {
            timeout if timeout < SHORTEST => return Err(exceeded()),
            timeout => Some(Deadline::after(timeout)),
        },
        None => None,
    };
    match request.extensions().get::<Deadline>().copied() {
        None => Ok(sent),
        Some(set) if set.is_expired() => Err(exceeded()),
        Some(set) => Ok(Some(sent.map_or(set, |sent| sent.min(set)))),
    }
}
