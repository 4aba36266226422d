//! The status of a call that the transport could not carry out.
//!
//! A connection that is refused or lost is `UNAVAILABLE`: what retries and load balancers act upon. The reset of a
//! single stream has the status that gRPC's HTTP/2 mapping gives its reason. tonic alone says `UNKNOWN` of the former,
//! and of the latter too unless its own server is compiled in.

use std::error::Error;
use std::iter::successors;
use std::sync::Arc;

use tonic::{Code, Status};

use crate::BoxError;

/// The status for `error`, which stays its source.
///
/// A status that a layer around the transport has made is returned as it is.
pub(crate) fn status(error: BoxError) -> Status {
    let error = match error.downcast::<Status>() {
        // What tonic may have made of an error that it does not look into.
        Ok(status) if matches!(status.code(), Code::Unknown | Code::Internal | Code::Cancelled) => status,
        Ok(status) => return *status,
        Err(error) => return from_error(error),
    };
    match code(&*error) {
        Some(code) => new(code, error),
        None => *error,
    }
}

fn from_error(error: BoxError) -> Status {
    if let Some(code) = code(&*error) {
        return new(code, error);
    }
    Status::try_from_error(error).unwrap_or_else(|error| new(Code::Unavailable, error))
}

/// Says what lies at the bottom of `error`: the outer errors only name the layers that it passed.
fn new(code: Code, error: BoxError) -> Status {
    let cause = causes(&*error).last().map(ToString::to_string).unwrap_or_default();
    let mut status = Status::new(code, format!("transport error: {cause}"));
    status.set_source(Arc::from(error));
    status
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&error| error.source())
}

/// The code for an error of HTTP/2; `None` if that was not what failed.
#[cfg(feature = "transport")]
fn code(error: &(dyn Error + 'static)) -> Option<Code> {
    if let Some(error) = causes(error).find_map(|cause| cause.downcast_ref::<h2::Error>()) {
        return Some(http2(error));
    }
    // Neither a stream nor a reason: there is no connection. hyper calls a request that it never sent "canceled", and
    // nobody has.
    causes(error).any(|cause| cause.is::<hyper::Error>()).then_some(Code::Unavailable)
}

#[cfg(not(feature = "transport"))]
fn code(_: &(dyn Error + 'static)) -> Option<Code> {
    None
}

/// The table of "HTTP2 Transport Mapping" in gRPC over HTTP/2, section "Errors".
///
/// It is for the reset of a stream. The end of the connection is `UNAVAILABLE`, but for the reasons that another
/// connection would meet again.
#[cfg(feature = "transport")]
fn http2(error: &h2::Error) -> Code {
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
