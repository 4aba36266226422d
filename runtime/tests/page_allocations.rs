//! The number of allocations of pages, tokens and pagers.
#![allow(dead_code, reason = "the messages are those of the other tests")]
#![allow(clippy::unwrap_used, reason = "tests may stop at the first surprise")]

#[path = "page/library.rs"]
mod library;

use std::alloc::System;
use std::pin::pin;
use std::task::{Context, Waker};

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use transom::list::Pager;
use transom::list::{Key, KeyRing, ListRequestExt as _, Pages};

use library::{Author, Book, ListBooksRequest, ListBooksResponse, Scope};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Returns the number of allocations of `work`.
fn allocations<T>(work: impl FnOnce() -> T) -> usize {
    let region = Region::new(ALLOCATOR);
    let result = work();
    let count = region.change().allocations;
    drop(result);
    count
}

fn request() -> ListBooksRequest {
    ListBooksRequest {
        parent: "shelves/1".to_owned(),
        page_size: 50,
        read_mask: Some(prost_types::FieldMask { paths: vec!["name".to_owned(), "title".to_owned()] }),
        by: Some(Author { family_name: "Austen".to_owned() }),
        tags: vec!["a".repeat(100), "b".to_owned()],
        show_deleted: Some(true),
        scope: Some(Scope::Floor("2".to_owned())),
        ..Default::default()
    }
}

/// A request whose fields are not in the order of their numbers.
#[derive(Clone, PartialEq, Default, Debug)]
struct MovedRequest {
    parent: String,
    page_token: String,
    page_size: i32,
    shelf: String,
}

transom::__private::fields! {
    impl MovedRequest = "library.v1.MovedRequest", reaches [];
    0 PARENT = 7, "parent", "parent", [] string: implicit(parent);
    1 PAGE_TOKEN = 2, "page_token", "pageToken", [] string: implicit(page_token);
    2 PAGE_SIZE = 1, "page_size", "pageSize", [] int32: implicit(page_size);
    3 SHELF = 3, "shelf", "shelf", [] string: implicit(shelf);
}

transom::__private::list_request! {
    impl MovedRequest for Book, method "/library.v1.LibraryService/ListMoved";
    page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN;
}

/// Runs without the test harness, whose threads allocate too: the counter counts for all threads.
fn main() {
    let pages = Pages::keyset(KeyRing::new(Key::new([7; 32])), Book::NAME);

    // The fingerprint of the request is part of this.
    let request = request();
    assert_eq!(allocations(|| request.page(&pages)), 0, "the first page of a request without a map");

    let moved = Pages::keyset(KeyRing::new(Key::new([7; 32])), Book::NAME);
    let in_another_order = MovedRequest { parent: "shelves/1".to_owned(), shelf: "2".to_owned(), ..Default::default() };
    assert_eq!(allocations(|| in_another_order.page(&moved)), 0, "fields in another order");

    let with_map = ListBooksRequest {
        labels: (0..8).map(|index| (format!("key{index}"), String::new())).collect(),
        ..request.clone()
    };
    assert_eq!(allocations(|| with_map.page(&pages)), 0, "a small map is sorted on the stack");

    let large = ListBooksRequest { tags: vec!["a".repeat(5000)], ..request.clone() };
    assert_eq!(allocations(|| large.page(&pages)), 1, "what a token is bound to leaves the stack when it is large");

    // The values of the last item (a list of one text), and the token.
    let page = request.page(&pages).unwrap();
    let rows: Vec<_> = (0..51).map(library::book).collect();
    assert_eq!(allocations(|| page.respond_with_total(rows, 51)), 3, "the answer with the token of the next page");
    let rows: Vec<_> = (0..50).map(library::book).collect();
    assert_eq!(allocations(|| page.respond_with_total(rows, 51)), 0, "the answer of the last page");

    // What the cursor holds, and nothing else.
    let rows: Vec<_> = (0..51).map(library::book).collect();
    let page_token = page.respond_with_total(rows, 51).unwrap().next_page_token;
    let second = ListBooksRequest { page_token, ..request.clone() };
    assert_eq!(allocations(|| second.page(&pages)), 2, "a page with a token");

    // No boxes: a list of one page costs what the call costs, which is nothing here.
    let mut pager = Pager::new(ListBooksRequest::default(), async |_| Ok::<_, ()>(ListBooksResponse::default()));
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(allocations(|| pin!(pager.next_page()).poll(&mut context).is_ready()), 0, "a page of a client");
}
