//! Head of an answer, and whether messages of gRPC follow it.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use tonic::{Code, Status};

use super::repair::repair;
use crate::excerpt::Excerpt;

/// Data of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Messages,
    /// The HTTP status is not 200. The first byte decides: a message begins with 0 or 1, an error page does not.
    Undecided,
    /// Not gRPC. The status is in the trailers, or derived from the HTTP status.
    Foreign,
}

impl Content {
    /// Drops data that tonic must not read as messages.
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

/// Repairs the status that the head may contain, and checks that messages of gRPC follow it.
///
/// # Errors
///
/// An answer with another content type than gRPC's and no status in the head has the code that gRPC's "HTTP to gRPC
/// Status Code Mapping" gives its HTTP status.
pub(crate) fn check<B>(response: &mut Response<B>) -> Result<Content, Status> {
    repair(response.headers_mut());
    let (http, headers) = (response.status(), response.headers());
    let is_success = |status: &HeaderValue| status.as_bytes() == b"0";
    // A success that HTTP contradicts is the work of a proxy.
    if headers.get(Status::GRPC_STATUS).is_some_and(|status| http == StatusCode::OK || !is_success(status)) {
        return Ok(Content::Messages);
    }
    if is_grpc(headers) {
        // The status may still come in the trailers, and wins over the HTTP status.
        return Ok(if http == StatusCode::OK { Content::Messages } else { Content::Undecided });
    }
    let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    Err(Status::new(
        code(http),
        format!("the answer is not gRPC: HTTP status {}, content type `{}`", http.as_u16(), Excerpt(content_type)),
    ))
}

/// Any content type that begins with `application/grpc`: a layer that speaks gRPC-Web leaves its own name there.
fn is_grpc(headers: &HeaderMap) -> bool {
    const NAME: &[u8] = b"application/grpc";
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.as_bytes().get(..NAME.len()))
        .is_some_and(|name| name.eq_ignore_ascii_case(NAME))
}

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
