//! Lists on the server (AIP-158): page sizes, sealed page tokens, cursors, and the pages themselves, in memory and as SQL.
//!
//! ```text
//! // Once:
//! let ring = KeyRing::new(std::env::var("PAGE_TOKEN_KEY")?.parse()?);
//! let pages = Pages::<ListBooksRequest>::keyset(ring, Book::NAME);
//!
//! // In the method:
//! let page = request.page(&pages)?;
//! let sql = page.query("SELECT * FROM books", &columns, Dialect::Sqlite)?;
//! let books = …;                       // run it
//! Ok(Response::new(page.respond(books)?))
//! ```
//!
//! | of the request | rule |
//! |---|---|
//! | page size 0 or unset | the default size |
//! | page size below 0 | refused |
//! | page size above the maximum | the maximum |
//! | page size changed between pages | honoured |
//! | any other argument changed | the token is refused |
//! | skip | so many items after the token's position; beyond the end, the page is empty |
//! | skip below 0 | refused |
//!
//! One row more than the page has is looked for, so the last page has no token even when it is full.
//!
//! # Tokens
//!
//! A token is encrypted and authentic (XChaCha20-Poly1305), and good for one method, one request, whatever its page size,
//! and, where the server says so, for one principal. Everything that can be wrong with one is the same error; a
//! server learns the cause by [`Pages::on_refusal`]. A token gives no right to anything: check every request.

mod binding;
mod buffer;
mod count;
mod current;
mod cursor;
mod fingerprint;
mod key;
mod keyset;
mod memory;
mod pages;
mod problems;
mod query;
mod request;
mod ring;
mod size;
#[cfg(feature = "_sqlx")]
pub mod sqlx;
#[cfg(feature = "_grpc")]
mod status;
mod token;
mod varint;

pub use self::count::{Count, Total};
pub use self::current::{Finished, Page};
pub use self::cursor::Cursor;
#[doc(hidden)]
pub use self::fingerprint::with_fingerprint;
pub use self::key::{InvalidKey, Key, KeyId, NoRandomness};
pub use self::memory::Selected;
pub use self::pages::Pages;
#[doc(hidden)]
pub use self::request::position;
pub use self::request::{Argument, Arguments, ByOffset, ByToken, ListAnswer, ListRequest, Paging, Position, Start};
pub use self::ring::KeyRing;
pub use self::size::PageSizes;
pub use self::token::{Refusal, SealError};
pub use crate::paged::{Plain, Text};
