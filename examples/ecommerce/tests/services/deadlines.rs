//! Deadlines: kept by the server, seen by handlers, passed on to the next server.

use std::time::{Duration, Instant};

use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use ecommerce::proto::ecommerce::v1::{GetUserRequest, WatchUsersRequest};
use ecommerce::server::Config;
use tokio::net::TcpListener;
use tonic::transport::Channel;
use transom::metadata::{AsciiMetadataValue, MetadataMap};
use transom::{Code, Request};

use crate::harness::{Shop, create, soon};
use crate::raw;

const SECONDS_20: Duration = Duration::from_secs(20);

/// A server behind which `downstream` stands.
async fn before(downstream: String) -> Shop {
    Shop::with(Config { downstream: Some(downstream), ..Config::default() }).await
}

fn forwarded(user_id: &str) -> Request<GetUserRequest> {
    let mut request = Request::new(GetUserRequest { user_id: user_id.to_owned() });
    request.metadata_mut().insert("x-forward", AsciiMetadataValue::from_static("true"));
    request
}

/// Returns the time that a handler had left of its deadline.
fn seen(metadata: &MetadataMap) -> Option<Duration> {
    let milliseconds = metadata.get("x-deadline-ms")?.to_str().unwrap().parse().unwrap();
    Some(Duration::from_millis(milliseconds))
}

#[tokio::test]
async fn a_handler_sees_the_deadline_of_its_call() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let user_id = create(&mut users, "Ada").await.user_id;
    let answer = users.get_user(GetUserRequest { user_id: user_id.clone() }).await.unwrap();
    assert_eq!(seen(answer.metadata()), None);
    let mut request = Request::new(GetUserRequest { user_id });
    request.set_timeout(SECONDS_20);
    let answer = users.get_user(request).await.unwrap();
    let remaining = seen(answer.metadata()).unwrap();
    assert!(remaining <= SECONDS_20 && remaining > SECONDS_20 / 2, "{remaining:?}");
}

#[tokio::test]
async fn the_next_server_sees_what_is_left() {
    let back = Shop::open().await;
    let front = before(back.address.to_string()).await;
    let ada = create(&mut back.users().await, "Ada").await;
    let mut users: UserServiceClient<Channel> = front.users().await;

    let answer = users.get_user(forwarded(&ada.user_id)).await.unwrap();
    assert_eq!(seen(answer.metadata()), None);
    assert_eq!(answer.into_inner().user.as_ref(), Some(&ada));

    let mut request = forwarded(&ada.user_id);
    request.set_timeout(SECONDS_20);
    let answer = users.get_user(request).await.unwrap();
    let remaining = seen(answer.metadata()).unwrap();
    assert!(remaining < SECONDS_20 && remaining > SECONDS_20 / 2, "{remaining:?}");
}

#[tokio::test]
async fn errors_of_the_next_server_pass_with_their_details() {
    let back = Shop::open().await;
    let front = before(back.address.to_string()).await;
    let through = front.users().await.get_user(forwarded("nobody")).await.unwrap_err();
    let direct = back.users().await.get_user(GetUserRequest { user_id: "nobody".to_owned() }).await.unwrap_err();
    assert_eq!(through.code(), Code::NotFound);
    assert_eq!((through.message(), through.details()), (direct.message(), direct.details()));
}

#[tokio::test]
async fn who_stands_before_nobody_says_so() {
    let shop = Shop::open().await;
    let status = shop.users().await.get_user(forwarded("any")).await.unwrap_err();
    assert_eq!(status.code(), Code::FailedPrecondition);
}

/// The client here has no timer: it is the server that gives up, in time and with the right code.
#[tokio::test]
async fn the_server_ends_a_call_that_hangs() {
    // Takes connections and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let shop = before(silent.local_addr().unwrap().to_string()).await;
    let started = Instant::now();
    let message = GetUserRequest { user_id: "any".to_owned() };
    let headers = [("grpc-timeout", "300m"), ("x-forward", "true")];
    let answer = soon(raw::call(shop.address, "UserService/GetUser", &message, &headers)).await;
    assert_eq!(answer.code(), Code::DeadlineExceeded);
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn the_server_ends_a_stream_that_goes_on() {
    let shop = Shop::open().await;
    let headers = [("grpc-timeout", "300m")];
    let answer = soon(raw::call(shop.address, "UserService/WatchUsers", &WatchUsersRequest::default(), &headers)).await;
    assert_eq!(answer.code(), Code::DeadlineExceeded);
}
