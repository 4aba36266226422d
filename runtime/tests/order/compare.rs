//! Orders in memory: what comes first, what is equal, and the values of a place.

use std::cmp::Ordering::{self, Equal, Greater, Less};

use prost_types::{Duration, Timestamp};
use transom::order::{CursorValue, Direction, OrderBy, OrderByOptions};

use crate::library::{Author, Book, book};

fn compare(text: &str, left: &Book, right: &Book) -> Ordering {
    let options = OrderByOptions::new().with_bools().with_bytes();
    let order = OrderBy::<Book>::parse_with(text, &options).unwrap();
    let ordering = order.compare(left, right);
    assert_eq!(order.compare(right, left), ordering.reverse(), "{text}");
    assert_eq!(order.clone().compare(left, right), ordering, "a clone of {text}");
    ordering
}

#[test]
fn each_kind() {
    let least = Book::default();
    let author = |given_name: &str| Some(Author { given_name: given_name.to_owned(), ..Author::default() });
    for (text, greater) in [
        ("title", Book { title: "a".to_owned(), ..Book::default() }),
        ("pages desc", Book { pages: -1, ..Book::default() }),
        ("words", Book { words: 1, ..Book::default() }),
        ("copies", Book { copies: u32::MAX, ..Book::default() }),
        ("sold", Book { sold: u64::MAX, ..Book::default() }),
        ("weight desc", Book { weight: -0.5, ..Book::default() }),
        ("weight", Book { weight: f32::NAN, ..Book::default() }),
        ("rating", Book { rating: Some(f64::NEG_INFINITY), ..Book::default() }),
        ("read", Book { read: true, ..Book::default() }),
        ("in_print", Book { in_print: Some(false), ..Book::default() }),
        ("status", Book { status: 1, ..Book::default() }),
        ("genre", Book { genre: Some(0), ..Book::default() }),
        ("cover", Book { cover: vec![0], ..Book::default() }),
        ("create_time", Book { create_time: Some(Timestamp { seconds: -5, nanos: 0 }), ..Book::default() }),
        ("loan", Book { loan: Some(Duration { seconds: -5, nanos: -1 }), ..Book::default() }),
        ("subtitle", Book { subtitle: Some(String::new()), ..Book::default() }),
        ("discount", Book { discount: Some(i32::MIN), ..Book::default() }),
        // Set and empty is above unset, also within a message that is there.
        ("author.given_name", Book { author: author(""), ..Book::default() }),
        ("sequel.title", Book { sequel: Some(Box::default()), ..Book::default() }),
        ("ebook.given_name", Book { format: author("").map(book::Format::Ebook), ..Book::default() }),
        ("paperback", Book { format: Some(book::Format::Paperback(String::new())), ..Book::default() }),
    ] {
        assert_eq!(compare(text, &least, &greater), Less, "{text}");
        let reversed = text.strip_suffix(" desc").map_or_else(|| format!("{text} desc"), str::to_owned);
        assert_eq!(compare(&reversed, &least, &greater), Greater, "{reversed}");
        assert_eq!(compare(text, &greater, &greater), Equal, "{text}");
    }
}

#[test]
fn equal_things() {
    let of = |rating: f64| Book { rating: Some(rating), ..Book::default() };
    assert_eq!(compare("rating", &of(-0.0), &of(0.0)), Equal);
    assert_eq!(compare("rating", &of(f64::NAN), &of(-f64::NAN)), Equal);
    assert_eq!(compare("rating", &of(f64::NAN), &of(f64::INFINITY)), Greater);
    // A message without the field is as good as none.
    let with_author = Book { author: Some(Author::default()), ..Book::default() };
    assert_eq!(compare("author.birth_year", &with_author, &Book::default()), Equal);
}

