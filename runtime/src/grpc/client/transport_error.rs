//! Status of a call that failed in the transport.
//!
//! | error | status | of tonic alone |
//! |---|---|---|
//! | connection refused or lost | `UNAVAILABLE`, on which retries and load balancers act | `UNKNOWN` |
//! | reset of a stream | from its reason, by gRPC's HTTP/2 mapping | `UNKNOWN`, unless tonic's server is compiled in |

use std::error::Error;
use std::sync::Arc;

use tonic::{Code, Status};

use crate::grpc::error_source::causes;
use crate::grpc::vocabulary::BoxError;

/// Converts `error` to a status. The error becomes the source of the status.
///
/// Returns a status that a layer around the transport has created unchanged.
pub(crate) fn to_status(error: BoxError) -> Status {
    let error = match error.downcast::<Status>() {
        // tonic gives these codes to errors that it does not know.
        Ok(status) if matches!(status.code(), Code::Unknown | Code::Internal | Code::Cancelled) => status,
        Ok(status) => return *status,
        Err(error) => return from_error(error),
    };
    match code(&*error) {
        Some(code) => with_source(code, error),
        None => *error,
    }
}

fn from_error(error: BoxError) -> Status {
    if let Some(code) = code(&*error) {
        return with_source(code, error);
    }
    Status::try_from_error(error).unwrap_or_else(|error| with_source(Code::Unavailable, error))
}

/// Creates a status with the text of the innermost error. The outer errors only name the layers around it.
fn with_source(code: Code, error: BoxError) -> Status {
    let cause = causes(&*error).last().map(ToString::to_string).unwrap_or_default();
    let mut status = Status::new(code, format!("transport error: {cause}"));
    status.set_source(Arc::from(error));
    status
}

/// Returns the code for an error of HTTP/2, or `None` for any other error.
#[cfg(feature = "transport")]
fn code(error: &(dyn Error + 'static)) -> Option<Code> {
    if let Some(error) = causes(error).find_map(|cause| cause.downcast_ref::<h2::Error>()) {
        return Some(http2_code(error));
    }
    // hyper failed without an error of HTTP/2, so there is no connection. hyper's "canceled" is a request that was not
    // sent; no caller has cancelled it.
    causes(error).any(|cause| cause.is::<hyper::Error>()).then_some(Code::Unavailable)
}

#[cfg(not(feature = "transport"))]
fn code(_: &(dyn Error + 'static)) -> Option<Code> {
    None
}

/// Returns the code for an error of h2.
///
/// For the reset of a stream this is the table in the section "Errors" of gRPC over HTTP/2. The end of the connection is
/// `UNAVAILABLE`, except for the reasons that a new connection would not remove.
#[cfg(feature = "transport")]
fn http2_code(error: &h2::Error) -> Code {
    use h2::Reason;

    match error.reason() {
        Some(Reason::ENHANCE_YOUR_CALM) => Code::ResourceExhausted,
        Some(Reason::INADEQUATE_SECURITY) => Code::PermissionDenied,
        None | Some(Reason::REFUSED_STREAM) => Code::Unavailable,
        Some(_) if error.is_go_away() => Code::Unavailable,
        Some(Reason::CANCEL) => Code::Cancelled,
        Some(
            Reason::NO_ERROR
            | Reason::PROTOCOL_ERROR
            | Reason::INTERNAL_ERROR
            | Reason::FLOW_CONTROL_ERROR
            | Reason::SETTINGS_TIMEOUT
            | Reason::FRAME_SIZE_ERROR
            | Reason::COMPRESSION_ERROR
            | Reason::CONNECT_ERROR,
        ) => Code::Internal,
        Some(_) => Code::Unknown,
    }
}
