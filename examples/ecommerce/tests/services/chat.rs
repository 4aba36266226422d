//! Rooms.

use ecommerce::proto::ecommerce::v1::chat_service_client::ChatServiceClient;
use ecommerce::proto::ecommerce::v1::{ChatMessage, MessageType};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::{Channel, Endpoint};
use transom::{Code, Streaming};

use crate::harness::{Shop, soon, violated};

/// One side of a conversation.
struct Member {
    user_id: &'static str,
    says: mpsc::Sender<ChatMessage>,
    hears: Streaming<ChatMessage>,
}

impl Member {
    async fn connect(shop: &Shop, user_id: &'static str) -> Self {
        Self::over(shop.channel().await, user_id).await
    }

    async fn over(channel: Channel, user_id: &'static str) -> Self {
        let (says, said) = mpsc::channel(64);
        let hears = ChatServiceClient::new(channel).chat(ReceiverStream::new(said)).await.unwrap().into_inner();
        Self { user_id, says, hears }
    }

    async fn says(&self, room_id: &str, content: &str) {
        let message = ChatMessage {
            room_id: room_id.to_owned(),
            user_id: self.user_id.to_owned(),
            content: content.to_owned(),
            ..ChatMessage::default()
        };
        self.says.send(message).await.unwrap();
    }

    async fn hears(&mut self) -> String {
        soon(self.hears.message()).await.unwrap().unwrap().content
    }

    /// Stops talking and returns what was still to be heard.
    async fn leaves(mut self) -> Vec<String> {
        drop(self.says);
        let mut rest = Vec::new();
        while let Some(message) = soon(self.hears.message()).await.unwrap() {
            rest.push(message.content);
        }
        rest
    }
}

#[tokio::test]
async fn a_message_reaches_all_in_its_room_and_nobody_else() {
    let shop = Shop::open().await;
    let mut ada = Member::connect(&shop, "ada").await;
    let mut bob = Member::connect(&shop, "bob").await;
    let mut eve = Member::connect(&shop, "eve").await;
    eve.says("garden", "anyone?").await;
    assert_eq!(eve.hears().await, "anyone?");
    ada.says("kitchen", "hello").await;
    assert_eq!(ada.hears().await, "hello");
    bob.says("kitchen", "hi").await;
    assert_eq!(bob.hears().await, "hi");
    assert_eq!(ada.hears().await, "hi");
    assert_eq!(eve.leaves().await, Vec::<String>::new());
}

#[tokio::test]
async fn one_call_talks_in_several_rooms() {
    let shop = Shop::open().await;
    let mut ada = Member::connect(&shop, "ada").await;
    ada.says("kitchen", "tea?").await;
    ada.says("garden", "cake?").await;
    let mut heard = [ada.hears().await, ada.hears().await];
    heard.sort();
    assert_eq!(heard, ["cake?", "tea?"]);
}

#[tokio::test]
async fn who_leaves_takes_along_what_was_said() {
    let shop = Shop::open().await;
    let ada = Member::connect(&shop, "ada").await;
    for number in 0..50 {
        ada.says("kitchen", &number.to_string()).await;
    }
    let want: Vec<_> = (0..50).map(|number| number.to_string()).collect();
    assert_eq!(ada.leaves().await, want);
}

