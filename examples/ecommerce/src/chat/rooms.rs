//! Who talks to whom.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use crate::proto::ecommerce::v1::ChatMessage;

/// How many messages a slow member may be behind.
const MESSAGES: usize = 256;

/// The rooms that have members, by id.
#[derive(Debug, Default)]
pub(super) struct Rooms(Mutex<HashMap<String, Room>>);

#[derive(Debug)]
struct Room {
    said: broadcast::Sender<ChatMessage>,
    members: usize,
}

/// A place in a room; leaving it empty removes the room.
#[derive(Debug)]
pub(super) struct Seat {
    rooms: Arc<Rooms>,
    room_id: String,
    said: broadcast::Sender<ChatMessage>,
}

impl Rooms {
    /// Joins a room: what is said in it from now on arrives at the receiver.
    pub(super) fn join(self: &Arc<Self>, room_id: &str) -> (Seat, broadcast::Receiver<ChatMessage>) {
        let mut rooms = self.lock();
        let room = rooms
            .entry(room_id.to_owned())
            .or_insert_with(|| Room { said: broadcast::Sender::new(MESSAGES), members: 0 });
        room.members += 1;
        let seat = Seat { rooms: Arc::clone(self), room_id: room_id.to_owned(), said: room.said.clone() };
        (seat, room.said.subscribe())
    }

    /// No panic can leave the rooms half changed.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Room>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Says a message to all in the room, the speaker too.
    pub(super) fn say(&self, message: ChatMessage) {
        // An error says that nobody listens, and the speaker is gone with the rest.
        let _ = self.said.send(message);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut rooms = self.rooms.lock();
        if let Some(room) = rooms.get_mut(&self.room_id) {
            room.members -= 1;
            if room.members == 0 {
                rooms.remove(&self.room_id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_goes_with_its_last_member() {
        let rooms = Arc::<Rooms>::default();
        let (first, _) = rooms.join("kitchen");
        let (second, _) = rooms.join("kitchen");
        drop(first);
        assert!(rooms.lock().contains_key("kitchen"));
        drop(second);
        assert!(rooms.lock().is_empty());
    }
}
