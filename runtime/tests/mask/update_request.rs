//! The main way once: a request with a mask updates a book.

use prost_types::FieldMask;
use transom::mask::UpdateRequest as _;

use crate::library::{Author, Book, UpdateBookRequest};

fn mask(paths: &[&str]) -> FieldMask {
    FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() }
}

#[test]
fn update_request_writes_selected_fields() {
    let mut stored = Book {
        name: "books/1".to_owned(),
        title: "Old".to_owned(),
        author: Some(Author { given_name: "A".to_owned(), family_name: "B".to_owned() }),
        tags: vec!["x".to_owned()],
        ..Book::default()
    };
    let request = UpdateBookRequest {
        book: Some(Book {
            title: "New".to_owned(),
            author: Some(Author { given_name: "C".to_owned(), family_name: "D".to_owned() }),
            ..Book::default()
        }),
        update_mask: Some(mask(&["title", "author.given_name", "tags"])),
        ..UpdateBookRequest::default()
    };
    let changed = request.apply_to(&mut stored).unwrap();
    assert_eq!(changed.paths(), ["author.given_name", "tags", "title"]);
    assert_eq!(stored.title, "New");
    assert_eq!(stored.author, Some(Author { given_name: "C".to_owned(), family_name: "B".to_owned() }));
    assert!(stored.tags.is_empty());
}
