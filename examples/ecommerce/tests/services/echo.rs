//! Statuses stay small, however long the text is that a client sends.

use ecommerce::proto::ecommerce::v1::{
    DeleteUserRequest, DownloadRequest, FileChunk, GetUserRequest, ListUsersRequest, UpdateUserRequest, User,
};
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_types::StatusExt as _;
use transom::{Code, Status};

use crate::harness::{Shop, new_user, soon};
use crate::raw;

/// gRPC in Java and C accept 8 KiB of headers and trailers.
const MOST: usize = 4096;

/// Checks that a client with the usual limits receives the status, and that it is small.
fn assert_small(status: &Status, code: Code) {
    assert_eq!(status.code(), code, "{}", status.message());
    assert!(status.message().len() + status.details().len() < MOST, "{} bytes", status.message().len());
}

#[tokio::test]
async fn status_repeats_the_beginning_of_a_long_id_only() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    // Two bytes a letter, so that a cut in the middle of one would show.
    for id in ["x".repeat(5_000), "é".repeat(500_000)] {
        let status = users.get_user(GetUserRequest { user_id: id.clone() }).await.unwrap_err();
        assert_small(&status, Code::NotFound);
        let named = status.get_details_resource_info().unwrap().resource_name;
        assert!(id.starts_with(named.strip_suffix('…').unwrap()), "{named}");

        let status = users.delete_user(DeleteUserRequest { user_id: id.clone() }).await.unwrap_err();
        assert_small(&status, Code::NotFound);
        let user = User { user_id: id.clone(), ..User::default() };
        let request = UpdateUserRequest { user: Some(user), update_mask: None };
        assert_small(&users.update_user(request).await.unwrap_err(), Code::NotFound);
        let request = DownloadRequest { file_id: id.clone(), ..DownloadRequest::default() };
        assert_small(&shop.files().await.download_file(request).await.unwrap_err(), Code::NotFound);
        let chunk = FileChunk { file_id: id.clone(), is_last_chunk: true, ..FileChunk::default() };
        let answer = shop.files().await.upload_file(tokio_stream::iter([chunk])).await;
        assert_small(&answer.unwrap_err(), Code::InvalidArgument);

        let request = ListUsersRequest { filter: id.clone(), order_by: id.clone(), page_token: id, page_size: -1 };
        assert_small(&users.list_users(request).await.unwrap_err(), Code::InvalidArgument);
    }
}

#[tokio::test]
async fn email_that_is_taken_is_repeated_in_a_small_status() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let mut ada = new_user("Ada");
    ada.email = format!("{}@example.com", "x".repeat(240));
    users.create_user(ada.clone()).await.unwrap();
    assert_small(&users.create_user(ada.clone()).await.unwrap_err(), Code::AlreadyExists);
    ada.email.insert_str(0, &"x".repeat(5_000));
    assert_small(&users.create_user(ada).await.unwrap_err(), Code::InvalidArgument);
}

#[tokio::test]
async fn status_of_an_unknown_method_repeats_the_beginning_of_its_path_only() {
    let shop = Shop::open().await;
    for service in ["UserService", "NoService"] {
        let method = format!("{service}/{}", "x".repeat(5_000));
        let answer = raw::call(shop.address, &method, &GetUserRequest::default(), &[]).await;
        assert_small(&answer.status(), Code::Unimplemented);
    }
}

#[tokio::test]
async fn status_of_an_unknown_encoding_repeats_the_beginning_of_its_name_only() {
    let shop = Shop::open().await;
    let encoding = "x".repeat(5_000);
    let headers = [("grpc-encoding", encoding.as_str())];
    let answer = raw::call(shop.address, "UserService/GetUser", &GetUserRequest::default(), &headers).await;
    assert_small(&answer.status(), Code::Unimplemented);
}

#[tokio::test]
async fn status_of_reflection_repeats_the_beginning_of_a_symbol_only() {
    let shop = Shop::open().await;
    let question = MessageRequest::FileContainingSymbol("é".repeat(5_000));
    let request = ServerReflectionRequest { host: String::new(), message_request: Some(question) };
    let mut reflection = ServerReflectionClient::new(shop.channel().await);
    let mut answers = reflection.server_reflection_info(tokio_stream::iter([request])).await.unwrap().into_inner();
    assert_small(&soon(answers.message()).await.unwrap_err(), Code::NotFound);
}
