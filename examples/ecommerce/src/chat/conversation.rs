//! Conversation of one member: messages of the member go to its rooms, messages of the rooms come back.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use tokio_util::sync::CancellationToken;
use transom::{Status, Streaming};

use super::inbox::{self, Inbox, Reader};
use super::rooms::{Rooms, Seat};
use crate::error::{FieldChecks, going_down, lagging};
use crate::proto::ecommerce::v1::{ChatMessage, MessageType};
use crate::source::Source;
use crate::space::Full;

/// Type of the resource of errors.
const MESSAGE: &str = "ecommerce.v1.ChatMessage";
/// Number of rooms that one call may join.
const MOST_ROOMS: usize = 16;
/// Number of bytes of the id of a room or of a user.
const MOST_ID: usize = 128;
/// Number of bytes of a message. Two fit into an inbox.
const MOST_MESSAGE: u64 = inbox::BYTES / 2;

/// State of one call of Chat.
#[derive(Debug)]
pub(super) struct Conversation {
    rooms: Arc<Rooms>,
    said: Streaming<ChatMessage>,
    /// Whether the member may still say something: the call is not closed from its side.
    talking: bool,
    seats: HashMap<String, Seat>,
    inbox: Inbox,
    heard: Reader,
    going_down: CancellationToken,
}

impl Conversation {
    pub(super) fn new(rooms: Arc<Rooms>, said: Streaming<ChatMessage>, going_down: CancellationToken) -> Self {
        let (inbox, heard) = inbox::inbox();
        Self { rooms, said, talking: true, seats: HashMap::new(), inbox, heard, going_down }
    }

    /// Passes a message on to its room, which the member joins with its first message there.
    fn say(&mut self, mut message: ChatMessage) -> Result<(), Status> {
        check(&message)?;
        message.timestamp = Some(SystemTime::now().into());
        if message.r#type() == MessageType::Unspecified {
            message.set_type(MessageType::Text);
        }
        if !self.seats.contains_key(&message.room_id) && self.seats.len() == MOST_ROOMS {
            return Err(Status::resource_exhausted(format!("one call can join at most {MOST_ROOMS} rooms")));
        }
        let seat = self.seats.entry(message.room_id.clone());
        let seat = seat.or_insert_with(|| self.rooms.join(&message.room_id, self.inbox.clone()));
        seat.say(message).map_err(|Full| Status::resource_exhausted("too many messages are not read yet"))
    }
}

/// Checks what a member sends.
fn check(message: &ChatMessage) -> Result<(), Status> {
    let mut checks = FieldChecks::new(MESSAGE);
    for (field, id) in [("room_id", &message.room_id), ("user_id", &message.user_id)] {
        checks.require(!id.is_empty(), field, "must not be empty");
        checks.require(id.len() <= MOST_ID, field, format!("must have at most {MOST_ID} bytes"));
    }
    let fits = inbox::size(message) <= MOST_MESSAGE;
    checks.require(fits, "content", format!("must have less than {MOST_MESSAGE} bytes"));
    // SYSTEM is for the server alone: members trust such messages.
    let types = [MessageType::Unspecified, MessageType::Text, MessageType::Image];
    let is_for_members = MessageType::try_from(message.r#type).is_ok_and(|r#type| types.contains(&r#type));
    checks.require(is_for_members, "type", "must be one of TEXT and IMAGE");
    checks.finish()
}

impl Source for Conversation {
    type Message = ChatMessage;

    async fn next(&mut self) -> Result<Option<ChatMessage>, Status> {
        while self.talking {
            tokio::select! {
                () = self.going_down.cancelled() => return Err(going_down()),
                said = self.said.message() => match said? {
                    Some(message) => self.say(message)?,
                    None => {
                        self.talking = false;
                        self.seats.clear();
                    }
                },
                heard = self.heard.next() => return heard.map(Some).map_err(missed),
            }
        }
        // The member has left its rooms, and reads what was said before.
        self.heard.try_next().map_err(missed)
    }
}

fn missed(messages: u64) -> Status {
    lagging(messages, "messages")
}
