//! Lists on the client (AIP-4233): a [`Pager`] requests pages on demand.
//!
//! ```text
//! let mut pager = Pager::new(request, async |request| client.list_books(request).await);
//! while let Some(page) = pager.next_page().await {
//!     let page = page?;                 // after an error, next_page() asks for the same page again
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
//! A stream ends after an error, so no loop calls a failed server forever. The pager keeps its position: another call of
//! `pager.items()` continues there. `into_items` and `into_pages` return streams that own the pager.
//!
//! A server in the same process may always be ready. After every 32 pages the pager waits for one turn of the executor, so
//! a timeout around a list fires.
//!
//! An empty token ends a list; a page without items does not. A token that a server returns a second time is
//! [`PagerError::RepeatedToken`], because the list would never end. The pager keeps a hash of 8 bytes of each token for
//! that. After a million tokens it keeps no more, and finds a new cycle within a few rounds. Nothing here is boxed.

mod answer;
mod error;
mod guard;
mod item_stream;
mod next;
mod pace;
mod page_stream;
mod state;

pub use self::answer::Answer;
pub use self::error::PagerError;
pub use self::item_stream::ItemStream;
pub use self::next::Pager;
pub use self::page_stream::PageStream;
pub use crate::paged::PagedRequest;
