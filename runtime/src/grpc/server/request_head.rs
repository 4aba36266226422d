//! Head of a request: HTTP method, content type and deadline, checked before the body is read.

use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use tonic::Status;
use tonic::body::Body;

use super::call_future::CallFuture;
use crate::excerpt::Excerpt;
use crate::grpc::deadline::status::exceeded;
use crate::grpc::deadline::{self, Deadline, SHORTEST_TIMEOUT};

/// Checks that `request` is a gRPC call. Returns its deadline and inserts it into the extensions.
///
/// # Errors
///
/// The complete response, if `request` is not a gRPC call or its deadline has passed.
pub(crate) fn check(request: &mut http::Request<Body>) -> Result<Option<Deadline>, CallFuture> {
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
    let deadline = match read_deadline(request) {
        Ok(None) => return Ok(None),
        Ok(Some(deadline)) => deadline,
        Err(status) => return Err(CallFuture::ready(status.into_http())),
    };
    request.extensions_mut().insert(deadline);
    Ok(Some(deadline))
}

/// Returns a response with an HTTP status for clients that do not speak gRPC, and a gRPC status.
fn refuse(status: Status, code: StatusCode) -> http::Response<Body> {
    let mut response = status.into_http();
    *response.status_mut() = code;
    response
}

/// Returns `true` for `application/grpc`, alone or followed by `+` and a message format or by `;` and parameters.
///
/// The type of gRPC-Web starts with the same text but has another framing, so the character after the name is checked.
fn is_grpc(value: &[u8]) -> bool {
    const NAME: &[u8] = b"application/grpc";
    value.split_at_checked(NAME.len()).is_some_and(|(name, rest)| {
        name.eq_ignore_ascii_case(NAME) && matches!(rest.first(), None | Some(b'+' | b';' | b' '))
    })
}

/// Returns the earlier of two deadlines: that of the caller, and that of a tower layer, from the extensions.
///
/// # Errors
///
/// When the header is malformed, or a deadline has passed.
fn read_deadline(request: &http::Request<Body>) -> Result<Option<Deadline>, Status> {
    let sent = match request.headers().get(&deadline::HEADER) {
        Some(value) => match deadline::parse(value)? {
            timeout if timeout < SHORTEST_TIMEOUT => return Err(exceeded()),
            timeout => Some(Deadline::after(timeout)),
        },
        None => None,
    };
    match request.extensions().get::<Deadline>().copied() {
        None => Ok(sent),
        Some(layer) if layer.is_expired() => Err(exceeded()),
        Some(layer) => Ok(Some(sent.map_or(layer, |sent| sent.min(layer)))),
    }
}
