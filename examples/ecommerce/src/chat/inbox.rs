//! Messages that a member has not read yet, bounded by number and by bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use prost::Message as _;
use tokio::sync::mpsc::{self, error::TryRecvError};

use crate::proto::ecommerce::v1::ChatMessage;
use crate::space::{Full, Reservation, Space};

/// Number of messages that a member may be behind.
const MESSAGES: usize = 256;
/// Number of bytes that a member may be behind.
pub(super) const BYTES: u64 = 8 << 20;

/// A message that is in the inboxes of a room, with its part of the space for all rooms.
#[derive(Debug)]
pub(super) struct Said {
    message: ChatMessage,
    bytes: u64,
    _space: Reservation,
}

impl Said {
    /// Reserves the space for a message.
    ///
    /// # Errors
    ///
    /// [`Full`], when the messages in all rooms take it up.
    pub(super) fn new(message: ChatMessage, space: &Arc<Space>) -> Result<Self, Full> {
        let bytes = size(&message);
        Ok(Self { bytes, _space: space.reserve(bytes)?, message })
    }
}

/// The memory that a message takes: what its fields contain, and the message itself.
pub(super) fn size(message: &ChatMessage) -> u64 {
    (message.encoded_len() + size_of::<ChatMessage>()) as u64
}

/// A message in one inbox. Its part of the inbox's space returns when it is read.
#[derive(Debug)]
struct Unread {
    said: Arc<Said>,
    _space: Reservation,
}

/// Sending end, one for each room that the member is in.
#[derive(Debug, Clone)]
pub(super) struct Inbox {
    unread: mpsc::Sender<Unread>,
    space: Arc<Space>,
    /// Number of messages that found no room. None are added after the first, so that the member reads up to the gap.
    missed: Arc<AtomicU64>,
}

/// Receiving end.
#[derive(Debug)]
pub(super) struct Reader {
    unread: mpsc::Receiver<Unread>,
    missed: Arc<AtomicU64>,
}

/// Creates an empty inbox.
pub(super) fn inbox() -> (Inbox, Reader) {
    let (sender, receiver) = mpsc::channel(MESSAGES);
    let missed = Arc::new(AtomicU64::new(0));
    let inbox = Inbox { unread: sender, space: Arc::new(Space::new(BYTES)), missed: Arc::clone(&missed) };
    (inbox, Reader { unread: receiver, missed })
}

impl Inbox {
    /// Adds a message, or counts it as missed.
    pub(super) fn push(&self, said: &Arc<Said>) {
        let missed = self.missed.load(Ordering::Acquire) > 0;
        if missed || self.try_push(said).is_none() {
            self.missed.fetch_add(1, Ordering::Release);
        }
    }

    fn try_push(&self, said: &Arc<Said>) -> Option<()> {
        let space = self.space.reserve(said.bytes).ok()?;
        self.unread.try_send(Unread { said: Arc::clone(said), _space: space }).ok()
    }

    /// Returns `true` if both are the inbox of one member.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.unread.same_channel(&other.unread)
    }
}

impl Reader {
    /// Waits for the next message. Returns the number of missed ones where there is a gap.
    pub(super) async fn next(&mut self) -> Result<ChatMessage, u64> {
        if let Some(unread) = self.try_next()? {
            return Ok(unread);
        }
        match self.unread.recv().await {
            Some(unread) => Ok(unread.said.message.clone()),
            // `Conversation` keeps a sender, so the channel does not close.
            None => std::future::pending().await,
        }
    }

    /// Returns the next message, if one is there.
    pub(super) fn try_next(&mut self) -> Result<Option<ChatMessage>, u64> {
        match self.unread.try_recv() {
            Ok(unread) => Ok(Some(unread.said.message.clone())),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => match self.missed.load(Ordering::Acquire) {
                0 => Ok(None),
                missed => Err(missed),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(content: usize, space: &Arc<Space>) -> Arc<Said> {
        Arc::new(Said::new(ChatMessage { content: "x".repeat(content), ..ChatMessage::default() }, space).unwrap())
    }

    #[tokio::test]
    async fn reader_learns_of_a_gap_after_the_messages_before_it() {
        let all = Arc::new(Space::new(BYTES));
        let (inbox, mut reader) = inbox();
        for length in 0..MESSAGES + 5 {
            inbox.push(&said(length, &all));
        }
        // There is room again, but a message here would hide the gap.
        assert_eq!(reader.next().await.unwrap().content.len(), 0);
        inbox.push(&said(0, &all));
        for length in 1..MESSAGES {
            assert_eq!(reader.next().await.unwrap().content.len(), length);
        }
        assert_eq!(reader.next().await, Err(6));
    }

    #[tokio::test]
    async fn inbox_is_bounded_by_bytes() {
        const MIB: usize = 1 << 20;
        let all = Arc::new(Space::new(u64::MAX));
        let (inbox, mut reader) = inbox();
        for _ in 0..20 {
            inbox.push(&said(MIB, &all));
        }
        assert!(all.reserve(u64::MAX - BYTES).is_ok(), "more is stored than an inbox may contain");
        let mut heard = 0;
        while let Ok(message) = reader.next().await {
            assert_eq!(message.content.len(), MIB);
            heard += 1;
        }
        assert_eq!((heard, reader.try_next()), (7, Err(13)));
        assert!(all.reserve(u64::MAX).is_ok(), "what was read takes space");
    }
}
