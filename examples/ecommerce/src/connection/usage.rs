//! Counters of a connection: its bytes and its calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::sleep;

/// Number of bytes of the client's preface (RFC 9113, section 3.4). Over TLS, each client sends more than that after the
/// handshake, if only to acknowledge the server's settings.
const PREFACE: u64 = 24;

/// Counters of one connection, shared by its socket and its calls.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Whether the TLS handshake is finished, or there is none.
    accepted: AtomicBool,
    /// Number of bytes received since `accepted`.
    received: AtomicU64,
    pub(super) opened: Notify,
    /// Number of bytes received and sent.
    moved: AtomicU64,
    /// Number of bytes sent.
    sent: AtomicU64,
    /// Number of calls that have not ended.
    open: AtomicUsize,
    /// Number of calls that the server works on.
    busy: AtomicUsize,
}

/// Bytes on a connection during some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Traffic {
    /// Nothing was received or sent.
    Silence,
    /// At most [`PINGS`] bytes were sent: a client that sends pings gets an answer of 17 bytes to each.
    Pings,
    /// More was sent: a response on its way to a client that reads it.
    Data,
}

/// Most bytes of pings during one observation.
const PINGS: u64 = 1024;

impl Usage {
    pub(super) fn accepted(&self) {
        self.accepted.store(true, Ordering::Relaxed);
    }

    pub(super) fn received(&self, bytes: usize) {
        let bytes = bytes as u64;
        self.moved.fetch_add(bytes, Ordering::Relaxed);
        if self.accepted.load(Ordering::Relaxed) {
            let before = self.received.fetch_add(bytes, Ordering::Relaxed);
            if before < PREFACE && before + bytes >= PREFACE {
                self.opened.notify_one();
            }
        }
    }

    pub(super) fn sent(&self, bytes: usize) {
        self.moved.fetch_add(bytes as u64, Ordering::Relaxed);
        self.sent.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Returns `true` if a call has not ended.
    pub(super) fn is_open(&self) -> bool {
        self.open.load(Ordering::Relaxed) > 0
    }

    /// Returns `true` if the server works on a call. A call that waits for its client to read does not count.
    pub(super) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Relaxed) > 0
    }

    /// Completes when the preface is received. Has one waiter.
    pub(super) async fn opened(&self) {
        self.opened.notified().await;
    }

    /// Completes when no byte has moved for `time`, after at most two times that.
    pub(super) async fn silent_for(&self, time: Duration) {
        while self.observe(time).await != Traffic::Silence {}
    }

    /// Waits for `time`, and returns the traffic during that time.
    pub(super) async fn observe(&self, time: Duration) -> Traffic {
        let (moved, sent) = (self.moved.load(Ordering::Relaxed), self.sent.load(Ordering::Relaxed));
        sleep(time).await;
        if self.moved.load(Ordering::Relaxed) == moved {
            return Traffic::Silence;
        }
        match self.sent.load(Ordering::Relaxed) - sent {
            0..=PINGS => Traffic::Pings,
            _ => Traffic::Data,
        }
    }
}

/// A call on a connection.
#[derive(Debug)]
pub(crate) struct Call {
    usage: Arc<Usage>,
    turn: Turn,
}

/// Side that a call waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The handler runs, or the next message is not there yet.
    Server,
    /// The client has to read what was sent.
    Client,
}

impl Call {
    /// Starts a call with the turn of the server.
    pub(super) fn begin(usage: Arc<Usage>) -> Self {
        usage.open.fetch_add(1, Ordering::Relaxed);
        usage.busy.fetch_add(1, Ordering::Relaxed);
        Self { usage, turn: Turn::Server }
    }

    pub(crate) fn set_turn(&mut self, turn: Turn) {
        match (self.turn, turn) {
            (Turn::Server, Turn::Client) => self.usage.busy.fetch_sub(1, Ordering::Relaxed),
            (Turn::Client, Turn::Server) => self.usage.busy.fetch_add(1, Ordering::Relaxed),
            (Turn::Server, Turn::Server) | (Turn::Client, Turn::Client) => return,
        };
        self.turn = turn;
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.set_turn(Turn::Client);
        self.usage.open.fetch_sub(1, Ordering::Relaxed);
    }
}
