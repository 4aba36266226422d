//! Error of a request body, kept for the status of the call.

use std::sync::{Arc, OnceLock};

use http_body_util::BodyExt;
use tonic::Status;
use tonic::body::Body;

use super::transport_error;
use crate::grpc::vocabulary::BoxError;

/// First error of a request body.
///
/// A transport resets the call when its body fails, and reports the reset in place of the error.
#[derive(Debug, Clone, Default)]
pub(crate) struct SendError(Arc<OnceLock<Status>>);

impl SendError {
    /// Returns `body`, whose first error is recorded.
    pub(crate) fn record<B>(&self, body: B) -> Body
    where
        B: http_body::Body<Data = bytes::Bytes, Error = Status> + Send + 'static,
    {
        let Self(first) = self.clone();
        Body::new(body.map_err(move |status| first.get_or_init(|| status).clone()))
    }

    /// Returns the recorded error, or the status for `error` of the transport.
    pub(crate) fn or_transport_error(recorded: Option<&Self>, error: BoxError) -> BoxError {
        let status = match recorded.and_then(|Self(first)| first.get()) {
            Some(status) => status.clone(),
            None => transport_error::to_status(error),
        };
        status.into()
    }
}
