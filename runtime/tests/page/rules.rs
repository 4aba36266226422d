//! Requirements of AIP-158 for a server, row by row.

use transom::list::{Key, KeyRing, ListRequestExt as _, PageSizes, Pages};

use crate::library::{Book, ListBooksRequest, ListBooksResponse, books};

pub(crate) fn ring() -> KeyRing {
    KeyRing::new(Key::new([7; 32]))
}

pub(crate) fn pages() -> Pages<ListBooksRequest> {
    Pages::keyset(ring(), Book::NAME).sizes(PageSizes::new(3, 5))
}

/// The response for a collection of ten books.
pub(crate) fn list(request: &ListBooksRequest) -> ListBooksResponse {
    let pages = pages();
    request.page(&pages).expect("the request is right").paginate(&books(10)).expect("the token can be made")
}

fn sized(page_size: i32) -> ListBooksRequest {
    ListBooksRequest { parent: "shelves/1".to_owned(), page_size, ..Default::default() }
}

/// The request for the page after this one.
fn after(request: &ListBooksRequest, response: &ListBooksResponse) -> ListBooksRequest {
    ListBooksRequest { page_token: response.next_page_token.clone(), ..request.clone() }
}

fn refusal(request: &ListBooksRequest) -> String {
    request.page(&pages()).expect_err("the request is wrong").to_string()
}

const REFUSED: &str = "page_token: the token is not valid for this request: send the token of the last page, \
                       with all other parameters unchanged, or send no token to start again";

#[test]
fn page_size() {
    for (given, expected) in [(0, 3), (1, 1), (3, 3), (5, 5), (6, 5), (i32::MAX, 5)] {
        assert_eq!(list(&sized(given)).books.len(), expected, "page_size {given}");
    }
    for given in [-1, i32::MIN] {
        assert_eq!(refusal(&sized(given)), format!("page_size: {given} is negative: give 0 or more"));
    }
}

#[test]
fn page_sizes_are_at_least_one_and_the_default_at_most_the_largest() {
    for (default, max) in [(1, 1), (7, 7), (2, 7)] {
        let sizes = PageSizes::new(default, max);
        assert_eq!((sizes.default_size(), sizes.max_size()), (default, max));
    }
    for (default, max) in [(0, 0), (0, 7), (9, 4), (100, 20)] {
        assert_eq!(PageSizes::checked(default, max), None);
    }
    assert_eq!(PageSizes::default(), PageSizes::new(50, 1000));
}

#[test]
#[should_panic(expected = "pass the default first")]
fn page_sizes_in_the_wrong_order_stop_the_server() {
    let _ = PageSizes::new(100, 20);
}

#[test]
fn a_changed_page_size_is_honoured() {
    let first = list(&sized(2));
    let second = list(&ListBooksRequest { page_size: 4, ..after(&sized(2), &first) });
    assert_eq!(second.books, books(10)[2..6]);
    let third = list(&ListBooksRequest { page_size: 0, ..after(&sized(2), &second) });
    assert_eq!(third.books, books(10)[6..9]);
}

#[test]
fn any_other_changed_argument_is_refused() {
    let request = ListBooksRequest { order_by: "title".to_owned(), ..sized(2) };
    let next = after(&request, &list(&request));
    assert_eq!(list(&next).books.len(), 2);
    let changes: [fn(&mut ListBooksRequest); 6] = [
        |request| request.parent.push('2'),
        |request| request.order_by = "title desc".to_owned(),
        |request| request.order_by = "title, name".to_owned(),
        |request| request.order_by.clear(),
        |request| request.show_deleted = Some(false),
        |request| request.labels = [(String::new(), String::new())].into(),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut changed = next.clone();
        change(&mut changed);
        assert_eq!(refusal(&changed), REFUSED, "change {index}");
    }
}

#[test]
fn the_last_page_has_no_token_even_when_it_is_full() {
    for size in 1..=5 {
        let mut request = sized(size);
        let mut seen = 0;
        loop {
            let response = list(&request);
            seen += response.books.len();
            assert!(seen <= 10, "it goes on for ever");
            let is_last = seen == 10;
            assert_eq!(response.next_page_token.is_empty(), is_last, "{seen} books with page size {size}");
            if is_last {
                break;
            }
            request = after(&request, &response);
        }
    }
}

#[test]
fn an_empty_list_is_one_page_without_items_and_token() {
    let pages = pages();
    let response = sized(2).page(&pages).unwrap().paginate(&[]).unwrap();
    assert_eq!(response, ListBooksResponse::default());
}

#[test]
fn skip() {
    let with_skip = |skip, request: &ListBooksRequest| list(&ListBooksRequest { skip, ..request.clone() });
    let first = with_skip(4, &sized(2));
    assert_eq!(first.books, books(10)[4..6]);
    // Relative to the token, and no part of what the token is for.
    let next = after(&sized(2), &first);
    assert_eq!(with_skip(0, &next).books, books(10)[6..8]);
    assert_eq!(with_skip(1, &next).books, books(10)[7..9]);
    // The end is reached: no token.
    for (skip, expected) in [(2, 8..10), (3, 9..10), (4, 10..10), (i32::MAX, 10..10)] {
        let response = with_skip(skip, &next);
        assert_eq!(response.books, books(10)[expected], "skip {skip}");
        assert_eq!(response.next_page_token, "", "skip {skip}");
    }
    assert_eq!(refusal(&ListBooksRequest { skip: -2, ..sized(2) }), "skip: -2 is negative: give 0 or more");
}

#[test]
fn total_size_counts_the_whole_list_on_every_page() {
    let first = list(&sized(4));
    assert_eq!(first.total_size, 10);
    assert_eq!(list(&after(&sized(4), &first)).total_size, 10);
    let pages = pages();
    let page = sized(4).page(&pages).unwrap();
    assert_eq!(page.respond_with_total(books(2), u64::MAX).unwrap().total_size, i32::MAX);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let request = ListBooksRequest {
        page_size: -1,
        skip: -1,
        order_by: "nope".to_owned(),
        page_token: "nope".to_owned(),
        ..Default::default()
    };
    let expected = "page_size: -1 is negative: give 0 or more; skip: -1 is negative: give 0 or more; \
                    order_by: at 0: `library.v1.Book` has no field `nope`; ";
    assert_eq!(refusal(&request), format!("{expected}{REFUSED}"));
}

#[test]
fn a_violation_is_an_invalid_argument() {
    use tonic_types::StatusExt as _;
    let request = ListBooksRequest { page_token: "AAAA".to_owned(), ..sized(0) };
    let status = tonic::Status::from(request.page(&pages()).unwrap_err());
    assert_eq!(status.code(), tonic::Code::InvalidArgument);
    let details = status.get_error_details();
    let violations = &details.bad_request().unwrap().field_violations;
    assert_eq!(violations.len(), 1);
    assert_eq!((violations[0].field.as_str(), violations[0].reason.as_str()), ("page_token", "INVALID_PAGE_TOKEN"));
}
