//! Requests of every form: other types and presence of the fields, offsets, streams, items without fields.

use transom::list::{ListRequest as _, ListRequestExt as _, PageContents, PageSizes, Pages, Select};
use transom::sql::{Builder, Columns, Dialect};

use crate::library::{Book, books};
use crate::requests::{
    BrowseRequest, BrowseResponse, ListNamesRequest, ListNamesResponse, SearchRequest, SiftRequest, StreamBooksRequest,
};
use crate::rules::ring;

#[test]
fn fields_with_presence() {
    let pages = Pages::keyset(ring(), Book::NAME).sizes(PageSizes::new(3, 5));
    let find = |request: &SearchRequest| request.page(&pages).unwrap().paginate(&books(7)).unwrap();
    let first = find(&SearchRequest::default());
    assert_eq!((first.hits.len(), first.total_size), (3, Some(7)));
    let second = find(&SearchRequest {
        max_results: Some(u32::MAX),
        page_token: first.next_page_token.clone(),
        ..SearchRequest::default()
    });
    assert_eq!(second.hits, books(7)[3..]);
    assert_eq!(second.next_page_token, None);
    // Set to the default is not unset.
    let changed =
        SearchRequest { query: Some(String::new()), page_token: first.next_page_token, ..SearchRequest::default() };
    assert!(changed.page(&pages).is_err());
}

#[test]
fn a_violation_has_the_name_of_the_field() {
    let pages = Pages::<SearchRequest>::keyset(ring(), Book::NAME);
    let request = SearchRequest { page_token: Some("x".to_owned()), ..SearchRequest::default() };
    assert_eq!(request.page(&pages).unwrap_err().as_slice()[0].field, "page_token");
    let pages = Pages::<BrowseRequest>::new(Book::NAME);
    let request = BrowseRequest { limit: -1, offset: -1, ..BrowseRequest::default() };
    let violations = request.page(&pages).unwrap_err();
    assert_eq!(violations.to_string(), "limit: -1 is negative: give 0 or more; offset: -1 is negative: give 0 or more");
}

#[test]
fn orders_and_filters_are_named_as_the_request_has_them() {
    let request = SiftRequest { page_size: 1, sort: "nope".to_owned(), q: "nope = 1".to_owned(), ..Default::default() };
    let pages = Pages::keyset(ring().for_method("/library.v1.LibraryService/Sift"), Book::NAME);
    let violations = request.page(&pages).unwrap_err();
    let fields: Vec<_> = violations.as_slice().iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["sort", "q"]);
}

/// A field without a column is an error when the query is written.
#[test]
fn columns_that_are_missing_are_named_as_the_request_has_them() {
    let request = |sort: &str, q: &str| SiftRequest { sort: sort.to_owned(), q: q.to_owned(), ..Default::default() };
    let pages = Pages::keyset(ring().for_method("/library.v1.LibraryService/Sift"), Book::NAME);
    let columns = Columns::new().column(Book::NAME, "name").only_given();
    let books = Select::from("books");
    for (request, expected) in [
        (request("copies", ""), "sort: `copies` cannot be used here"),
        (request("", "copies = 1"), "q: `copies` cannot be used here"),
    ] {
        let page = request.page(&pages).unwrap();
        let mut builder = Builder::new(Dialect::Sqlite);
        assert_eq!(page.query(&books, &columns, Dialect::Sqlite).unwrap_err().to_string(), expected);
        assert_eq!(page.write_condition(&columns, &mut builder).unwrap_err().to_string(), expected);
        let counted = page.count_query(&books, &columns, Dialect::Sqlite);
        assert_eq!(
            counted.err().map(|refused| refused.to_string()),
            (!request.q.is_empty()).then(|| expected.to_owned())
        );
    }
}

#[test]
fn a_shared_request_needs_to_know_its_method() {
    let methods = ["/library.v1.LibraryService/Sift", "/library.v1.LibraryService/SiftAll"];
    assert_eq!(SiftRequest::METHODS, methods);
    let [sift, sift_all] = methods.map(|method| Pages::<SiftRequest>::keyset(ring().for_method(method), Book::NAME));
    let request = SiftRequest { page_size: 1, ..Default::default() };
    let page_token = request.page(&sift).unwrap().finish(books(2)).unwrap().next_page_token;
    let next = SiftRequest { page_token, ..request };
    assert!(next.page(&sift).is_ok());
    assert!(next.page(&sift_all).is_err(), "a token is for one of them");
}

#[test]
#[should_panic(expected = "ring.for_method(…)")]
fn a_shared_request_without_its_method_stops_the_server() {
    let _ = Pages::<SiftRequest>::keyset(ring(), Book::NAME);
}

#[test]
fn items_without_fields() {
    let names: Vec<String> = (0..5).map(|index| format!("name {index}")).collect();
    let pages = Pages::offset_in_own_order(ring());
    let mut request = ListNamesRequest { page_size: 2, ..Default::default() };
    let mut seen = Vec::new();
    loop {
        let ListNamesResponse { names, next_page_token } = request.page(&pages).unwrap().paginate(&names).unwrap();
        seen.extend(names);
        assert!(seen.len() <= 5, "it goes on for ever");
        if next_page_token.is_empty() {
            break;
        }
        request.page_token = next_page_token;
    }
    assert_eq!(seen, names);
}

#[test]
fn limit_and_offset() {
    let pages = Pages::new(Book::NAME).sizes(PageSizes::new(3, 5));
    let browse = |limit, offset, order_by: &str| -> BrowseResponse {
        let request = BrowseRequest { limit, offset, order_by: order_by.to_owned() };
        request.page(&pages).unwrap().paginate(&books(7)).unwrap()
    };
    for (limit, offset, expected) in [
        (0, 0, 0..3),
        (2, 0, 0..2),
        (2, 5, 5..7),
        (2, 6, 6..7),
        (2, 7, 7..7),
        (100, 1, 1..6),
        (i64::MAX, i64::MAX, 7..7),
    ] {
        let expected = BrowseResponse { books: books(7)[expected].to_vec(), total_count: 7 };
        assert_eq!(browse(limit, offset, ""), expected, "limit {limit}, offset {offset}");
    }
    let reversed: Vec<_> = books(7).into_iter().rev().collect();
    assert_eq!(browse(2, 1, "name desc").books, reversed[1..3]);
}

#[test]
fn streamed_lists_have_pages_too() {
    let pages = Pages::keyset(ring(), Book::NAME);
    let request = StreamBooksRequest { page_size: 2, ..Default::default() };
    let page = request.page(&pages).unwrap();
    assert_eq!((page.page_size(), page.limit(), page.offset()), (2, 3, 0));
    let PageContents { items, next_page_token } = page.finish(books(3)).unwrap();
    assert_eq!(items, books(2));
    let request = StreamBooksRequest { page_token: next_page_token, ..request };
    assert!(request.page(&pages).unwrap().cursor().is_some());
}
