//! Addresses of the servers, as `interop/run` passes them, and clients for them.

use std::env;
use std::fs;
use std::path::PathBuf;

use ecommerce::proto::ecommerce::v1::chat_service_client::ChatServiceClient;
use ecommerce::proto::ecommerce::v1::file_service_client::FileServiceClient;
use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use ecommerce::proto::ecommerce::v1::{CreateUserRequest, User};
use tonic::transport::{Channel, Endpoint};
use uuid::Uuid;

use crate::report::{Failure, present};

/// The servers of one run.
#[derive(Debug)]
pub(crate) struct Fleet {
    /// Neither TLS nor token.
    pub(crate) plain: String,
    /// Asks for [`token`](Self::token).
    pub(crate) guarded: String,
    pub(crate) tls: String,
    pub(crate) mtls: String,
    /// Forwards to `plain`.
    pub(crate) front: String,
    /// Forwards to a server that never answers.
    pub(crate) stuck: String,
    pub(crate) token: String,
    certificates: PathBuf,
}

impl Fleet {
    pub(crate) fn from_environment() -> Result<Self, String> {
        let address = |name: &str| variable(&format!("ECOMMERCE_{name}_ADDR"));
        Ok(Self {
            plain: address("PLAIN")?,
            guarded: address("GUARDED")?,
            tls: address("TLS")?,
            mtls: address("MTLS")?,
            front: address("FRONT")?,
            stuck: address("STUCK")?,
            token: variable("ECOMMERCE_TOKEN")?,
            certificates: variable("ECOMMERCE_CERTIFICATES")?.into(),
        })
    }

    pub(crate) async fn users(&self) -> Result<UserServiceClient<Channel>, Failure> {
        Ok(UserServiceClient::new(connect(&self.plain).await?))
    }

    pub(crate) async fn chat(&self) -> Result<ChatServiceClient<Channel>, Failure> {
        Ok(ChatServiceClient::new(connect(&self.plain).await?))
    }

    pub(crate) async fn files(&self) -> Result<FileServiceClient<Channel>, Failure> {
        Ok(FileServiceClient::new(connect(&self.plain).await?))
    }

    /// A certificate or key of this run.
    pub(crate) fn pem(&self, name: &str) -> Result<Vec<u8>, Failure> {
        Ok(fs::read(self.certificates.join(name))?)
    }
}

/// A channel without TLS.
pub(crate) async fn connect(address: &str) -> Result<Channel, Failure> {
    Ok(Endpoint::from_shared(format!("http://{address}"))?.connect().await?)
}

/// Creates a user whom no other case knows.
pub(crate) async fn create(users: &mut UserServiceClient<Channel>, name: &str) -> Result<User, Failure> {
    let request = CreateUserRequest {
        email: format!("{}@example.com", Uuid::new_v4()),
        name: name.into(),
        password: "securepassword".into(),
    };
    present("user", users.create_user(request).await?.into_inner().user)
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("{name} is not set: start this with `interop/run rust`"))
}
