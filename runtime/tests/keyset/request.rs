//! A list request for the books of the filters' tests.
#![allow(missing_docs)]

use crate::library::Book;

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ListBooksRequest {
    pub(crate) page_size: i32,
    pub(crate) page_token: String,
    pub(crate) order_by: String,
}

transom::__private::fields! {
    impl ListBooksRequest = "library.v1.ListBooksRequest", reaches [];
    0 PAGE_SIZE = 1, "page_size", "pageSize", [] int32: implicit(page_size);
    1 PAGE_TOKEN = 2, "page_token", "pageToken", [] string: implicit(page_token);
    2 ORDER_BY = 3, "order_by", "orderBy", [] string: implicit(order_by);
}

transom::__private::list_request! {
    impl ListBooksRequest for Book, method "/library.v1.LibraryService/ListBooks";
    page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN, order_by = order_by: ORDER_BY;
}
