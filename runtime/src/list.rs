//! Lists (AIP-158): pages on the server, in memory and as SQL, and pagers on the client.
//!
//! On the server, with the feature `list`:
//!
//! ```text
//! // At start-up, once for each method:
//! let keyring = KeyRing::new(std::env::var("PAGE_TOKEN_KEY")?.parse()?);
//! let pages = Pages::<ListBooksRequest>::keyset(keyring, Book::NAME);
//!
//! // In the method, with the trait `ListRequestExt` in scope:
//! let page = request.page(&pages)?;
//! let books = Select::from("books").filtered(|condition| condition.push("shelf = ").value(&request.parent));
//! let sql = page.query(&books, &columns, Dialect::Sqlite)?;
//! let books = …; // runs the query
//! Ok(Response::new(page.respond(books)?))
//! ```
//!
//! On the client, with the feature `pager`:
//!
//! ```text
//! let mut pager = Pager::new(request, async |request| client.list_books(request).await);
//! while let Some(page) = pager.next_page().await {
//!     let page = page?; // after an error, `next_page` requests the same page again
//! }
//!
//! let mut pager = Pager::new(request, move |request| {
//!     let mut client = client.clone();
//!     async move { client.list_books(request).await }
//! });
//! let mut books = pin!(pager.items().limit(1000).prefetch());
//! while let Some(book) = books.next().await { … }
//! ```
//!
//! # Requests
//!
//! | parameter | rule |
//! |---|---|
//! | page size 0 or unset | the default page size |
//! | page size below 0 | rejected |
//! | page size above the maximum | the maximum page size |
//! | page size changed between pages | accepted |
//! | any other parameter changed between pages | the token is rejected |
//! | skip | skips this many items after the token's position; beyond the end, the page is empty |
//! | skip below 0 | rejected |
//!
//! A page reads one row more than its size, so the last page has no token even when it is full.
//!
//! # Tokens
//!
//! A token is encrypted and authenticated (XChaCha20-Poly1305). It is valid for one method, one request without regard to
//! its page size, and, with [`ListRequestExt::page_for`], one principal. All invalid tokens get the same error. A server
//! learns the cause from [`Pages::on_refusal`]. A token grants no permission: check permissions for every page.
//!
//! Two requests are the same if all fields are equal, with maps in any order. In a message that has no field table,
//! such as one of another crate, the order of repeated values does not count either. In such a message of more than
//! 64 KiB, the order of maps does count, so a valid token can be rejected.
//!
//! # Pagers
//!
//! An empty token ends a list; an empty page does not. A token that the server returns a second time is
//! [`PagerError::RepeatedToken`], because the list would never end. For that, the pager keeps a hash of 8 bytes for each
//! of the first million tokens. Later cycles are found within a few rounds. A pager boxes nothing.
//!
//! A stream ends after an error, so no loop calls a failing server forever. The pager keeps its position: another
//! `pager.items()` continues there. `into_items` and `into_pages` return streams that own the pager.
//!
//! A server in the same process may always be ready. After every 32 pages the pager yields to the executor once, so that
//! a timeout around the list can fire.

#[cfg(feature = "pager")]
mod client;
#[cfg(feature = "list")]
mod query;
mod request;
#[cfg(feature = "list")]
mod server;
#[cfg(feature = "list")]
mod token;

#[cfg(feature = "pager")]
pub use self::client::{IntoPage, ItemStream, PageStream, Pager, PagerError};
#[cfg(feature = "_sqlx")]
pub use self::query::sqlx;
#[cfg(feature = "list")]
pub use self::query::{Condition, Select};
#[cfg(feature = "pager")]
pub use self::request::PagedRequest;
pub use self::request::Plain;
#[doc(hidden)]
pub use self::request::TextField;
#[cfg(feature = "list")]
#[doc(hidden)]
pub use self::request::{CountField, TotalField, params};
#[cfg(feature = "list")]
pub use self::request::{ListRequest, TotalSize, UnaryListRequest};
#[cfg(feature = "list")]
pub use self::server::{
    CursorFromRows, CustomCursor, ListRequestExt, OwnOrder, Page, PageContents, PageRows, PageSizes, Pages, TotalOrder,
};
#[cfg(feature = "list")]
#[doc(hidden)]
pub use self::token::with_fingerprint;
#[cfg(feature = "list")]
pub use self::token::{Cursor, InvalidKey, Key, KeyId, KeyRing, MethodKeys, NoRandomness, Refusal, SealError};
