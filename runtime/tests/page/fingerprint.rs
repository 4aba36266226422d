//! The fingerprint of a request: what a token is for.
//!
//! It is seen from outside only by tokens: one opens for a request whose fingerprint is that of the request it was made
//! for.

use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use prost_types::FieldMask;
use transom::list::{ListRequestExt as _, Pages};

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
    "AXbP_onP_eoIccmoMVzKaSpBoVr5GAupstwWbMuIWM599sSor6p8TMwBoTsY_QBNRHP_YjJXEr7efzRjLypOhhxJYE73S4hD";
const GOLDEN_FULL: &str =
    "AXbP_omEvkjx_QtApVa85ytnLJZNHRomNiavV-I6C5laruHr_mF2Z0GM9U72GxoDO3P6lwioU42EZ0hkEjweZBKcpHcAGvjd";

#[test]
fn the_order_of_maps_does_not_matter() {
    // Each map has its own random order.
    for _ in 0..50 {
        assert!(same(&full(), &full()));
    }
}

/// A request with a message of which nothing is known but its encoding, which holds maps in maps.
mod unknown {
    use std::collections::HashMap;

    use prost::Message;

    use crate::library::Book;

    #[derive(Clone, PartialEq, Message)]
    pub(super) struct Scope {
        #[prost(map = "string, message", tag = "1")]
        pub(super) scopes: HashMap<String, Scope>,
        #[prost(map = "int32, string", tag = "2")]
        pub(super) labels: HashMap<i32, String>,
    }

    #[derive(Clone, PartialEq, Default, Debug)]
    pub(super) struct ScopedRequest {
        pub(super) scope: Option<Scope>,
        pub(super) scopes: Vec<Scope>,
        pub(super) page_size: i32,
        pub(super) page_token: String,
    }

    transom::__private::fields! {
        impl ScopedRequest = "library.v1.ScopedRequest", reaches [];
        0 SCOPE = 1, "scope", "scope", [] opaque(Scope, "library.v1.Scope"): optional(scope);
        1 SCOPES = 2, "scopes", "scopes", [] opaque(Scope, "library.v1.Scope"): repeated(scopes);
        2 PAGE_SIZE = 3, "page_size", "pageSize", [] int32: implicit(page_size);
        3 PAGE_TOKEN = 4, "page_token", "pageToken", [] string: implicit(page_token);
    }

    transom::__private::list_request! {
        impl ScopedRequest for Book, method "/library.v1.LibraryService/ListScoped";
        page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN;
    }

    pub(super) fn scope(depth: u32) -> Scope {
        let scopes = (0..if depth == 0 { 0 } else { 4 }).map(|index| (format!("key {index}"), scope(depth - 1)));
        Scope { scopes: scopes.collect(), labels: (0..20).map(|index| (index, format!("label {index}"))).collect() }
    }
}

#[test]
fn nor_does_it_inside_of_messages_that_are_not_known() {
    use unknown::{ScopedRequest, scope};
    let pages = Pages::keyset(ring(), Book::NAME);
    let request = || ScopedRequest { scope: Some(scope(2)), scopes: vec![scope(1), scope(0)], ..Default::default() };
    let first = ScopedRequest { page_size: 1, ..request() };
    let page_token = first.page(&pages).unwrap().finish(books(2)).unwrap().next_page_token;
    for _ in 0..50 {
        assert!(ScopedRequest { page_token: page_token.clone(), ..request() }.page(&pages).is_ok());
    }
    for (scope, scopes) in [(scope(1), request().scopes), (scope(2), vec![scope(0), scope(1)])] {
        let other = ScopedRequest { scope: Some(scope), scopes, page_token: page_token.clone(), page_size: 1 };
        assert!(other.page(&pages).is_err());
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

/// The request as a later version of the proto has it: in another order, with more fields, of all kinds, between the others.
mod later {
    use std::collections::HashMap;

    use crate::library::{Author, Book, ListBooksResponse};

    #[derive(Clone, PartialEq, Default, Debug)]
    pub(super) struct ListBooksRequest {
        pub(super) added: String,
        pub(super) by: Option<Author>,
        pub(super) parent: String,
        pub(super) page_size: i32,
        pub(super) page_token: String,
        pub(super) optional: Option<i32>,
        pub(super) order_by: String,
        pub(super) filter: String,
        pub(super) more: Option<Author>,
        pub(super) list: Vec<String>,
        pub(super) map: HashMap<String, i64>,
    }

    transom::__private::fields! {
        impl ListBooksRequest = "library.v1.ListBooksRequest", reaches [];
        0 ADDED = 20, "added", "added", [] string: implicit(added);
        1 BY = 12, "by", "by", [] message(Author): optional(by);
        2 PARENT = 1, "parent", "parent", [] string: implicit(parent);
        3 PAGE_SIZE = 2, "page_size", "pageSize", [] int32: implicit(page_size);
        4 PAGE_TOKEN = 3, "page_token", "pageToken", [] string: implicit(page_token);
        5 OPTIONAL = 21, "optional", "optional", [] int32: optional(optional);
        6 ORDER_BY = 6, "order_by", "orderBy", [] string: implicit(order_by);
        7 FILTER = 5, "filter", "filter", [] string: implicit(filter);
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
fn fields_that_move_change_nothing_nor_do_new_ones_until_they_are_set() {
    let by = Some(Author { family_name: "Austen".to_owned() });
    let (filter, order_by) = ("copies >= 0".to_owned(), "title".to_owned());
    let before = ListBooksRequest {
        parent: "shelves/1".to_owned(),
        by: by.clone(),
        filter: filter.clone(),
        order_by: order_by.clone(),
        ..Default::default()
    };
    let pages = Pages::keyset(ring(), Book::NAME).clock(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let after = later::ListBooksRequest {
        parent: "shelves/1".to_owned(),
        by,
        filter,
        order_by,
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

/// A mask is only known by its encoding, and is known to hold no map.
#[test]
fn the_bytes_of_well_known_messages_count_as_they_are() {
    let mask = |paths: [&str; 2]| Some(FieldMask { paths: paths.map(str::to_owned).to_vec() });
    let with = |paths| ListBooksRequest { read_mask: mask(paths), ..full() };
    assert!(same(&with(["title", "name"]), &with(["title", "name"])));
    assert!(!same(&with(["title", "name"]), &with(["name", "title"])));
    assert!(!same(&with(["\n\u{4}HaPb", ""]), &with(["\n\u{4}PbHa", ""])));
}
