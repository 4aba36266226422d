//! Orders by values that are too long for a token. Such a token counts items after a cursor.

use transom::list::{Key, KeyRing, ListRequestExt as _, Pages};

use crate::library::{Book, ListBooksRequest, books};

fn pages() -> Pages<ListBooksRequest> {
    Pages::keyset(KeyRing::new(Key::new([1; 32])), Book::NAME)
}

#[test]
fn values_that_are_too_long_for_a_token_lose_no_item() {
    let mut all = books(40);
    for (index, book) in all.iter_mut().enumerate() {
        // Long ones together, apart, and equal up to their ends.
        let length = [10, 3010, 3014, 3020, 5000, 5000, 5000, 20][index % 8];
        book.title = format!("{}{index:03}", "x".repeat(length));
    }
    for by_default in [false, true] {
        let pages = pages();
        let order = transom::order::OrderBy::new();
        let pages = if by_default { pages.default_order(order.asc(Book::TITLE)) } else { pages };
        for order_by in if by_default { &[" "][..] } else { &["title", "title desc", "pages, title desc"] } {
            for page_size in [1, 2, 3, 7, 39] {
                let mut request =
                    ListBooksRequest { order_by: (*order_by).to_owned(), page_size, ..ListBooksRequest::default() };
                let mut listed = Vec::new();
                loop {
                    let page = request.page(&pages).unwrap();
                    let found = page.select(&all).rows;
                    let finished = page.finish(found).unwrap();
                    assert!(finished.next_page_token.len() <= 4096);
                    listed.extend(finished.items.iter().map(|book| book.name.clone()));
                    if finished.next_page_token.is_empty() {
                        break;
                    }
                    request.page_token = finished.next_page_token;
                    // A skip counts from where the page would be.
                    assert!(listed.len() <= all.len(), "{order_by} {page_size}");
                }
                let whole = ListBooksRequest { page_size: 100, page_token: String::new(), ..request };
                let whole = whole.page(&pages).unwrap();
                let expected: Vec<_> = whole.select(&all).rows.iter().map(|book| book.name.clone()).collect();
                assert_eq!(listed, expected, "{order_by} {page_size}");
            }
        }
    }
}

#[test]
fn skip_is_counted_after_values_that_are_too_long() {
    let mut all = books(9);
    for (index, book) in all.iter_mut().enumerate() {
        book.title = format!("{}{index}", "x".repeat(5000));
    }
    let pages = pages();
    let list = |page_token: &str, skip| {
        let order_by = "title".to_owned();
        let request =
            ListBooksRequest { order_by, page_size: 2, skip, page_token: page_token.to_owned(), ..Default::default() };
        let page = request.page(&pages).unwrap();
        let finished = page.finish(page.select(&all).rows).unwrap();
        (finished.items.iter().map(|book| book.name.clone()).collect::<Vec<_>>(), finished.next_page_token)
    };
    let names = |range: std::ops::Range<usize>| all[range].iter().map(|book| book.name.clone()).collect::<Vec<_>>();
    let (found, token) = list("", 1);
    assert_eq!(found, names(1..3));
    let (found, token) = list(&token, 2);
    assert_eq!(found, names(5..7));
    assert_eq!(list(&token, 0), (names(7..9), String::new()));
}
