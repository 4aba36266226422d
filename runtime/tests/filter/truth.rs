//! Unset fields: neither a comparison nor its negation matches; presence is always known.

use transom::filter::{Filter, Truth};

use crate::library::{Author, Book, book};

fn truth(text: &str, book: &Book) -> Truth {
    let filter = Filter::<Book>::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    let truth = filter.evaluate(book);
    assert_eq!(filter.matches(book), truth == Truth::True, "{text:?}");
    truth
}

#[test]
fn comparisons_with_what_is_not_set() {
    let empty = Book::default();
    for text in [
        "rating = 1",
        "rating != 1",
        "in_print = true",
        "in_print",
        "genre = NOVEL",
        "create_time > \"2024-01-01T00:00:00Z\"",
        "loan != 1s",
        "subtitle = \"*\"",
        "discount < 1",
        "author.given_name = x",
        "author.given_name != x",
        "author.nicknames:x",
        "sequel.sequel.title = x",
        "paperback = x",
        "ebook.given_name = x",
        "labels.env = x",
        "labels.env != x",
        "reviews.smith.stars != 3",
        "author.pen_name = null",
        "author.pen_name != null",
    ] {
        assert_eq!(truth(text, &empty), Truth::Unknown, "{text:?}");
        assert_eq!(truth(&format!("NOT {text}"), &empty), Truth::Unknown, "NOT {text:?}");
    }
    for text in ["title = \"\"", "pages = 0", "NOT read", "status = BOOK_STATUS_UNSPECIFIED", "sold < 1"] {
        assert_eq!(truth(text, &empty), Truth::True, "{text:?}");
    }
}

#[test]
fn presence_is_always_known() {
    let empty = Book::default();
    let set = Book {
        rating: Some(0.0),
        author: Some(Author { birth_year: Some(0), ..Author::default() }),
        format: Some(book::Format::Paperback(String::new())),
        ..Book::default()
    };
    for (text, in_empty, in_set) in [
        ("rating:*", Truth::False, Truth::True),
        ("title:*", Truth::False, Truth::False),
        ("author:*", Truth::False, Truth::True),
        ("author.given_name:*", Truth::False, Truth::False),
        ("author.birth_year:*", Truth::False, Truth::True),
        ("author.nicknames:*", Truth::False, Truth::False),
        ("paperback:*", Truth::False, Truth::True),
        ("ebook:*", Truth::False, Truth::False),
        ("sequel.author.given_name:*", Truth::False, Truth::False),
        ("tags:*", Truth::False, Truth::False),
        ("tags:x", Truth::False, Truth::False),
        ("authors.given_name:x", Truth::False, Truth::False),
        ("labels:x", Truth::False, Truth::False),
        ("reviews.x.stars:*", Truth::False, Truth::False),
        ("discount = null", Truth::True, Truth::True),
        ("discount != null", Truth::False, Truth::False),
    ] {
        assert_eq!(truth(text, &empty), in_empty, "{text:?}");
        assert_eq!(truth(text, &set), in_set, "{text:?}");
        let negated = |truth| if truth == Truth::True { Truth::False } else { Truth::True };
        assert_eq!(truth(&format!("NOT {text}"), &empty), negated(in_empty), "NOT {text:?}");
    }
}

#[test]
fn tables_of_truth() {
    // `pages = 0` is true, `pages = 1` false, `rating = 1` unknown.
    let book = Book::default();
    let (t, f, u) = ("pages = 0", "pages = 1", "rating = 1");
    for (left, right, and, or) in [
        (t, t, Truth::True, Truth::True),
        (t, f, Truth::False, Truth::True),
        (t, u, Truth::Unknown, Truth::True),
        (f, t, Truth::False, Truth::True),
        (f, f, Truth::False, Truth::False),
        (f, u, Truth::False, Truth::Unknown),
        (u, t, Truth::Unknown, Truth::True),
        (u, f, Truth::False, Truth::Unknown),
        (u, u, Truth::Unknown, Truth::Unknown),
    ] {
        assert_eq!(truth(&format!("{left} AND {right}"), &book), and, "{left} AND {right}");
        assert_eq!(truth(&format!("{left} {right}"), &book), and, "{left} {right}");
        assert_eq!(truth(&format!("{left} OR {right}"), &book), or, "{left} OR {right}");
        let negated = |truth| match truth {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        };
        assert_eq!(truth(&format!("NOT ({left} AND {right})"), &book), negated(and), "NOT ({left} AND {right})");
        assert_eq!(truth(&format!("-({left} OR {right})"), &book), negated(or), "-({left} OR {right})");
    }
    assert_eq!(truth("", &book), Truth::True);
}
