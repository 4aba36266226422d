//! List requests and their responses, as their servers see them.

use super::arguments::{Arguments, Paging};
use super::count::TotalSize;
use super::current::Page;
use super::pages::Pages;
use crate::fields::Fields;
use crate::violation::Violations;

/// A request for a part of a list. Generated code implements it for the requests that it recognises.
pub trait ListRequest: Fields<Message = Self> {
    /// The fields of the items.
    type Resource: Fields;

    /// The methods that have this request: `/library.v1.LibraryService/ListBooks`.
    const METHODS: &'static [&'static str];

    /// How the request says where its page starts.
    #[doc(hidden)]
    type Start: Paging;

    /// The fields that say which page, as bits by their positions: all others say which list.
    #[doc(hidden)]
    const UNBOUND: u64;

    /// What the request says.
    #[doc(hidden)]
    fn arguments(&self) -> Arguments<'_>;

    /// The page that the request asks for.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request.
    fn page<'p, K>(&self, pages: &'p Pages<Self, K>) -> Result<Page<'p, Self, K>, Violations> {
        Page::of(self, pages, None)
    }

    /// As [`page`](Self::page), with tokens that are good for this caller alone.
    ///
    /// A token gives no right to anything all the same: check on every page what the caller may see.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request.
    fn page_for<'p, K>(&self, pages: &'p Pages<Self, K>, principal: &[u8]) -> Result<Page<'p, Self, K>, Violations> {
        Page::of(self, pages, Some(principal))
    }
}

/// A list request whose response holds the whole page. Generated code implements it.
pub trait ListAnswer: ListRequest {
    /// The response.
    type Response;

    /// What the response says about the size of the whole list: `u64` where it has a field for it, and `()` elsewhere.
    type Total: TotalSize;

    /// The response with these items, and with all that it says about the list.
    fn answer(
        items: Vec<<Self::Resource as Fields>::Message>,
        next_page_token: String,
        total_size: Self::Total,
    ) -> Self::Response;
}
