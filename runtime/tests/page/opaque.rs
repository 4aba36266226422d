//! Tokens that hold what the server wants.

use transom::list::{Cursor, ListRequestExt as _, PageContents, Pages};

use crate::library::{ListBooksRequest, books};
use crate::rules::ring;

#[test]
fn what_was_put_in_comes_out() {
    let pages = Pages::custom_cursor(ring());
    for position in [&b""[..], b"another service's token", &[0; 2500]] {
        let request = ListBooksRequest::default();
        let page = request.page(&pages).unwrap();
        assert_eq!(page.custom_cursor(), None);
        let PageContents { items, next_page_token } = page.finish_at(books(2), Some(position)).unwrap();
        assert_eq!(items, books(2));
        let request = ListBooksRequest { page_token: next_page_token, ..request };
        let page = request.page(&pages).unwrap();
        assert_eq!(page.custom_cursor(), Some(position));
        assert_eq!(page.cursor(), Some(&Cursor::Custom(position.to_vec())));
        assert_eq!(page.finish_at(books(1), None).unwrap().next_page_token, "");
    }
}
