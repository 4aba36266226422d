//! Methods that nobody has written, and methods that do not exist.

use transom::client::Transport;
use transom::{Code, Request, Response, Status};
use transom_testdata::ecommerce::ecommerce::v1::chat_service_client::ChatServiceClient;
use transom_testdata::ecommerce::ecommerce::v1::chat_service_server::{ChatService, ChatServiceServer};
use transom_testdata::ecommerce::ecommerce::v1::file_service_client::FileServiceClient;
use transom_testdata::ecommerce::ecommerce::v1::file_service_server::{FileService, FileServiceServer};
use transom_testdata::ecommerce::ecommerce::v1::user_service_client::UserServiceClient;
use transom_testdata::ecommerce::ecommerce::v1::user_service_server::{UserService, UserServiceServer};
use transom_testdata::ecommerce::ecommerce::v1::{
    ChatMessage, DownloadRequest, FileChunk, GetUserRequest, GetUserResponse, ListUsersRequest, WatchUsersRequest,
};
use transom_testdata::empty_service::empty::empty_client::EmptyClient;
use transom_testdata::empty_service::empty::empty_server::{Empty, EmptyServer};

/// Implements one method of one service.
struct Shop;

impl UserService for Shop {
    async fn get_user(&self, _: Request<GetUserRequest>) -> Result<Response<GetUserResponse>, Status> {
        Ok(Response::new(GetUserResponse::default()))
    }
}
impl ChatService for Shop {}
impl FileService for Shop {}
impl Empty for Shop {}

fn unimplemented<T>(result: Result<Response<T>, Status>, path: &str) {
    let status = result.err().expect(path);
    assert_eq!(status.code(), Code::Unimplemented);
    assert!(status.message().contains(path), "{}", status.message());
}

#[tokio::test]
async fn a_method_without_an_implementation_says_so() {
    let mut users = UserServiceClient::new(UserServiceServer::new(Shop));
    assert!(users.get_user(GetUserRequest::default()).await.is_ok());
    unimplemented(users.list_users(ListUsersRequest::default()).await, "/ecommerce.v1.UserService/ListUsers");
    unimplemented(users.watch_users(WatchUsersRequest::default()).await, "/ecommerce.v1.UserService/WatchUsers");

    let mut files = FileServiceClient::new(FileServiceServer::new(Shop));
    let chunks = tokio_stream::iter([FileChunk::default()]);
    unimplemented(files.upload_file(chunks).await, "/ecommerce.v1.FileService/UploadFile");
    unimplemented(files.download_file(DownloadRequest::default()).await, "/ecommerce.v1.FileService/DownloadFile");

    let mut chats = ChatServiceClient::new(ChatServiceServer::new(Shop));
    let messages = tokio_stream::iter([ChatMessage::default()]);
    unimplemented(chats.chat(messages).await, "/ecommerce.v1.ChatService/Chat");
}

#[tokio::test]
async fn a_method_of_another_service_does_not_exist() {
    // The client of one service on the server of another: the server knows the path of none of its methods.
    let status = ChatServiceClient::new(UserServiceServer::new(Shop))
        .chat(tokio_stream::iter([ChatMessage::default()]))
        .await
        .expect_err("the chat service is not served");
    assert_eq!(status.code(), Code::Unimplemented);
}

#[test]
fn a_service_without_methods_is_a_service() {
    fn named<S: transom::server::ServiceName>() -> &'static str {
        S::NAME
    }
    fn carries<C: Transport>(_: &C) {}

    let server = EmptyServer::new(Shop);
    carries(&server);
    let _client = EmptyClient::new(server);
    assert_eq!(named::<transom_testdata::empty_service::empty::empty_server::EmptyMethods>(), "empty.Empty");
}
