//! Lists on the server (AIP-158): page sizes, sealed page tokens, cursors, and the pages themselves, in memory and as SQL.
//!
//! ```text
//! // Once:
//! let ring = KeyRing::new(std::env::var("PAGE_TOKEN_KEY")?.parse()?);
//! let pages = Pages::<ListBooksRequest>::keyset(ring, Book::NAME);
//!
//! // In the method:
//! let page = request.page(&pages)?;
//! let books = Select::from("books").filtered(|condition| condition.push("shelf = ").value(&request.parent));
//! let sql = page.query(&books, &columns, Dialect::Sqlite)?;
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
//!
//! What makes two requests one is the value of every field, with maps in any order. Of a message whose fields this crate
//! does not know, such as one of another crate that is not described, the order of repeated values does not count either;
//! in one of more than 64 KiB, the order of maps does, and a token can be refused because of it.

#[doc(hidden)]
pub mod arguments;
mod binding;
mod count;
mod current;
mod cursor;
mod finish;
mod key;
mod keyset;
mod kind;
mod memory;
mod pages;
mod problems;
mod query;
mod request;
mod ring;
mod sealing;
mod select;
mod size;
#[cfg(feature = "_sqlx")]
pub mod sqlx;
#[cfg(feature = "_grpc")]
mod status;
mod token;

#[doc(hidden)]
pub use self::binding::with_fingerprint;
pub use self::count::TotalSize;
#[doc(hidden)]
pub use self::count::{Count, Total};
pub use self::current::Page;
pub use self::cursor::Cursor;
pub use self::finish::Finished;
pub use self::key::{InvalidKey, Key, KeyId, NoRandomness};
pub use self::kind::{FromRows, Opaque, OwnOrder, Sorted};
pub use self::memory::Selected;
pub use self::pages::Pages;
pub use self::query::QueryError;
pub use self::request::{ListAnswer, ListRequest};
pub use self::ring::{KeyRing, MethodKeys};
pub use self::select::{Condition, Select};
pub use self::size::PageSizes;
pub use self::token::{Refusal, SealError};
pub use crate::paged::Plain;
