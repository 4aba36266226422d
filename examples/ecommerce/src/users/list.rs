//! ListUsers: a page of the table, filtered and sorted as the request says.

use sqlx::{FromRow as _, SqlitePool};
use transom::Status;
use transom::filter::FilterOptions;
use transom::list::sqlx::FetchError;
use transom::list::{KeyRing, ListRequestExt as _, PageSizes, Pages, Select};
use transom::sql::Columns;

use super::table;
use crate::error::database_failed;
use crate::proto::ecommerce::v1::{ListUsersRequest, ListUsersResponse, User};

/// Rows of the list: all users.
static USERS: Select = Select::from("users");

/// List of users.
#[derive(Debug)]
pub(super) struct List {
    pages: Pages<ListUsersRequest>,
    columns: Columns<User>,
}

impl List {
    /// Lists of 50 users a page, or as many as the request says, but at most 100.
    pub(super) fn new(keys: KeyRing) -> Self {
        let pages = Pages::keyset(keys, User::USER_ID)
            .sizes(PageSizes::new(50, 100))
            .filter_options(filter_options())
            // The client is told nothing of it.
            .on_refusal(|why| tracing::info!(?why, "refused a page token"));
        Self { pages, columns: table::columns() }
    }

    /// The page that the request asks for.
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

/// Returns the options of filters: every field may be used, and a bare word searches names and emails.
pub(super) fn filter_options() -> FilterOptions<User> {
    FilterOptions::new().searchable(User::NAME).searchable(User::EMAIL)
}

/// The mistakes of the client are told to it, those of the database to the log.
fn failed(error: FetchError) -> Status {
    match error {
        FetchError::Database(error, _) => database_failed(&error),
        error => error.into(),
    }
}
