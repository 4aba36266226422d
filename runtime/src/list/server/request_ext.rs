//! Methods of list requests.

use super::page::Page;
use super::pages::Pages;
use crate::list::request::ListRequest;
use crate::violation::Violations;

/// Methods of list requests. Every [`ListRequest`] has them.
pub trait ListRequestExt: ListRequest {
    /// Checks the request and returns the page that it asks for.
    ///
    /// # Errors
    ///
    /// All violations of the request.
    fn page<'p, M>(&self, pages: &'p Pages<Self, M>) -> Result<Page<'p, Self, M>, Violations> {
        Page::new(self, pages, None)
    }

    /// Checks the request and returns the page that it asks for. Its tokens are valid for this principal alone.
    ///
    /// A token grants no permission: check for every page which items the principal may see.
    ///
    /// # Errors
    ///
    /// All violations of the request.
    fn page_for<'p, M>(&self, pages: &'p Pages<Self, M>, principal: &[u8]) -> Result<Page<'p, Self, M>, Violations> {
        Page::new(self, pages, Some(principal))
    }
}

impl<R: ListRequest> ListRequestExt for R {}
