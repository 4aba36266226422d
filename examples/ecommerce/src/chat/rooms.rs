//! Rooms, and their members.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::inbox::{Inbox, Said};
use crate::proto::ecommerce::v1::ChatMessage;
use crate::space::{Full, Space};

/// Number of bytes of all messages that are not read yet. Members of one room share the messages.
const BYTES: u64 = 256 << 20;

/// The rooms that have members, by id.
#[derive(Debug)]
pub(super) struct Rooms {
    space: Arc<Space>,
    /// Inboxes of the members. Rooms without members are removed.
    members: Mutex<HashMap<String, Vec<Inbox>>>,
}

/// Membership in a room, which ends when it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    rooms: Arc<Rooms>,
    room_id: String,
    inbox: Inbox,
}

impl Rooms {
    /// Creates an empty registry of rooms.
    pub(super) fn new() -> Self {
        Self { space: Arc::new(Space::new(BYTES)), members: Mutex::default() }
    }

    /// Joins a room: later messages in it are added to `inbox`.
    pub(super) fn join(self: &Arc<Self>, room_id: &str, inbox: Inbox) -> Seat {
        self.lock().entry(room_id.to_owned()).or_default().push(inbox.clone());
        Seat { rooms: Arc::clone(self), room_id: room_id.to_owned(), inbox }
    }

    /// Locks the rooms. A panic cannot leave them half changed.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<Inbox>>> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Adds a message to the inboxes of all members of the room, the speaker's too.
    ///
    /// # Errors
    ///
    /// [`Full`], when too many messages are not read yet.
    pub(super) fn say(&self, message: ChatMessage) -> Result<(), Full> {
        let said = Arc::new(Said::new(message, &self.rooms.space)?);
        for inbox in self.rooms.lock().get(&self.room_id).into_iter().flatten() {
            inbox.push(&said);
        }
        Ok(())
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut rooms = self.rooms.lock();
        if let Some(members) = rooms.get_mut(&self.room_id) {
            members.retain(|inbox| !inbox.is(&self.inbox));
            if members.is_empty() {
                rooms.remove(&self.room_id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::inbox::{Reader, inbox};
    use super::*;

    fn join(rooms: &Arc<Rooms>) -> (Seat, Reader) {
        let (inbox, reader) = inbox();
        (rooms.join("kitchen", inbox), reader)
    }

    #[test]
    fn room_is_removed_with_its_last_member() {
        let rooms = Arc::new(Rooms::new());
        let (first, second) = (join(&rooms), join(&rooms));
        drop(first);
        assert_eq!(rooms.lock()["kitchen"].len(), 1);
        drop(second);
        assert!(rooms.lock().is_empty());
    }

    #[test]
    fn message_takes_space_once_for_all_members_until_the_last_has_read_it() {
        let rooms = Arc::new(Rooms::new());
        let (ada, mut first) = join(&rooms);
        let (_bob, mut second) = join(&rooms);
        let message = ChatMessage { content: "x".repeat(1 << 20), ..ChatMessage::default() };
        ada.say(message.clone()).unwrap();
        assert!(rooms.space.reserve(BYTES - (2 << 20)).is_ok());
        assert_eq!(first.try_next(), Ok(Some(message.clone())));
        assert!(rooms.space.reserve(BYTES).is_err());
        assert_eq!(second.try_next(), Ok(Some(message.clone())));
        let rest = rooms.space.reserve(BYTES).unwrap();
        assert_eq!(ada.say(message), Err(Full));
        drop(rest);
    }
}
