//! `ecommerce.v1.ChatService`: rooms in which everybody hears everybody.
//!
//! A member joins a room with its first message there. Memory is bounded by number and by bytes: the server reads from a
//! member only while the member reads, and ends the call of a member that falls too far behind.

mod conversation;
mod inbox;
mod rooms;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use transom::{BoxStream, Request, Response, Status, Streaming};

use self::conversation::Conversation;
use self::rooms::Rooms;
use crate::proto::ecommerce::v1::{ChatMessage, chat_service_server::ChatService};
use crate::source::Source as _;

/// The rooms of the shop. They come with the first member and go with the last.
#[derive(Debug)]
pub struct Chat {
    rooms: Arc<Rooms>,
    going_down: CancellationToken,
}

impl Chat {
    /// No rooms yet. Streams end when `going_down` is cancelled.
    pub fn new(going_down: CancellationToken) -> Self {
        Self { rooms: Arc::new(Rooms::new()), going_down }
    }
}

impl ChatService for Chat {
    async fn chat(&self, request: Request<Streaming<ChatMessage>>) -> Result<Response<BoxStream<ChatMessage>>, Status> {
        let conversation = Conversation::new(Arc::clone(&self.rooms), request.into_inner(), self.going_down.clone());
        Ok(Response::new(conversation.into_stream()))
    }
}
