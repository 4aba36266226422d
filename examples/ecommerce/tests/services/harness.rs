//! A server of its own for each test, and clients of it.

use std::net::SocketAddr;
use std::time::Duration;

use ecommerce::proto::ecommerce::v1::chat_service_client::ChatServiceClient;
use ecommerce::proto::ecommerce::v1::file_service_client::FileServiceClient;
use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use ecommerce::proto::ecommerce::v1::{CreateUserRequest, User};
use ecommerce::server::{Config, serve};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tonic::transport::{Channel, Endpoint};
use tonic_types::StatusExt as _;
use transom::Status;
use uuid::Uuid;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that runs until the test ends.
pub(crate) struct Shop {
    pub(crate) address: SocketAddr,
    stop: CancellationToken,
    served: JoinHandle<Result<(), String>>,
}

impl Shop {
    /// A server with the default configuration.
    pub(crate) async fn open() -> Self {
        Self::with(Config::default()).await
    }

    pub(crate) async fn with(config: Config) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let told = stop.clone().cancelled_owned();
        let served =
            tokio::spawn(async move { serve(config, listener, told).await.map_err(|error| error.to_string()) });
        Self { address, stop, served }
    }

    pub(crate) async fn channel(&self) -> Channel {
        Endpoint::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap()
    }

    pub(crate) async fn users(&self) -> UserServiceClient<Channel> {
        UserServiceClient::new(self.channel().await)
    }

    pub(crate) async fn chat(&self) -> ChatServiceClient<Channel> {
        ChatServiceClient::new(self.channel().await)
    }

    pub(crate) async fn files(&self) -> FileServiceClient<Channel> {
        FileServiceClient::new(self.channel().await)
    }

    /// Tells the server to stop, and waits for nothing.
    pub(crate) fn begin_to_stop(&self) {
        self.stop.cancel();
    }

    /// Waits until a server that was told to stop has stopped.
    pub(crate) async fn stopped(self) {
        soon(self.served).await.unwrap().unwrap();
    }
}

/// The value of a future that must not hang.
pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> T {
    timeout(PATIENCE, future).await.expect("the test hangs")
}

/// A request that creates a user whom nobody knows.
pub(crate) fn new_user(name: &str) -> CreateUserRequest {
    CreateUserRequest {
        email: format!("{}@example.com", Uuid::new_v4()),
        name: name.to_owned(),
        password: "securepassword".to_owned(),
    }
}

pub(crate) async fn create(users: &mut UserServiceClient<Channel>, name: &str) -> User {
    users.create_user(new_user(name)).await.unwrap().into_inner().user.unwrap()
}

/// The fields that a `BadRequest` names.
pub(crate) fn violated(status: &Status) -> Vec<String> {
    let bad_request = status.get_details_bad_request().expect("the status has a BadRequest");
    bad_request.field_violations.into_iter().map(|violation| violation.field).collect()
}