#[tokio::test]
async fn the_server_sets_time_and_type() {
    let shop = Shop::open().await;
    let mut ada = Member::connect(&shop, "ada").await;
    ada.says("kitchen", "hello").await;
    let message = soon(ada.hears.message()).await.unwrap().unwrap();
    assert!(message.timestamp.is_some());
    assert_eq!(message.r#type(), MessageType::Text);
}

#[tokio::test]
async fn a_message_from_nobody_to_nowhere_ends_the_call() {
    let shop = Shop::open().await;
    let mut nobody = Member::connect(&shop, "").await;
    nobody.says("", "hello").await;
    let status = soon(nobody.hears.message()).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(violated(&status), ["room_id", "user_id"]);
}

#[tokio::test]
async fn nobody_is_everywhere() {
    let shop = Shop::open().await;
    let mut ada = Member::connect(&shop, "ada").await;
    for number in 0..17 {
        ada.says(&format!("room {number}"), "hello").await;
    }
    let status = loop {
        if let Err(status) = soon(ada.hears.message()).await {
            break status;
        }
    };
    assert_eq!(status.code(), Code::ResourceExhausted);
}

#[tokio::test]
async fn who_listens_too_slowly_is_told_that_something_was_missed() {
    const SAID: usize = 1_000;
    let shop = Shop::open().await;
    // The smallest window that HTTP/2 begins with: what Bob does not read waits in the server, and not on the way.
    let endpoint = Endpoint::from_shared(format!("http://{}", shop.address)).unwrap();
    let narrow = endpoint.initial_stream_window_size(65_535).connect().await.unwrap();
    let mut bob = Member::over(narrow, "bob").await;
    bob.says("kitchen", "hello").await;
    assert_eq!(bob.hears().await, "hello");
    let mut ada = Member::connect(&shop, "ada").await;
    // Four megabytes in all: more than buffers hold beside the server's backlog.
    let content = |number: usize| format!("{number:4096}");
    for number in 0..SAID {
        ada.says("kitchen", &content(number)).await;
        assert_eq!(ada.hears().await, content(number));
    }

    let mut heard = 0;
    let status = loop {
        match soon(bob.hears.message()).await {
            Ok(message) => assert_eq!(message.unwrap().content, content(heard), "a gap without a word"),
            Err(status) => break status,
        }
        heard += 1;
    };
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert!(status.message().ends_with("messages were lost because this stream was read too slowly"));
    assert!(heard < SAID);
}

#[tokio::test]
async fn messages_of_a_type_that_members_may_not_send_are_refused() {
    let shop = Shop::open().await;
    for r#type in [MessageType::System.into(), 4, -1] {
        let mut ada = Member::connect(&shop, "ada").await;
        let message =
            ChatMessage { room_id: "kitchen".to_owned(), user_id: "ada".to_owned(), r#type, ..ChatMessage::default() };
        ada.says.send(message).await.unwrap();
        let status = soon(ada.hears.message()).await.unwrap_err();
        assert_eq!((status.code(), violated(&status)), (Code::InvalidArgument, vec!["type".to_owned()]));
    }
}

#[tokio::test]
async fn long_ids_are_refused() {
    let shop = Shop::open().await;
    let mut ada = Member::connect(&shop, "ada").await;
    ada.says(&"x".repeat(128), "hello").await;
    assert_eq!(ada.hears().await, "hello");
    ada.says(&"x".repeat(129), "hello").await;
    let status = soon(ada.hears.message()).await.unwrap_err();
    assert_eq!((status.code(), violated(&status)), (Code::InvalidArgument, vec!["room_id".to_owned()]));
}

#[tokio::test]
async fn who_listens_too_slowly_to_large_messages_misses_them_before_their_number_matters() {
    const SAID: usize = 40;
    let shop = Shop::open().await;
    let endpoint = Endpoint::from_shared(format!("http://{}", shop.address)).unwrap();
    let narrow = endpoint.initial_stream_window_size(65_535).connect().await.unwrap();
    let mut bob = Member::over(narrow, "bob").await;
    bob.says("kitchen", "hello").await;
    assert_eq!(bob.hears().await, "hello");
    let mut ada = Member::connect(&shop, "ada").await;
    let content = "x".repeat(1 << 20);
    for _ in 0..SAID {
        ada.says("kitchen", &content).await;
        assert_eq!(ada.hears().await, content);
    }
    let mut heard = 0;
    let status = loop {
        match soon(bob.hears.message()).await {
            Ok(_) => heard += 1,
            Err(status) => break status,
        }
    };
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert!(heard < SAID / 2, "{heard} MiB were stored for a member who does not read");
}
