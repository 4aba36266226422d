//! One member: what it says goes to its rooms, what they say comes back.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use futures_util::FutureExt as _;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use tokio_stream::{StreamExt as _, StreamMap};
use tokio_util::sync::CancellationToken;
use transom::{Status, Streaming};

use super::rooms::{Rooms, Seat};
use crate::error::{Violations, going_down, lagging};
use crate::proto::ecommerce::v1::{ChatMessage, MessageType};
use crate::source::Source;

/// How many rooms one call may join.
const MOST_ROOMS: usize = 16;

/// The state of one call of Chat.
#[derive(Debug)]
pub(super) struct Conversation {
    rooms: Arc<Rooms>,
    said: Streaming<ChatMessage>,
    /// Whether the member may still say something: the call is not closed from its side.
    talking: bool,
    seats: HashMap<String, Seat>,
    heard: StreamMap<String, BroadcastStream<ChatMessage>>,
    going_down: CancellationToken,
}

impl Conversation {
    pub(super) fn new(rooms: Arc<Rooms>, said: Streaming<ChatMessage>, going_down: CancellationToken) -> Self {
        Self { rooms, said, talking: true, seats: HashMap::new(), heard: StreamMap::new(), going_down }
    }

    /// Passes a message on to its room, which the member joins if it is not there yet.
    fn say(&mut self, mut message: ChatMessage) -> Result<(), Status> {
        let mut violations = Violations::default();
        violations.require(!message.room_id.is_empty(), "room_id", "must not be empty");
        violations.require(!message.user_id.is_empty(), "user_id", "must not be empty");
        violations.finish()?;

        message.timestamp = Some(SystemTime::now().into());
        if message.r#type() == MessageType::Unspecified {
            message.set_type(MessageType::Text);
        }
        if let Some(seat) = self.seats.get(&message.room_id) {
            seat.say(message);
            return Ok(());
        }
        if self.seats.len() == MOST_ROOMS {
            return Err(Status::resource_exhausted(format!("one call can join at most {MOST_ROOMS} rooms")));
        }
        let room_id = message.room_id.clone();
        let (seat, heard) = self.rooms.join(&room_id);
        self.heard.insert(room_id.clone(), BroadcastStream::new(heard));
        seat.say(message);
        self.seats.insert(room_id, seat);
        Ok(())
    }
}

type Heard = (String, Result<ChatMessage, BroadcastStreamRecvError>);

impl Source for Conversation {
    type Message = ChatMessage;

    async fn next(&mut self) -> Result<Option<ChatMessage>, Status> {
        while self.talking {
            tokio::select! {
                () = self.going_down.cancelled() => return Err(going_down()),
                said = self.said.message() => match said? {
                    Some(message) => self.say(message)?,
                    None => self.talking = false,
                },
                Some(heard) = self.heard.next() => return deliver(heard).map(Some),
            }
        }
        // Who has stopped talking leaves, and takes along what was said before.
        self.heard.next().now_or_never().flatten().map(deliver).transpose()
    }
}

fn deliver((_, heard): Heard) -> Result<ChatMessage, Status> {
    heard.map_err(|BroadcastStreamRecvError::Lagged(missed)| lagging(missed, "messages"))
}
