//! Pages joined are the whole list in order, exactly once, whatever their size.

use proptest::prelude::*;
use transom::list::{CursorFromRows, ListRequestExt as _, PageSizes, Pages};

use crate::library::{Book, ListBooksRequest, book, books};
use crate::model::{Terms, all_terms, order_by, sort};
use crate::rules::ring;

pub(crate) fn pages() -> Pages<ListBooksRequest> {
    Pages::keyset(ring(), Book::NAME).sizes(PageSizes::new(1, 1000))
}

/// All pages of a collection that changes between any two.
fn scan<K: CursorFromRows>(
    pages: &Pages<ListBooksRequest, K>,
    order_by: String,
    page_size: i32,
    mut collection: impl FnMut() -> Vec<Book>,
) -> Vec<Book> {
    let mut request = ListBooksRequest { order_by, page_size, ..Default::default() };
    let mut seen = Vec::new();
    loop {
        let response = request.page(pages).unwrap().paginate(&collection()).unwrap();
        assert!(response.books.len() <= page_size as usize);
        seen.extend(response.books);
        assert!(seen.len() < 1000, "it goes on for ever");
        if response.next_page_token.is_empty() {
            return seen;
        }
        request.page_token = response.next_page_token;
    }
}

fn names(books: &[Book]) -> Vec<&str> {
    books.iter().map(|book| book.name.as_str()).collect()
}

#[test]
fn every_page_size_in_every_order() {
    let collection = books(13);
    let by_offset = Pages::offset(ring(), Book::NAME);
    for terms in all_terms() {
        let mut expected = collection.clone();
        sort(&mut expected, &terms);
        for size in 1..=14 {
            for pages in [&pages(), &by_offset] {
                let seen = scan(pages, order_by(&terms), size, || collection.clone());
                assert_eq!(names(&seen), names(&expected), "{} with page size {size}", order_by(&terms));
            }
        }
    }
}

#[test]
fn without_an_order_the_collection_keeps_its_own() {
    let collection: Vec<_> = books(9).into_iter().rev().collect();
    for size in 1..=10 {
        let seen = scan(&Pages::offset_in_own_order(ring()), String::new(), size, || collection.clone());
        assert_eq!(names(&seen), names(&collection));
        let tied = scan(&Pages::offset_in_own_order(ring()), "copies".to_owned(), size, || collection.clone());
        let mut expected = collection.clone();
        expected.sort_by_key(|book| book.copies);
        assert_eq!(names(&tied), names(&expected), "ties stay as they are");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Between any two pages some books come and some go; those that stay come exactly once, in order.
    #[test]
    fn others_may_come_and_go(
        terms in prop::sample::select(all_terms()),
        size in 1..9_i32,
        stay in prop::collection::btree_set(0..200_usize, 0..20),
        changes in prop::collection::vec(prop::collection::vec(0..200_usize, 0..12), 1..8),
    ) {
        let mut round = 0;
        let seen = scan(&pages(), order_by(&terms), size, || {
            let passing = &changes[round % changes.len()];
            round += 1;
            stay.iter().chain(passing.iter().filter(|index| !stay.contains(index))).map(|index| book(*index)).collect()
        });
        let mut expected: Vec<_> = stay.iter().map(|index| book(*index)).collect();
        sort(&mut expected, &terms);
        let staying: Vec<_> = seen.into_iter().filter(|book| expected.contains(book)).collect();
        prop_assert_eq!(names(&staying), names(&expected));
    }

    /// Page sizes that change from page to page, and items left out with `skip`.
    #[test]
    fn sizes_and_skips_may_change(
        terms in prop::sample::select(all_terms()),
        steps in prop::collection::vec((1..5_i32, 0..3_i32), 1..6),
        by_offset: bool,
    ) {
        let terms: Terms = terms;
        let mut expected = books(20);
        sort(&mut expected, &terms);
        let pages = if by_offset { Pages::offset(ring(), Book::NAME) } else { pages() };
        let mut request = ListBooksRequest { order_by: order_by(&terms), ..Default::default() };
        let mut at = 0;
        for (page_size, skip) in steps.into_iter().cycle() {
            request = ListBooksRequest { page_size, skip, ..request };
            let response = request.page(&pages).unwrap().paginate(&books(20)).unwrap();
            let start = (at + skip as usize).min(20);
            let end = (start + page_size as usize).min(20);
            prop_assert_eq!(names(&response.books), names(&expected[start..end]));
            prop_assert_eq!(response.next_page_token.is_empty(), end == 20);
            if end == 20 {
                break;
            }
            at = end;
            request.page_token = response.next_page_token;
        }
    }
}
