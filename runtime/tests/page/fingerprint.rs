//! The fingerprint of a request: what a token is for.
//!
//! It is seen from outside only by tokens: one opens for a request whose fingerprint is that of the request it was made
//! for.

use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use prost_types::FieldMask;
use transom::page::{ListRequest as _, Pages};

use crate::library::{Author, Book, ListBooksRequest, Scope, books};
use crate::rules::ring;

fn pages() -> Pages<ListBooksRequest> {
    Pages::keyset(ring(), Book::NAME).clock(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000))
}

fn token(request: &ListBooksRequest) -> String {
    let request = ListBooksRequest { page_size: 1, ..request.clone() };
    request.page(&pages()).unwrap().paginate(&books(2)).unwrap().next_page_token
}

/// Whether two requests have the same fingerprint.
fn same(left: &ListBooksRequest, right: &ListBooksRequest) -> bool {
    ListBooksRequest { page_token: token(left), ..right.clone() }.page(&pages()).is_ok()
}

fn full() -> ListBooksRequest {
    ListBooksRequest {
        parent: "shelves/1".to_owned(),
        labels: (0..40).map(|index| (format!("key{index}"), format!("value{index}"))).collect(),
        counts: (-5..5).map(|index| (index, i64::from(index) * 3)).collect(),
        authors: (0..20).map(|index| (index - 10, Author { family_name: format!("Austen {index}") })).collect(),
        read_mask: Some(FieldMask { paths: vec!["name".to_owned(), "title".to_owned()] }),
        show_deleted: Some(false),
        by: Some(Author { family_name: "Austen".to_owned() }),
        tags: vec![String::new(), "a".to_owned()],
        weight: -0.0,
        scope: Some(Scope::Floor("2".to_owned())),
        ..Default::default()
    }
}

/// Tokens that another process made, of another build: they say that nothing of the format has changed.
#[test]
fn tokens_of_other_processes_open() {
    let simple = ListBooksRequest { parent: "shelves/1".to_owned(), ..Default::default() };
    for (request, token) in [(simple, GOLDEN_SIMPLE), (full(), GOLDEN_FULL)] {
        let request = ListBooksRequest { page_token: token.to_owned(), ..request };
        let response = request.page(&pages()).map(|page| page.paginate(&books(3)).unwrap());
        let response = response.unwrap_or_else(|error| {
            panic!(
                "{error}\na token of today: {}",
                self::token(&ListBooksRequest { page_token: String::new(), ..request })
            )
        });
        assert_eq!(response.books, books(3)[1..]);
    }
}

const GOLDEN_SIMPLE: &str =
    "AXbP_on6M0PfWj8sTSLnSndVsGPqsGEm4ZwU5PtAL0HTEE0l8QF-h1VT3XHERCSrNOc11STiX7_NGkYsqfDFQB8wgaedNyr7";
const GOLDEN_FULL: &str =
    "AXbP_okQrYQi8VziaM923u5s4jKfZtU5cAZ05hgFHMt30DvDfprDuxVrIJ9X8_Tq2PWts61pddO5uXdPfUiN6s4moczfgylm";

#[test]
fn the_order_of_maps_does_not_matter() {
    // Each map has its own random order.
    for _ in 0..50 {
        assert!(same(&full(), &full()));
    }
}

#[test]
fn the_page_s_own_fields_do_not_matter() {
    let other = ListBooksRequest { page_size: 7, skip: 1, ..full() };
    assert!(same(&full(), &other));
}

/// Requests that differ in one thing each, from each other too.
fn variations() -> Vec<ListBooksRequest> {
    let text = str::to_owned;
    let author = |family_name: &str| Author { family_name: text(family_name) };
    let changes: Vec<fn(&mut ListBooksRequest)> = vec![
        |_| {},
        |request| request.parent = "a".to_owned(),
        |request| request.order_by = "title".to_owned(),
        |request| request.tags = vec![String::new()],
        |request| request.tags = vec![String::new(), String::new()],
        |request| request.tags = vec!["a".to_owned()],
        |request| request.tags = vec!["a".to_owned(), String::new()],
        |request| request.tags = vec![String::new(), "a".to_owned()],
        |request| request.show_deleted = Some(false),
        |request| request.show_deleted = Some(true),
        |request| request.by = Some(Author::default()),
        |request| request.scope = Some(Scope::Shelf(String::new())),
        |request| request.scope = Some(Scope::Floor(String::new())),
        |request| request.weight = 1.0,
        |request| request.weight = -0.0,
        |request| request.weight = f64::NAN,
        |request| request.read_mask = Some(FieldMask::default()),
        |request| request.read_mask = Some(FieldMask { paths: vec!["a".to_owned()] }),
        |request| request.read_mask = Some(FieldMask { paths: vec!["a".repeat(300)] }),
        |request| request.read_mask = Some(FieldMask { paths: vec!["a".repeat(301)] }),
        |request| request.counts = [(0, 0)].into(),
        |request| request.counts = [(0, 1)].into(),
        |request| request.counts = [(1, 0)].into(),
        |request| request.counts = [(0, 0), (1, 0)].into(),
    ];
    let mut all: Vec<_> = changes
        .into_iter()
        .map(|change| {
            let mut request = ListBooksRequest::default();
            change(&mut request);
            request
        })
        .collect();
    for (key, value) in [("", ""), ("a", ""), ("", "a"), ("a", "b"), ("b", "a"), ("ab", "")] {
        let labels = [(text(key), text(value))].into();
        all.push(ListBooksRequest { labels, ..Default::default() });
    }
    for (key, value) in [(0, ""), (0, "a"), (-1, "")] {
        all.push(ListBooksRequest { authors: [(key, author(value))].into(), ..Default::default() });
    }
    all
}

