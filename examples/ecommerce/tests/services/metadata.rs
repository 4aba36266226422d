//! Request ids, and what else stands beside the messages.

use ecommerce::proto::ecommerce::v1::{ChatMessage, DownloadRequest, FileChunk, GetUserRequest, ListUsersRequest};
use transom::metadata::{AsciiMetadataValue, MetadataMap};
use transom::{Code, Request};

use crate::harness::{Shop, soon};
use crate::raw;

fn text<'a>(metadata: &'a MetadataMap, key: &str) -> Option<&'a str> {
    Some(metadata.get(key)?.to_str().unwrap())
}

fn with_id<T>(message: T, id: &'static str) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("x-request-id", AsciiMetadataValue::from_static(id));
    request
}

#[tokio::test]
async fn a_request_id_comes_back() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let answer = users.list_users(with_id(ListUsersRequest::default(), "abc-123")).await.unwrap();
    assert_eq!(text(answer.metadata(), "x-request-id"), Some("abc-123"));
    assert_eq!(text(answer.metadata(), "server-version"), Some(env!("CARGO_PKG_VERSION")));
    let failure = users.get_user(with_id(GetUserRequest::default(), "abc-124")).await.unwrap_err();
    assert_eq!(text(failure.metadata(), "x-request-id"), Some("abc-124"));
}

#[tokio::test]
async fn request_id_is_in_the_trailers_of_a_stream_that_fails_midway() {
    let shop = Shop::open().await;
    let hello = ChatMessage { room_id: "kitchen".to_owned(), user_id: "ada".to_owned(), ..ChatMessage::default() };
    let said = tokio_stream::iter([hello, ChatMessage::default()]);
    let mut heard = shop.chat().await.chat(with_id(said, "abc-125")).await.unwrap().into_inner();
    let status = loop {
        if let Err(status) = soon(heard.message()).await {
            break status;
        }
    };
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(text(status.metadata(), "x-request-id"), Some("abc-125"));
    assert!(text(status.metadata(), "x-duration-us").is_some());
}

#[tokio::test]
async fn a_missing_or_unusable_request_id_is_replaced() {
    let shop = Shop::open().await;
    let too_long = "x".repeat(129);
    let mut seen = Vec::new();
    for headers in [vec![], vec![("x-request-id", "")], vec![("x-request-id", too_long.as_str())]] {
        let answer = raw::call(shop.address, "UserService/ListUsers", &ListUsersRequest::default(), &headers).await;
        assert_eq!(answer.code(), Code::Ok);
        let id = answer.head["x-request-id"].to_str().unwrap().to_owned();
        assert_eq!(id.len(), 36);
        assert!(!seen.contains(&id));
        seen.push(id);
    }
}

#[tokio::test]
async fn a_stream_has_initial_and_trailing_metadata() {
    let shop = Shop::open().await;
    let mut files = shop.files().await;
    let chunk = FileChunk { data: "content".into(), is_last_chunk: true, ..FileChunk::default() };
    let file_id = files.upload_file(tokio_stream::iter([chunk])).await.unwrap().into_inner().file_id;
    let request = DownloadRequest { file_id, ..DownloadRequest::default() };
    let answer = files.download_file(with_id(request, "abc-123")).await.unwrap();
    assert_eq!(text(answer.metadata(), "x-request-id"), Some("abc-123"));
    let mut chunks = answer.into_inner();
    while chunks.message().await.unwrap().is_some() {}
    let trailers = chunks.trailers().await.unwrap().unwrap();
    assert!(text(&trailers, "x-duration-us").unwrap().parse::<u64>().is_ok());
}
