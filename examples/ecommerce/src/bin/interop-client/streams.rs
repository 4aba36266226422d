//! The three kinds of streams: events of users, files, rooms.

use std::io;

use bytes::Bytes;
use ecommerce::proto::ecommerce::v1::{
    ChatMessage, DeleteUserRequest, DownloadRequest, FileChunk, UpdateUserRequest, User, UserEventType,
    WatchUsersRequest,
};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic_types::StatusExt as _;
use transom::Code;
use uuid::Uuid;

use crate::fleet::{Fleet, create};
use crate::report::{Failure, Outcome, Report, present, refused, require, same};

pub(crate) async fn run(fleet: &Fleet, report: &mut Report) -> io::Result<()> {
    report.case("events of a user arrive in order", watch(fleet)).await?;
    report.case("a stream that is dropped leaves the connection alone", cancel(fleet)).await?;
    report.case("what goes up comes down", up_and_down(fleet)).await?;
    report.case("wrong checksum is refused", wrong_checksum(fleet)).await?;
    report.case("oversize message is refused", oversize(fleet)).await?;
    report.case("message reaches every member of its room", chat(fleet)).await?;
    report.case("message without a room is refused", chat_without_room(fleet)).await
}

async fn watch(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    // The call returns with the initial metadata: from here on the server misses nothing for us.
    let mut events = users.watch_users(WatchUsersRequest::default()).await?.into_inner();
    let user_id = create(&mut users, "John Doe").await?.user_id;
    let user = User { user_id: user_id.clone(), name: "Jane Doe".into(), ..User::default() };
    users.update_user(UpdateUserRequest { user: Some(user), update_mask: None }).await?;
    users.delete_user(DeleteUserRequest { user_id: user_id.clone() }).await?;
    let mut received = Vec::new();
    while received.len() < 3 {
        let event = present("event", events.message().await?)?;
        if event.user.as_ref().is_some_and(|user| user.user_id == user_id) {
            received.push(event.event_type());
        }
    }
    same("events", received, vec![UserEventType::Created, UserEventType::Updated, UserEventType::Deleted])
}

async fn cancel(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    for _ in 0..100 {
        drop(users.watch_users(WatchUsersRequest::default()).await?);
    }
    create(&mut users, "John Doe").await?;
    Ok(())
}

fn sha256(data: &[u8]) -> String {
    Sha256::digest(data).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn chunks(content: &[u8]) -> Vec<FileChunk> {
    let pieces: Vec<_> = content.chunks(50_000).collect();
    let last = pieces.len().saturating_sub(1);
    pieces
        .into_iter()
        .zip(0..)
        .map(|(piece, index)| FileChunk {
            file_id: String::new(),
            data: Bytes::copy_from_slice(piece),
            chunk_index: index,
            is_last_chunk: usize::try_from(index).is_ok_and(|index| index == last),
            checksum: sha256(piece),
        })
        .collect()
}

async fn up_and_down(fleet: &Fleet) -> Outcome {
    let mut files = fleet.files().await?;
    let content: Vec<u8> = (0..200_001_u32).map(|byte| u8::try_from(byte % 251).unwrap_or_default()).collect();
    let uploaded = files.upload_file(tokio_stream::iter(chunks(&content))).await?.into_inner();
    same("size", uploaded.file_size, 200_001)?;
    same("checksum", uploaded.checksum, sha256(&content))?;
    let request = DownloadRequest { file_id: uploaded.file_id, offset: 10, limit: 150_000 };
    let mut downloaded = files.download_file(request).await?.into_inner();
    let mut received = Vec::new();
    while let Some(chunk) = downloaded.message().await? {
        same("checksum of a chunk", chunk.checksum, sha256(&chunk.data))?;
        received.extend_from_slice(&chunk.data);
    }
    require(Some(received.as_slice()) == content.get(10..150_010), "the download differs")
}

async fn wrong_checksum(fleet: &Fleet) -> Outcome {
    let mut upload = chunks(b"content");
    for chunk in &mut upload {
        chunk.checksum = sha256(b"other content");
    }
    let answer = fleet.files().await?.upload_file(tokio_stream::iter(upload)).await;
    let status = refused(answer, Code::InvalidArgument)?;
    let violations = present("BadRequest", status.get_details_bad_request())?.field_violations;
    same("field", violations.first().map(|violation| violation.field.as_str()), Some("checksum"))
}

async fn oversize(fleet: &Fleet) -> Outcome {
    let chunk = FileChunk { data: vec![0; 5 << 20].into(), is_last_chunk: true, ..FileChunk::default() };
    let answer = fleet.files().await?.upload_file(tokio_stream::iter([chunk])).await;
    refused(answer, Code::ResourceExhausted)?;
    Ok(())
}

/// One side of a conversation.
struct Member {
    user_id: &'static str,
    says: mpsc::Sender<ChatMessage>,
    hears: transom::Streaming<ChatMessage>,
}

impl Member {
    /// Joins `room_id` by saying `hello`.
    async fn join(fleet: &Fleet, room_id: &str, user_id: &'static str) -> Result<Self, Failure> {
        let (says, said) = mpsc::channel(4);
        let hello = ChatMessage {
            room_id: room_id.into(),
            user_id: user_id.into(),
            content: "hello".into(),
            ..ChatMessage::default()
        };
        says.send(hello).await?;
        let hears = fleet.chat().await?.chat(ReceiverStream::new(said)).await?.into_inner();
        Ok(Self { user_id, says, hears })
    }

    async fn hears_from(&mut self, other: &str) -> Outcome {
        let message = present("message", self.hears.message().await?)?;
        same("speaker", message.user_id.as_str(), other)?;
        require(message.timestamp.is_some(), "the server set no time")
    }

    /// Stops talking: the stream must end well, with nothing left in it.
    async fn leave(mut self) -> Outcome {
        drop(self.says);
        same(self.user_id, self.hears.message().await?, None)
    }
}

async fn chat(fleet: &Fleet) -> Outcome {
    let room = Uuid::new_v4().to_string();
    let mut ada = Member::join(fleet, &room, "ada").await?;
    ada.hears_from("ada").await?;
    let mut eve = Member::join(fleet, &Uuid::new_v4().to_string(), "eve").await?;
    eve.hears_from("eve").await?;
    let mut bob = Member::join(fleet, &room, "bob").await?;
    bob.hears_from("bob").await?;
    ada.hears_from("bob").await?;
    eve.leave().await?;
    bob.leave().await?;
    ada.leave().await
}

async fn chat_without_room(fleet: &Fleet) -> Outcome {
    let mut nobody = Member::join(fleet, "", "ada").await?;
    let status = refused(nobody.hears.message().await, Code::InvalidArgument)?;
    let violations = present("BadRequest", status.get_details_bad_request())?.field_violations;
    same("field", violations.first().map(|violation| violation.field.as_str()), Some("room_id"))
}
