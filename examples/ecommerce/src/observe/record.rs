//! Record of a call, and the line that it adds to the log when the call is over.

use std::time::Instant;

use http::{HeaderMap, HeaderValue};
use tracing::Span;
use transom::{Code, Status};

use super::{DURATION, REQUEST_ID, bound};
use crate::connection::{Call, Turn};

/// A call that goes on. Dropped before its end, it was cancelled: the client is gone.
#[derive(Debug)]
pub(super) struct Record {
    span: Span,
    id: HeaderValue,
    started: Instant,
    over: bool,
    /// Keeps the connection open while the server works on the call.
    call: Option<Call>,
}

impl Record {
    /// Starts the record of the call with this request id.
    pub(super) fn begin(span: Span, id: HeaderValue, call: Option<Call>) -> Self {
        Self { span, id, started: Instant::now(), over: false, call }
    }

    /// Ends the call if `trailers` contain a status. Adds the duration to them, and the request id if the call failed.
    pub(super) fn end_with(&mut self, trailers: &mut HeaderMap) {
        let Some(status) = trailers.get(Status::GRPC_STATUS) else {
            return;
        };
        let code = Code::from_bytes(status.as_bytes());
        trailers.insert(DURATION, HeaderValue::from(self.micros()));
        if code != Code::Ok {
            trailers.insert(REQUEST_ID, self.id.clone());
            bound::bound(trailers);
        }
        self.tell(code);
    }

    /// Tells the connection which side the call waits for.
    pub(super) fn set_turn(&mut self, turn: Turn) {
        if let Some(call) = &mut self.call {
            call.set_turn(turn);
        }
    }

    fn micros(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    fn tell(&mut self, code: Code) {
        if self.over {
            return;
        }
        self.over = true;
        let (duration_us, span) = (self.micros(), &self.span);
        match code {
            // What the server is to blame for.
            Code::Unknown | Code::Internal | Code::DataLoss => tracing::error!(parent: span, ?code, duration_us),
            _ => tracing::info!(parent: span, ?code, duration_us),
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        self.tell(Code::Cancelled);
    }
}
