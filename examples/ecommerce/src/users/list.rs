//! `ListUsers`: a page of the table of users, with the filter and the order of the request.

use sqlx::{FromRow as _, SqlitePool};
use transom::Status;
use transom::filter::FilterOptions;
use transom::list::sqlx::FetchError;
use transom::list::{KeyRing, ListRequestExt as _, PageSizes, Pages, Select};
use transom::sql::Columns;

use super::table;
use crate::error::database_failed;
use crate::proto::ecommerce::v1::{ListUsersRequest, ListUsersResponse, User};

/// All users.
static USERS: Select = Select::from("users");

/// Settings of `ListUsers`.
#[derive(Debug)]
pub(super) struct List {
    pages: Pages<ListUsersRequest>,
    columns: Columns<User>,
}

impl List {
    /// Creates the settings: pages of 50 users by default, and of at most 100.
    pub(super) fn new(keys: KeyRing) -> Self {
        let pages = Pages::keyset(keys, User::USER_ID)
            .sizes(PageSizes::new(50, 100))
            .filter_options(filter_options())
            // The client does not learn the cause.
            .on_refusal(|cause| tracing::info!(?cause, "rejected a page token"));
        Self { pages, columns: table::columns() }
    }

    /// Returns the page that the request asks for.
    pub(super) async fn page(
        &self,
        request: &ListUsersRequest,
        database: &SqlitePool,
    ) -> Result<ListUsersResponse, Status> {
        let page = request.page(&self.pages)?;
        let users = page.fetch(&USERS, &self.columns, database, |row| User::from_row(&row));
        let users = users.await.map_err(failed)?;
        let total = page.fetch_total(&USERS, &self.columns, database);
        let total = total.await.map_err(failed)?;
        Ok(page.respond_with_total(users, total)?)
    }
}

/// Options for filters of users. Words without a comparator are searched in names and emails.
pub(super) fn filter_options() -> FilterOptions<User> {
    FilterOptions::new().searchable(User::NAME).searchable(User::EMAIL)
}

/// Converts the error to a status, and logs errors of the database.
fn failed(error: FetchError) -> Status {
    match error {
        FetchError::Database(error, _) => database_failed(&error),
        error => error.into(),
    }
}
