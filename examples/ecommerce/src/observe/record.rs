//! What is known of a call, and the line that tells it when the call is over.

use std::time::Instant;

use http::{HeaderMap, HeaderValue};
use tracing::Span;
use transom::{Code, Status};

use super::DURATION;

/// A call that goes on. Dropped before its end, it was cancelled: the client is gone.
#[derive(Debug)]
pub(super) struct Record {
    span: Span,
    started: Instant,
    over: bool,
}

impl Record {
    pub(super) fn begin(span: Span) -> Self {
        Self { span, started: Instant::now(), over: false }
    }

    /// Ends the call if these trailers do, and adds its duration to them.
    pub(super) fn end_with(&mut self, trailers: &mut HeaderMap) {
        if let Some(status) = Status::from_header_map(trailers) {
            trailers.insert(DURATION, HeaderValue::from(self.micros()));
            self.tell(status.code());
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
