//! `ecommerce.v1.UserService`: users, and what happens to them.

mod forward;
mod list;
mod password;
mod request;
mod store;
mod table;
mod update;
mod watch;

use std::path::Path;

use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;
use transom::filter::Filter;
use transom::list::KeyRing;
use transom::{BoxStream, Deadline, Request, Response, Status};

use self::list::List;
use self::password::Hasher;
use self::store::{Failure, Store};
use self::watch::Watch;
use crate::error::{FieldChecks, already_exists, database_failed, invalid, not_found};
use crate::proto::ecommerce::v1::{
    CreateUserRequest, CreateUserResponse, DeleteUserRequest, GetUserRequest, GetUserResponse, ListUsersRequest,
    ListUsersResponse, UpdateUserRequest, UpdateUserResponse, UserEvent, WatchUsersRequest,
    user_service_client::UserServiceClient, user_service_server::UserService,
};
use crate::source::Source as _;

/// Resource type of users in `ResourceInfo`.
const USER: &str = "ecommerce.v1.User";
/// Number of characters of a password. Short passwords can be guessed; very long ones cost time to hash without a gain.
const PASSWORD: std::ops::RangeInclusive<usize> = 8..=128;
/// Number of bytes of an address (RFC 5321, section 4.5.3.1, as corrected).
const MOST_EMAIL: usize = 254;
/// Number of bytes of a user. A page of 100 users, the largest, is then smaller than the 4 MiB that clients accept unless
/// they are told otherwise, with a page token that contains the fields of one user.
const MOST_USER: usize = 41_200;

/// The users of the shop, in a database.
#[derive(Debug)]
pub struct Users {
    store: Store,
    list: List,
    hasher: Hasher,
    downstream: Option<UserServiceClient<Channel>>,
    going_down: CancellationToken,
}

impl Users {
    /// The users in a file, or, without one, no users yet, in memory. Page tokens are sealed with `keys`; streams end when
    /// `going_down` is cancelled.
    ///
    /// # Errors
    ///
    /// When the file is no database that can be used.
    pub async fn open(file: Option<&Path>, keys: KeyRing, going_down: CancellationToken) -> Result<Self, sqlx::Error> {
        let store = Store::open(file).await?;
        Ok(Self { store, list: List::new(keys), hasher: Hasher::new(), downstream: None, going_down })
    }

    /// Asks another server where the caller of GetUser sends `x-forward: true`.
    #[must_use]
    pub fn with_downstream(self, downstream: UserServiceClient<Channel>) -> Self {
        Self { downstream: Some(downstream), ..self }
    }
}

impl UserService for Users {
    async fn create_user(&self, request: Request<CreateUserRequest>) -> Result<Response<CreateUserResponse>, Status> {
        let CreateUserRequest { email, name, password } = request.into_inner();
        let mut checks = FieldChecks::new(USER);
        check_identity(&mut checks, "", &email, &name);
        checks.require(email.len() + name.len() <= MOST_USER, "name", format!("must have at most {MOST_USER} bytes"));
        let characters = password.chars().count();
        checks.require(PASSWORD.contains(&characters), "password", "must have 8 to 128 characters");
        checks.finish()?;

        let password = self.hasher.hash(password).await?;
        let user = self.store.change().await?.create(email, name, &password).await?;
        Ok(Response::new(CreateUserResponse { user: Some(user) }))
    }

    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<GetUserResponse>, Status> {
        if forward::is_wanted(&request) {
            return forward::get_user(self.downstream.clone(), request).await;
        }
        let deadline = Deadline::from_request(&request);
        let id = request.into_inner().user_id;
        check_id("user_id", &id)?;
        let user = self.store.find(&id).await?.ok_or_else(|| not_found(USER, &id))?;
        let mut response = Response::new(GetUserResponse { user: Some(user) });
        if let Some(deadline) = deadline {
            forward::show_deadline(&mut response, deadline);
        }
        Ok(response)
    }

    async fn list_users(&self, request: Request<ListUsersRequest>) -> Result<Response<ListUsersResponse>, Status> {
        Ok(Response::new(self.list.page(request.get_ref(), self.store.database()).await?))
    }

    async fn update_user(&self, request: Request<UpdateUserRequest>) -> Result<Response<UpdateUserResponse>, Status> {
        let user = update::update(&self.store, request.into_inner()).await?;
        Ok(Response::new(UpdateUserResponse { user: Some(user) }))
    }

    async fn delete_user(&self, request: Request<DeleteUserRequest>) -> Result<Response<()>, Status> {
        let id = request.into_inner().user_id;
        check_id("user_id", &id)?;
        self.store.change().await?.delete(&id).await?.ok_or_else(|| not_found(USER, &id))?;
        Ok(Response::new(()))
    }

    async fn watch_users(&self, request: Request<WatchUsersRequest>) -> Result<Response<BoxStream<UserEvent>>, Status> {
        let filter = Filter::parse_with(&request.get_ref().filter, &list::filter_options())?;
        // Subscribed before the answer begins: who has seen its metadata misses nothing.
        let watch = Watch::new(self.store.watch().await, filter, self.going_down.clone());
        Ok(Response::new(watch.into_stream()))
    }
}

/// Checks what a user signs in with and is shown as; `prefix` is the path to the fields.
fn check_identity(checks: &mut FieldChecks, prefix: &str, email: &str, name: &str) {
    let address = email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    let short = email.len() <= MOST_EMAIL;
    checks.require(address && short, format!("{prefix}email"), "must be an address such as ada@example.com");
    checks.require(!name.is_empty(), format!("{prefix}name"), "must not be empty");
}

/// A missing id is the caller's mistake, not an unknown user.
fn check_id(field: &str, id: &str) -> Result<(), Status> {
    if id.is_empty() { Err(invalid(USER, field, "must not be empty")) } else { Ok(()) }
}

impl From<Failure> for Status {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::EmailTaken(email) => already_exists(USER, &email),
            Failure::Database(error) => database_failed(&error),
        }
    }
}
