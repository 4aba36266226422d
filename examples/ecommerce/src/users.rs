//! `ecommerce.v1.UserService`: users, and what happens to them.
//!
//! Filters and orders of ListUsers are refused, not ignored: they are not supported yet.

mod forward;
mod password;
mod store;
mod update;
mod watch;

use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;
use transom::{BoxStream, Deadline, Request, Response, Status};
use uuid::Uuid;

use self::password::Hasher;
use self::store::{Refused, Store};
use self::watch::{Filter, Watch};
use crate::error::{Violations, already_exists, invalid, not_found};
use crate::proto::ecommerce::v1::{
    CreateUserRequest, CreateUserResponse, DeleteUserRequest, GetUserRequest, GetUserResponse, ListUsersRequest,
    ListUsersResponse, UpdateUserRequest, UpdateUserResponse, UserEvent, WatchUsersRequest,
    user_service_client::UserServiceClient, user_service_server::UserService,
};
use crate::source::Source as _;

/// What `ResourceInfo` calls a user.
const USER: &str = "ecommerce.v1.User";
/// The page size where the request leaves the choice to the server.
const DEFAULT_PAGE: usize = 50;
/// The largest page; who asks for more gets this many.
const LARGEST_PAGE: usize = 100;
/// How long a password may be. Short ones are guessed; hashing very long ones would be work for nothing.
const PASSWORD: std::ops::RangeInclusive<usize> = 8..=128;

/// The users of the shop, in memory.
#[derive(Debug)]
pub struct Users {
    store: Store,
    hasher: Hasher,
    downstream: Option<UserServiceClient<Channel>>,
    going_down: CancellationToken,
}

impl Users {
    /// No users yet. Streams end when `going_down` is cancelled.
    pub fn new(going_down: CancellationToken) -> Self {
        Self { store: Store::new(), hasher: Hasher::new(), downstream: None, going_down }
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
        let mut violations = Violations::default();
        check_identity(&mut violations, "", &email, &name);
        let characters = password.chars().count();
        violations.require(PASSWORD.contains(&characters), "password", "must have 8 to 128 characters");
        violations.finish()?;

        let password = self.hasher.hash(password).await?;
        match self.store.create(email.clone(), name, password) {
            Ok(user) => Ok(Response::new(CreateUserResponse { user: Some(user) })),
            Err(refused) => Err(refusal(refused, "", &email)),
        }
    }

    async fn get_user(&self, request: Request<GetUserRequest>) -> Result<Response<GetUserResponse>, Status> {
        if forward::is_wanted(&request) {
            return forward::get_user(self.downstream.clone(), request).await;
        }
        let deadline = Deadline::of(&request);
        let id = request.into_inner().user_id;
        check_id("user_id", &id)?;
        let user = self.store.get(&id).ok_or_else(|| not_found(USER, &id))?;
        let mut response = Response::new(GetUserResponse { user: Some(user) });
        if let Some(deadline) = deadline {
            forward::show_deadline(&mut response, deadline);
        }
        Ok(response)
    }

    async fn list_users(&self, request: Request<ListUsersRequest>) -> Result<Response<ListUsersResponse>, Status> {
        let ListUsersRequest { page_size, page_token, filter, order_by } = request.into_inner();
        let mut violations = Violations::default();
        let size = usize::try_from(page_size);
        violations.require(size.is_ok(), "page_size", "must not be negative");
        // The token is the id of the last user on the page before.
        let token = page_token.is_empty() || Uuid::try_parse(&page_token).is_ok();
        violations.require(token, "page_token", "is not a token of this method");
        violations.require(filter.is_empty(), "filter", "is not supported yet; leave it empty");
        violations.require(order_by.is_empty(), "order_by", "is not supported yet; leave it empty");
        violations.finish()?;

        let size = match size.unwrap_or_default() {
            0 => DEFAULT_PAGE,
            size => size.min(LARGEST_PAGE),
        };
        let page = self.store.list(Some(page_token.as_str()).filter(|token| !token.is_empty()), size);
        let next = page.users.last().filter(|_| page.more).map(|user| user.user_id.clone());
        Ok(Response::new(ListUsersResponse {
            next_page_token: next.unwrap_or_default(),
            total_count: i32::try_from(page.total).unwrap_or(i32::MAX),
            users: page.users,
        }))
    }

    async fn update_user(&self, request: Request<UpdateUserRequest>) -> Result<Response<UpdateUserResponse>, Status> {
        let user = update::update(&self.store, request.into_inner())?;
        Ok(Response::new(UpdateUserResponse { user: Some(user) }))
    }

    async fn delete_user(&self, request: Request<DeleteUserRequest>) -> Result<Response<()>, Status> {
        let id = request.into_inner().user_id;
        check_id("user_id", &id)?;
        self.store.delete(&id).map_err(|refused| refusal(refused, &id, ""))?;
        Ok(Response::new(()))
    }

    async fn watch_users(&self, request: Request<WatchUsersRequest>) -> Result<Response<BoxStream<UserEvent>>, Status> {
        let filter = Filter::parse(&request.into_inner().filter)?;
        // Subscribed before the answer begins: who has seen its metadata misses nothing.
        let watch = Watch::new(self.store.watch(), filter, self.going_down.clone());
        Ok(Response::new(watch.into_stream()))
    }
}

/// Checks what a user signs in with and is shown as; `prefix` is the path to the fields.
fn check_identity(violations: &mut Violations, prefix: &str, email: &str, name: &str) {
    let address = email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    violations.require(address, format!("{prefix}email"), "must be an address such as ada@example.com");
    violations.require(!name.is_empty(), format!("{prefix}name"), "must not be empty");
}

/// A missing id is the caller's mistake, not an unknown user.
fn check_id(field: &str, id: &str) -> Result<(), Status> {
    if id.is_empty() { Err(invalid(field, "must not be empty")) } else { Ok(()) }
}

/// What the store refused, as a status.
fn refusal(refused: Refused, id: &str, email: &str) -> Status {
    match refused {
        Refused::NotFound => not_found(USER, id),
        Refused::EmailTaken => already_exists(USER, email),
    }
}
