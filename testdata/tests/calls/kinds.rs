//! The four kinds of method, with metadata, errors and streams both ways.

use tokio_stream::{Stream, StreamExt};
use transom::{BoxStream, Code, Request, Response, Status, Streaming};
use transom_testdata::user_streaming::user::user_service_client::UserServiceClient;
use transom_testdata::user_streaming::user::user_service_server::{UserService, UserServiceServer};
use transom_testdata::user_streaming::user::{
    ChatMessage, CreateUserRequest, CreateUsersResponse, GetUserRequest, ListUsersRequest, User,
};

/// Knows users by their number.
struct Users;

impl Users {
    fn user(id: i32) -> User {
        User { id, name: format!("user {id}"), ..User::default() }
    }
}

impl UserService for Users {
    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<User>, Status> {
        let trace = request.metadata().get("trace").cloned();
        let id = request.into_inner().id;
        if id <= 0 {
            return Err(Status::not_found(format!("user {id}")));
        }
        let mut response = Response::new(Self::user(id));
        if let Some(trace) = trace {
            response.metadata_mut().insert("trace", trace);
        }
        Ok(response)
    }

    async fn list_users(&self, request: Request<ListUsersRequest>) -> Result<Response<BoxStream<User>>, Status> {
        let last = request.into_inner().page_size;
        let users = (1..=last).map(|id| Ok(Self::user(id)));
        let end = (last == 3).then(|| Err(Status::data_loss("the fourth user is gone")));
        Ok(Response::new(Box::pin(tokio_stream::iter(users.chain(end)))))
    }

    async fn create_users(
        &self,
        request: Request<Streaming<CreateUserRequest>>,
    ) -> Result<Response<CreateUsersResponse>, Status> {
        let mut requests = request.into_inner();
        let mut users = Vec::new();
        while let Some(request) = requests.next().await {
            users.push(User { name: request?.name, ..User::default() });
        }
        let created_count = i32::try_from(users.len()).unwrap();
        Ok(Response::new(CreateUsersResponse { users, created_count }))
    }

    async fn chat_stream(
        &self,
        request: Request<Streaming<ChatMessage>>,
    ) -> Result<Response<BoxStream<ChatMessage>>, Status> {
        let echo = request
            .into_inner()
            .map(|message| message.map(|message| ChatMessage { content: message.content.to_uppercase(), ..message }));
        Ok(Response::new(Box::pin(echo)))
    }
}

fn client() -> UserServiceClient<UserServiceServer<Users>> {
    UserServiceClient::new(UserServiceServer::new(Users))
}

fn said(words: &[&str]) -> impl Stream<Item = ChatMessage> + Send + 'static {
    let messages: Vec<_> =
        words.iter().map(|word| ChatMessage { content: (*word).to_owned(), ..ChatMessage::default() }).collect();
    tokio_stream::iter(messages)
}

#[tokio::test]
async fn unary_calls_carry_messages_and_metadata_both_ways() {
    let mut request = Request::new(GetUserRequest { id: 7 });
    request.metadata_mut().insert("trace", "abc".parse().unwrap());
    let response = client().get_user(request).await.unwrap();
    assert_eq!(response.metadata().get("trace").unwrap(), "abc");
    assert_eq!(response.into_inner(), Users::user(7));
}

#[tokio::test]
async fn an_error_of_the_handler_reaches_the_client() {
    let status = client().get_user(GetUserRequest { id: 0 }).await.unwrap_err();
    assert_eq!((status.code(), status.message()), (Code::NotFound, "user 0"));
}

#[tokio::test]
async fn server_streams_end_with_a_status() {
    let mut answers =
        client().list_users(ListUsersRequest { page_size: 2, ..Default::default() }).await.unwrap().into_inner();
    assert_eq!(answers.message().await.unwrap(), Some(Users::user(1)));
    assert_eq!(answers.message().await.unwrap(), Some(Users::user(2)));
    assert_eq!(answers.message().await.unwrap(), None);

    let answers =
        client().list_users(ListUsersRequest { page_size: 3, ..Default::default() }).await.unwrap().into_inner();
    let answers: Vec<_> = answers.collect().await;
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[3].as_ref().unwrap_err().code(), Code::DataLoss);
}

#[tokio::test]
async fn client_streams_are_read_to_their_end() {
    let names = ["ann", "bob"].map(|name| CreateUserRequest { name: name.to_owned(), ..Default::default() });
    let response = client().create_users(tokio_stream::iter(names)).await.unwrap().into_inner();
    assert_eq!(response.created_count, 2);
    assert_eq!(response.users[1].name, "bob");

    let none = tokio_stream::iter(Vec::<CreateUserRequest>::new());
    assert_eq!(client().create_users(none).await.unwrap().into_inner(), CreateUsersResponse::default());
}

#[tokio::test]
async fn both_sides_stream() {
    let answers = client().chat_stream(said(&["a", "b", "c"])).await.unwrap().into_inner();
    let answers: Vec<_> = answers.map(|answer| answer.unwrap().content).collect().await;
    assert_eq!(answers, ["A", "B", "C"]);
}

#[tokio::test]
async fn answers_come_while_requests_are_still_sent() {
    let (send, receive) = tokio::sync::mpsc::unbounded_channel();
    let requests = tokio_stream::wrappers::UnboundedReceiverStream::new(receive);
    let mut answers = client().chat_stream(requests).await.unwrap().into_inner();
    for word in ["first", "second"] {
        send.send(ChatMessage { content: word.to_owned(), ..ChatMessage::default() }).unwrap();
        assert_eq!(answers.message().await.unwrap().unwrap().content, word.to_uppercase());
    }
    drop(send);
    assert_eq!(answers.message().await.unwrap(), None);
}

#[tokio::test]
async fn one_service_serves_many_clients() {
    let service = std::sync::Arc::new(Users);
    let mut first = UserServiceClient::new(UserServiceServer::from_arc(service.clone()));
    let mut second = first.clone();
    let calls = tokio::join!(first.get_user(GetUserRequest { id: 1 }), second.get_user(GetUserRequest { id: 2 }));
    assert_eq!(calls.0.unwrap().into_inner(), Users::user(1));
    assert_eq!(calls.1.unwrap().into_inner(), Users::user(2));
    drop((first, second));
    assert_eq!(std::sync::Arc::strong_count(&service), 1);
}

#[tokio::test]
async fn interceptors_see_calls_on_both_sides() {
    let server =
        UserServiceServer::with_interceptor(Users, |request: Request<()>| match request.metadata().get("token") {
            Some(token) if token == "secret" => Ok(request),
            _ => Err(Status::unauthenticated("no token")),
        });
    let status = UserServiceClient::new(server.clone()).get_user(GetUserRequest { id: 1 }).await.unwrap_err();
    assert_eq!(status.code(), Code::Unauthenticated);

    let mut client = UserServiceClient::with_interceptor(server, |mut request: Request<()>| {
        request.metadata_mut().insert("token", "secret".parse().unwrap());
        Ok(request)
    });
    assert_eq!(client.get_user(GetUserRequest { id: 1 }).await.unwrap().into_inner(), Users::user(1));
}

#[tokio::test]
async fn messages_over_the_limit_are_refused() {
    let server = UserServiceServer::new(Users).max_decoding_message_size(8);
    let mut client = UserServiceClient::new(server);
    let long = tokio_stream::iter([CreateUserRequest {
        name: "a name of more than eight bytes".into(),
        ..Default::default()
    }]);
    assert_eq!(client.create_users(long).await.unwrap_err().code(), Code::ResourceExhausted);
    assert!(client.get_user(GetUserRequest { id: 1 }).await.is_ok());
}
