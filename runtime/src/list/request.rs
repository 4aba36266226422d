//! Descriptions of list requests. Generated code implements them with [`list_request!`](crate::__list_request) and
//! [`offset_request!`](crate::__offset_request).

#[cfg(feature = "list")]
mod count;
mod macros;
#[cfg(feature = "pager")]
mod paged;
#[cfg(feature = "list")]
pub mod params;
mod plain;
mod text;

#[cfg(feature = "list")]
pub use self::count::{CountField, TotalField, TotalSize};
#[cfg(feature = "pager")]
pub use self::paged::PagedRequest;
pub use self::plain::Plain;
pub use self::text::TextField;

#[cfg(feature = "list")]
use self::params::{ListParams, StartKind};
#[cfg(feature = "list")]
use crate::fields::Fields;

/// Description of a list request for its server. Generated code implements it for the requests of list methods.
///
/// [`ListRequestExt`](crate::list::ListRequestExt) has the methods.
#[cfg(feature = "list")]
pub trait ListRequest: Fields<Message = Self> {
    /// The field table of the items.
    type Resource: Fields;

    /// Full names of the methods that have this request: `/library.v1.LibraryService/ListBooks`.
    const METHODS: &'static [&'static str];

    /// Kind of the parameter that sets the start of the page.
    #[doc(hidden)]
    type Start: StartKind;

    /// Bit set of the fields that select the page, by their indexes. All other fields select the list, and tokens are
    /// bound to them.
    #[doc(hidden)]
    const PAGE_FIELDS: u64;

    /// Returns the list parameters.
    #[doc(hidden)]
    fn list_params(&self) -> ListParams<'_>;
}

/// Description of a list request whose response has the whole page. Generated code implements it.
#[cfg(feature = "list")]
pub trait UnaryListRequest: ListRequest {
    /// The response.
    type Response;

    /// Type of the list's total size in the response: `u64`, or `()` if the response has no field for it.
    type Total: TotalSize;

    /// Creates the response from the items of a page, the next page token and the total size.
    fn response(
        items: Vec<<Self::Resource as Fields>::Message>,
        next_page_token: String,
        total_size: Self::Total,
    ) -> Self::Response;
}