#[test]
fn text_goes_by_code_points() {
    let titles = ["", "A", "B", "a", "a ", "ab", "b", "ä", "\u{ffff}", "\u{10000}"];
    for pair in titles.windows(2) {
        let of = |title: &str| Book { title: title.to_owned(), ..Book::default() };
        assert_eq!(compare("title", &of(pair[0]), &of(pair[1])), Less, "{pair:?}");
    }
}

#[test]
fn the_next_term_decides_among_equals() {
    let of = |pages: i32, title: &str| Book { pages, title: title.to_owned(), ..Book::default() };
    let mut books = [of(1, "b"), of(2, "a"), of(1, "a"), of(2, "c")];
    let order = OrderBy::<Book>::parse("pages desc, title").unwrap();
    books.sort_by(|left, right| order.compare(left, right));
    assert_eq!(books, [of(2, "a"), of(2, "c"), of(1, "a"), of(1, "b")]);
}

#[test]
fn typed_orders() {
    let order = OrderBy::<Book>::new().desc(Book::CREATE_TIME).asc(Book::AUTHOR.join(Author::GIVEN_NAME));
    assert_eq!(order.to_string(), "create_time desc, author.given_name");
    assert_eq!(order, OrderBy::parse("create_time desc,author.given_name asc").unwrap());
    let total = order.clone().with_tie_breaker(Book::NAME);
    assert_eq!(total.to_string(), "create_time desc, author.given_name, name");
    assert_eq!(total.clone().with_tie_breaker(Book::NAME), total);
    assert_eq!(OrderBy::new().desc(Book::NAME).with_tie_breaker(Book::NAME).to_string(), "name desc");
    let terms = total.terms();
    assert_eq!((terms[1].name().as_str(), terms[1].direction()), ("author.given_name", Direction::Ascending));
    assert_eq!(terms.iter().map(|term| term.is_nullable()).collect::<Vec<_>>(), [true, true, false]);
    assert!(OrderBy::<Book>::new().is_empty() && !order.is_empty());
}

#[test]
#[should_panic(expected = "names elements")]
fn typed_orders_by_elements_are_a_mistake_in_code() {
    let _ = OrderBy::<Book>::new().asc(Book::TAGS.each());
}

/// Generated code has no typed path for such a field. A table that is written by hand could have one.
#[test]
#[should_panic(expected = "`library.v1.Book` cannot be sorted by `extra`, which is a message without an order")]
fn typed_orders_by_what_has_none_are_a_mistake_in_code() {
    let (position, _) = <Book as transom::fields::Fields>::schema().field("extra").unwrap();
    let path = transom::fields::Path::<Book, transom::fields::Scalar>::of_field(position);
    let _ = OrderBy::<Book>::new().with_tie_breaker(path);
}

#[test]
fn values() {
    let options = OrderByOptions::new().with_bools().with_bytes();
    let order = OrderBy::<Book>::parse_with(
        "title, pages, sold, weight, read, cover, create_time, loan, author.given_name, author.birth_year, rating, genre",
        &options,
    )
    .unwrap();
    let book = Book {
        title: "t".to_owned(),
        pages: -3,
        sold: u64::MAX,
        weight: 0.5,
        cover: vec![1],
        create_time: Some(Timestamp { seconds: 1, nanos: 2 }),
        loan: Some(Duration { seconds: 3, nanos: 4 }),
        author: Some(Author::default()),
        genre: Some(2),
        ..Book::default()
    };
    assert_eq!(
        order.values(&book),
        [
            CursorValue::Text("t".to_owned()),
            CursorValue::Int(-3),
            CursorValue::Uint(u64::MAX),
            CursorValue::Float(0.5),
            CursorValue::Bool(false),
            CursorValue::Bytes(vec![1]),
            CursorValue::Timestamp(Timestamp { seconds: 1, nanos: 2 }),
            CursorValue::Duration(Duration { seconds: 3, nanos: 4 }),
            CursorValue::Text(String::new()),
            CursorValue::Null,
            CursorValue::Null,
            CursorValue::Int(2),
        ]
    );
}
