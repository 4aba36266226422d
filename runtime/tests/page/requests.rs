//! List requests in all the forms that protos give them.
#![allow(missing_docs)]

use transom::__private::Plain;

use crate::library::Book;

/// The older names, with presence everywhere, and wrappers, which are stored alike.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct SearchRequest {
    pub(crate) query: Option<String>,
    pub(crate) max_results: Option<u32>,
    pub(crate) page_token: Option<String>,
    pub(crate) order_by: Option<String>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct SearchResponse {
    pub(crate) hits: Vec<Book>,
    pub(crate) next_page_token: Option<String>,
    pub(crate) total_size: Option<i64>,
}

transom::__private::fields! {
    impl SearchRequest = "library.v1.SearchRequest", reaches [];
    0 QUERY = 1, "query", "query", [] string: optional(query);
    1 MAX_RESULTS = 2, "max_results", "maxResults", [] uint32: wrapper(max_results);
    2 PAGE_TOKEN = 3, "page_token", "pageToken", [] string: optional(page_token);
    3 ORDER_BY = 4, "order_by", "orderBy", [] string: optional(order_by);
}

transom::__private::list_request! {
    impl SearchRequest for Book, response SearchResponse, method "/library.v1.LibraryService/Search";
    page_size = max_results: MAX_RESULTS, page_token = page_token: PAGE_TOKEN, order_by = order_by: ORDER_BY;
    items = hits, next_page_token = next_page_token, total_size = total_size;
}

/// Items without fields, and no other argument.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ListNamesRequest {
    pub(crate) page_size: i32,
    pub(crate) page_token: String,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ListNamesResponse {
    pub(crate) names: Vec<String>,
    pub(crate) next_page_token: String,
}

transom::__private::fields! {
    impl ListNamesRequest = "library.v1.ListNamesRequest", reaches [];
    0 PAGE_SIZE = 1, "page_size", "pageSize", [] int32: implicit(page_size);
    1 PAGE_TOKEN = 2, "page_token", "pageToken", [] string: implicit(page_token);
}

transom::__private::list_request! {
    impl ListNamesRequest for Plain<String>, response ListNamesResponse, method "/library.v1.LibraryService/ListNames";
    page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN;
    items = names, next_page_token = next_page_token;
}

/// A list that is streamed has a request like any other, and no response for a page.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct StreamBooksRequest {
    pub(crate) page_size: i32,
    pub(crate) page_token: String,
}

transom::__private::fields! {
    impl StreamBooksRequest = "library.v1.StreamBooksRequest", reaches [];
    0 PAGE_SIZE = 1, "page_size", "pageSize", [] int32: implicit(page_size);
    1 PAGE_TOKEN = 2, "page_token", "pageToken", [] string: implicit(page_token);
}

transom::__private::list_request! {
    impl StreamBooksRequest for Book, method "/library.v1.LibraryService/StreamBooks";
    page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN;
}

/// `limit` and `offset`.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct BrowseRequest {
    pub(crate) limit: i64,
    pub(crate) offset: i64,
    pub(crate) order_by: String,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct BrowseResponse {
    pub(crate) books: Vec<Book>,
    pub(crate) total_count: u32,
}

transom::__private::fields! {
    impl BrowseRequest = "library.v1.BrowseRequest", reaches [];
    0 LIMIT = 1, "limit", "limit", [] int64: implicit(limit);
    1 OFFSET = 2, "offset", "offset", [] int64: implicit(offset);
    2 ORDER_BY = 3, "order_by", "orderBy", [] string: implicit(order_by);
}

transom::__private::offset_request! {
    impl BrowseRequest for Book, response BrowseResponse, method "/library.v1.LibraryService/Browse";
    limit = limit: LIMIT, offset = offset: OFFSET, order_by = order_by: ORDER_BY;
    items = books, total_size = total_count;
}

/// Other names, and one request for two methods.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct SiftRequest {
    pub(crate) page_size: i32,
    pub(crate) page_token: String,
    pub(crate) q: String,
    pub(crate) sort: String,
}

transom::__private::fields! {
    impl SiftRequest = "library.v1.SiftRequest", reaches [];
    0 PAGE_SIZE = 1, "page_size", "pageSize", [] int32: implicit(page_size);
    1 PAGE_TOKEN = 2, "page_token", "pageToken", [] string: implicit(page_token);
    2 Q = 3, "q", "q", [] string: implicit(q);
    3 SORT = 4, "sort", "sort", [] string: implicit(sort);
}

transom::__private::list_request! {
    impl SiftRequest for Book, method "/library.v1.LibraryService/Sift", "/library.v1.LibraryService/SiftAll";
    page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN, filter = q: Q, order_by = sort: SORT;
}
