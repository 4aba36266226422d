//! Head of a response: its status is repaired, and its content type and HTTP status are checked.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use http_body::Body;
use tonic::{Code, Status};

use super::response_body::Content;
use super::status_repair::repair;
use crate::excerpt::Excerpt;

/// Repairs the status in the head, and returns the content of the body.
///
/// # Errors
///
/// For a response with another content type than gRPC's and no status in the head: the code from gRPC's "HTTP to gRPC
/// Status Code Mapping".
pub(crate) fn check<B: Body>(response: &mut Response<B>) -> Result<Content, Status> {
    repair(response.headers_mut());
    let http = response.status();
    match response.headers().get(Status::GRPC_STATUS).map(|status| status.as_bytes() == b"0") {
        Some(false) => return Ok(Content::Messages),
        Some(true) if http == StatusCode::OK => {
            // A status belongs into the head only if nothing follows. Otherwise the status in the trailers applies.
            if response.body().is_end_stream() {
                return Ok(Content::Messages);
            }
            response.headers_mut().remove(Status::GRPC_STATUS);
            return Ok(Content::MessagesAfterSuccess);
        }
        // A proxy has replaced the response: gRPC reports a success, and HTTP an error.
        Some(true) => drop(response.headers_mut().remove(Status::GRPC_STATUS)),
        None => {}
    }
    let headers = response.headers();
    if is_grpc(headers) {
        return Ok(if http == StatusCode::OK { Content::Messages } else { Content::HttpError });
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
