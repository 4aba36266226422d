//! Description of a list request for its client.

/// Description of a request for a page of a list (AIP-158), for its client. Generated code implements it.
pub trait PagedRequest: Sized {
    /// The response of a call.
    type Response;
    /// An item of the list.
    type Item;

    /// Returns the token of the request; empty for the first page.
    fn page_token(&self) -> &str;

    /// Replaces the token of the request, and returns the previous one.
    fn replace_page_token(&mut self, token: String) -> String;

    /// Clears `skip`, if the request has it. `skip` counts from the first token, so later pages are requested without it.
    fn clear_skip(&mut self) {}

    /// Returns the token of the next page; empty on the last page.
    fn next_page_token(response: &Self::Response) -> &str;

    /// Takes the items out of a response.
    fn take_items(response: &mut Self::Response) -> Vec<Self::Item>;
}
