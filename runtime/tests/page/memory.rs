//! Pages of a collection in memory.

use transom::list::{ListRequestExt as _, Pages};

use crate::library::{Book, ListBooksRequest, books};
use crate::rules::ring;

#[test]
fn one_row_more_than_the_page_has_is_found() {
    let pages = Pages::keyset(ring(), Book::NAME);
    let collection = books(10);
    for (page_size, skip, expected) in [(3, 0, 0..4), (3, 5, 5..9), (3, 7, 7..10), (3, 10, 10..10), (10, 0, 0..10)] {
        let request = ListBooksRequest { page_size, skip, ..Default::default() };
        let selected = request.page(&pages).unwrap().select(&collection);
        assert_eq!(selected.rows, collection[expected].iter().collect::<Vec<_>>());
        assert_eq!(selected.total_size, 10);
    }
}

#[test]
fn rows_of_any_type_that_holds_an_item_make_a_page() {
    let pages = Pages::keyset(ring(), Book::NAME);
    let request = ListBooksRequest { page_size: 2, ..Default::default() };
    let page = request.page(&pages).unwrap();
    let boxed = page.finish(books(3).into_iter().map(Box::new).collect()).unwrap();
    assert_eq!(boxed.items.len(), 2);
    let collection = books(3);
    let finished = page.finish(collection.iter().collect()).unwrap();
    let request = ListBooksRequest { page_token: finished.next_page_token, ..request };
    assert_eq!(request.page(&pages).unwrap().paginate(&collection).unwrap().books, collection[2..]);
}
