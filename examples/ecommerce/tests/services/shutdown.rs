//! The end of a server: calls finish, streams are told, and it does not take forever.

use std::time::{Duration, Instant};

use ecommerce::proto::ecommerce::v1::chat_service_client::ChatServiceClient;
use ecommerce::proto::ecommerce::v1::{ChatMessage, GetUserRequest, GetUserResponse, WatchUsersRequest};
use ecommerce::server::Config;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Endpoint;
use transom::metadata::AsciiMetadataValue;
use transom::{Code, Request, Response, Status};

use crate::harness::{Shop, create, soon};

/// A server with a call in it that waits for the next server.
struct Busy {
    shop: Shop,
    answer: JoinHandle<Result<Response<GetUserResponse>, Status>>,
    /// The connection to the next server.
    next: TcpStream,
}

impl Busy {
    async fn with(user_id: &str, config: Config) -> Self {
        let gate = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let downstream = Some(gate.local_addr().unwrap().to_string());
        let shop = Shop::with(Config { downstream, ..config }).await;
        let mut users = shop.users().await;
        let mut request = Request::new(GetUserRequest { user_id: user_id.to_owned() });
        request.metadata_mut().insert("x-forward", AsciiMetadataValue::from_static("true"));
        let answer = tokio::spawn(async move { users.get_user(request).await });
        // Once the server turns to the next one, the call is in its hands.
        let (next, _) = soon(gate.accept()).await.unwrap();
        Self { shop, answer, next }
    }
}

#[tokio::test]
async fn a_call_that_has_begun_may_finish() {
    let back = Shop::open().await;
    let ada = create(&mut back.users().await, "Ada").await;
    let Busy { shop, answer, mut next } = Busy::with(&ada.user_id, Config::default()).await;
    shop.begin_to_stop();
    let endpoint = Endpoint::from_shared(format!("http://{}", shop.address)).unwrap();
    soon(async {
        while endpoint.connect().await.is_ok() {
            sleep(Duration::from_millis(10)).await
        }
    })
    .await;

    // Only now the next server can be reached.
    let mut real = TcpStream::connect(back.address).await.unwrap();
    tokio::spawn(async move { copy_bidirectional(&mut next, &mut real).await });
    let answer = soon(answer).await.unwrap().unwrap();
    assert_eq!(answer.into_inner().user, Some(ada));
    shop.stopped().await;
}

#[tokio::test]
async fn a_call_that_does_not_finish_is_left_behind() {
    let grace = Duration::from_millis(300);
    let busy = Busy::with("any", Config { shutdown_grace: grace, ..Config::default() }).await;
    let started = Instant::now();
    busy.shop.begin_to_stop();
    busy.shop.stopped().await;
    assert!(started.elapsed() >= grace);
    assert!(!busy.answer.is_finished());
}

#[tokio::test]
async fn stream_whose_client_does_not_read_does_not_hold_up_the_end() {
    let shop = Shop::with(Config { shutdown_grace: Duration::from_secs(60 * 60), ..Config::default() }).await;
    let message = |content: String| {
        let (room_id, user_id) = ("kitchen".to_owned(), "someone".to_owned());
        ChatMessage { room_id, user_id, content, ..ChatMessage::default() }
    };
    let endpoint = Endpoint::from_shared(format!("http://{}", shop.address)).unwrap();
    // What does not fit into the smallest window waits in the server, and with it the news of the end.
    let narrow = endpoint.initial_stream_window_size(65_535).connect().await.unwrap();
    let (says, said) = mpsc::channel(1);
    says.send(message("hello".to_owned())).await.unwrap();
    let mut idle = ChatServiceClient::new(narrow).chat(ReceiverStream::new(said)).await.unwrap().into_inner();
    soon(idle.message()).await.unwrap().unwrap();

    let (says, said) = mpsc::channel(1);
    let mut busy = shop.chat().await.chat(ReceiverStream::new(said)).await.unwrap().into_inner();
    for _ in 0..4 {
        says.send(message("x".repeat(1 << 20))).await.unwrap();
        soon(busy.message()).await.unwrap().unwrap();
    }
    shop.begin_to_stop();
    assert_eq!(soon(busy.message()).await.unwrap_err().code(), Code::Unavailable);
    shop.stopped().await;
}

#[tokio::test]
async fn streams_without_an_end_are_told() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let mut events = users.watch_users(WatchUsersRequest::default()).await.unwrap().into_inner();
    let (_says, said) = mpsc::channel::<ChatMessage>(1);
    let mut heard = shop.chat().await.chat(ReceiverStream::new(said)).await.unwrap().into_inner();
    let started = Instant::now();
    shop.begin_to_stop();
    assert_eq!(soon(events.message()).await.unwrap_err().code(), Code::Unavailable);
    assert_eq!(soon(heard.message()).await.unwrap_err().code(), Code::Unavailable);
    shop.stopped().await;
    assert!(started.elapsed() < Config::default().shutdown_grace);
}
