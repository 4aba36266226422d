//! What servers and clients both need to know of a list request: which of its fields ask for a page, and which of its
//! response's bring one.
//!
//! Generated code says it with [`list_request!`](crate::__list_request), whatever types the fields have.

mod macros;
mod plain;
mod text;

pub use plain::Plain;
pub use text::Text;

/// A request for a page of a list (AIP-158), as its client sees it. Generated code implements it.
#[cfg(feature = "pager")]
pub trait PagedRequest: Sized {
    /// What a call returns.
    type Response;
    /// An element of the list.
    type Item;

    /// The token that the request has; empty for the first page.
    fn page_token(&self) -> &str;

    /// Puts another token into the request, and returns the one before.
    fn replace_page_token(&mut self, token: String) -> String;

    /// Takes the number of items to leave out from the request, where it has one. It counts from the request's own token,
    /// so the pages after have none.
    fn clear_skip(&mut self) {}

    /// The token of the page after this one; empty on the last.
    fn next_page_token(response: &Self::Response) -> &str;

    /// Takes the items out of a response.
    fn take_items(response: &mut Self::Response) -> Vec<Self::Item>;
}