#[test]
fn whatever_else_differs_matters() {
    let all = variations();
    for (index, left) in all.iter().enumerate() {
        for (other, right) in all.iter().enumerate() {
            assert_eq!(same(left, right), index == other, "{left:?}\n{right:?}");
        }
    }
}

/// The request as a later version of the proto has it: with more fields, of all kinds, between the others.
mod later {
    use std::collections::HashMap;

    use crate::library::{Author, Book, ListBooksResponse};

    #[derive(Clone, PartialEq, Default, Debug)]
    pub(super) struct ListBooksRequest {
        pub(super) added: String,
        pub(super) parent: String,
        pub(super) page_size: i32,
        pub(super) page_token: String,
        pub(super) optional: Option<i32>,
        pub(super) filter: String,
        pub(super) order_by: String,
        pub(super) by: Option<Author>,
        pub(super) more: Option<Author>,
        pub(super) list: Vec<String>,
        pub(super) map: HashMap<String, i64>,
    }

    transom::__private::fields! {
        impl ListBooksRequest = "library.v1.ListBooksRequest", reaches [];
        0 ADDED = 20, "added", "added", [] string: implicit(added);
        1 PARENT = 1, "parent", "parent", [] string: implicit(parent);
        2 PAGE_SIZE = 2, "page_size", "pageSize", [] int32: implicit(page_size);
        3 PAGE_TOKEN = 3, "page_token", "pageToken", [] string: implicit(page_token);
        4 OPTIONAL = 21, "optional", "optional", [] int32: optional(optional);
        5 FILTER = 5, "filter", "filter", [] string: implicit(filter);
        6 ORDER_BY = 6, "order_by", "orderBy", [] string: implicit(order_by);
        7 BY = 12, "by", "by", [] message(Author): optional(by);
        8 MORE = 22, "more", "more", [] message(Author): optional(more);
        9 LIST = 23, "list", "list", [] string: repeated(list);
        10 MAP = 24, "map", "map", [] int64: map(map, string);
    }

    transom::__private::list_request! {
        impl ListBooksRequest for Book, response ListBooksResponse, method "/library.v1.LibraryService/ListBooks";
        page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN, filter = filter: FILTER,
            order_by = order_by: ORDER_BY;
        items = books, next_page_token = next_page_token, total_size = total_size;
    }
}

#[test]
fn a_field_that_is_added_changes_nothing_until_it_is_set() {
    let by = Some(Author { family_name: "Austen".to_owned() });
    let before = ListBooksRequest { parent: "shelves/1".to_owned(), by: by.clone(), ..Default::default() };
    let pages = Pages::keyset(ring(), Book::NAME).clock(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let after = later::ListBooksRequest {
        parent: "shelves/1".to_owned(),
        by,
        page_token: token(&before),
        ..Default::default()
    };
    assert!(after.page(&pages).is_ok());
    for set in [
        later::ListBooksRequest { added: "x".to_owned(), ..after.clone() },
        later::ListBooksRequest { optional: Some(0), ..after.clone() },
        later::ListBooksRequest { more: Some(Author::default()), ..after.clone() },
        later::ListBooksRequest { list: vec![String::new()], ..after.clone() },
        later::ListBooksRequest { map: [(String::new(), 0)].into(), ..after.clone() },
    ] {
        assert!(set.page(&pages).is_err(), "{set:?}");
    }
}

proptest! {
    /// No text of one field can pass for another's: lengths are part of what is hashed.
    #[test]
    fn requests_are_the_same_when_they_are_equal(
        left in (".{0,3}", ".{0,3}", prop::collection::vec(".{0,2}", 0..3), prop::option::of(any::<bool>())),
        right in (".{0,3}", ".{0,3}", prop::collection::vec(".{0,2}", 0..3), prop::option::of(any::<bool>())),
    ) {
        let request = |(parent, label, tags, show_deleted): (String, String, Vec<String>, Option<bool>)| ListBooksRequest {
            parent,
            labels: [(label.clone(), label)].into(),
            tags,
            show_deleted,
            ..Default::default()
        };
        let (left, right) = (request(left), request(right));
        prop_assert_eq!(same(&left, &right), left == right);
        prop_assert!(same(&left, &left));
    }
}
