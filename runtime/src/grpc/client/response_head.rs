//! Head of a response: its status is repaired, and its content type and HTTP status are checked.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use tonic::{Code, Status};

use super::status_repair::repair;
use crate::grpc::excerpt::Excerpt;

/// Content of a response body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Messages of gRPC.
    Messages,
    /// Not known yet, because the HTTP status is not 200. A message starts with the byte 0 or 1, an error page does not.
    Undecided,
    /// Not gRPC. The status is in the trailers, or derived from the HTTP status.
    Foreign,
}

impl Content {
    /// Drops data that is not gRPC, so that tonic does not parse it as messages.
    pub(crate) fn filter(&mut self, data: &mut Bytes) {
        if *self == Self::Undecided
            && let Some(flag) = data.first()
        {
            *self = if *flag <= 1 { Self::Messages } else { Self::Foreign };
        }
        if *self == Self::Foreign {
            data.clear();
        }
    }
}

/// Repairs the status in the head, and returns the content of the body.
///
/// # Errors
///
/// For a response with another content type than gRPC's and no status in the head: the code from gRPC's "HTTP to gRPC
/// Status Code Mapping".
pub(crate) fn check<B>(response: &mut Response<B>) -> Result<Content, Status> {
    repair(response.headers_mut());
    let (http, headers) = (response.status(), response.headers());
    let is_success = |status: &HeaderValue| status.as_bytes() == b"0";
    // A proxy has replaced a response that has the gRPC status of a success and the HTTP status of an error.
    if headers.get(Status::GRPC_STATUS).is_some_and(|status| http == StatusCode::OK || !is_success(status)) {
        return Ok(Content::Messages);
    }
    if is_grpc(headers) {
        // A status in the trailers has precedence over the HTTP status.
        return Ok(if http == StatusCode::OK { Content::Messages } else { Content::Undecided });
    }
    let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    Err(Status::new(
        code(http),
        format!("the answer is not gRPC: HTTP status {}, content type `{}`", http.as_u16(), Excerpt(content_type)),
    ))
}

/// Returns `true` for any content type that starts with `application/grpc`. A layer for gRPC-Web does not replace the
/// content type `application/grpc-web`.
fn is_grpc(headers: &HeaderMap) -> bool {
    const NAME: &[u8] = b"application/grpc";
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.as_bytes().get(..NAME.len()))
        .is_some_and(|name| name.eq_ignore_ascii_case(NAME))
}

/// Returns the code for an HTTP status.
fn code(http: StatusCode) -> Code {
    match http {
        StatusCode::BAD_REQUEST => Code::Internal,
        StatusCode::UNAUTHORIZED => Code::Unauthenticated,
        StatusCode::FORBIDDEN => Code::PermissionDenied,
        StatusCode::NOT_FOUND => Code::Unimplemented,
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => Code::Unavailable,
        _ => Code::Unknown,
    }
}
