//! Requests without a mask, or with an empty one: what is set is updated, and nothing is cleared.

use prost_types::FieldMask;
use transom::mask::{ApplyOptions, EmptyMask, Mask, UpdateError, UpdateOptions, UpdateRequest as _};
use transom::violation::Reason;

use crate::kinds::{Kinds, kinds};
use crate::legacy::Legacy;
use crate::library::{Author, Book, PatchBookRequest, UpdateBookRequest, book::Format};
use crate::node::Node;

fn request(book: Book, mask: Option<FieldMask>) -> UpdateBookRequest {
    UpdateBookRequest { book: Some(book), update_mask: mask, ..UpdateBookRequest::default() }
}

fn author(given: &str, family: &str) -> Option<Author> {
    Some(Author { given_name: given.to_owned(), family_name: family.to_owned() })
}

#[test]
fn update_treats_empty_mask_as_absent() {
    let given = || Book { title: "n".to_owned(), author: author("G", ""), ..Book::default() };
    let stored =
        || Book { title: "o".to_owned(), author: author("A", "F"), tags: vec!["t".to_owned()], ..Book::default() };
    for mask in [None, Some(FieldMask::default())] {
        for (empty, wanted) in [
            (EmptyMask::Populated, Book { title: "n".to_owned(), author: author("G", "F"), ..stored() }),
            (EmptyMask::Nothing, stored()),
        ] {
            let options =
                UpdateOptions { apply: ApplyOptions { empty, ..ApplyOptions::aip() }, ..UpdateOptions::default() };
            let mut book = stored();
            let changed = request(given(), mask.clone()).apply_to_with(&mut book, &options).unwrap();
            assert_eq!(book, wanted);
            assert_eq!(changed.is_empty(), empty == EmptyMask::Nothing);
        }
        let apply = ApplyOptions { empty: EmptyMask::Reject, ..ApplyOptions::aip() };
        let options = UpdateOptions { apply, ..UpdateOptions::default() };
        let mut book = stored();
        let error = request(given(), mask).apply_to_with(&mut book, &options);
        let Err(UpdateError::Invalid(violations)) = error else { panic!("{error:?}") };
        assert_eq!(violations.as_slice()[0].field, "update_mask");
        assert_eq!(violations.as_slice()[0].reason, Reason::EmptyMask);
        assert_eq!(book, stored());
    }
}

#[test]
fn populated_selects_set_fields() {
    let name = |name: &str| Node { name: name.to_owned(), ..Node::default() };
    let cases: Vec<(Kinds, &[&str])> = vec![
        (Kinds::default(), &[]),
        (Kinds { flag: true, int32: -1, text: "x".to_owned(), ..Kinds::default() }, &["flag", "int32", "text"]),
        (Kinds { opt_flag: Some(false), opt_int32: Some(0), ..Kinds::default() }, &["opt_flag", "opt_int32"]),
        (
            Kinds { opt_text: Some(String::new()), wrapped_int: Some(0), ..Kinds::default() },
            &["opt_text", "wrapped_int"],
        ),
        (Kinds { double: -0.0, float: f32::NAN, ..Kinds::default() }, &["double", "float"]),
        (Kinds { double: 0.0, ..Kinds::default() }, &[]),
        (Kinds { time: Some(prost_types::Timestamp::default()), ..Kinds::default() }, &["time"]),
        (Kinds { any: Some(prost_types::Any::default()), ..Kinds::default() }, &["any"]),
        (Kinds { texts: vec![String::new()], nodes: vec![name("x")], ..Kinds::default() }, &["nodes", "texts"]),
        (Kinds { by_flag: [(false, String::new())].into(), ..Kinds::default() }, &["by_flag"]),
        (Kinds { node: Some(name("x")), ..Kinds::default() }, &["node.name"]),
        // A message that holds nothing has no leaf.
        (Kinds { node: Some(Node::default()), ..Kinds::default() }, &[]),
        (Kinds { own: Some(Box::new(Kinds { flag: true, ..Kinds::default() })), ..Kinds::default() }, &["own.flag"]),
        (Kinds { choice: Some(kinds::Choice::Number(0.0)), ..Kinds::default() }, &["number"]),
        (Kinds { choice: Some(kinds::Choice::Held(name("x"))), ..Kinds::default() }, &["held.name"]),
        // But which member of a oneof is set is a value.
        (Kinds { choice: Some(kinds::Choice::Held(Node::default())), ..Kinds::default() }, &["held"]),
        (Kinds { other: Some(kinds::Other::Yes(false)), ..Kinds::default() }, &["yes"]),
    ];
    for (message, wanted) in cases {
        assert_eq!(Mask::<Kinds>::populated(&message).paths(), wanted, "{message:?}");
    }
    let required = Mask::<Legacy>::populated(&Legacy::default()).paths();
    assert_eq!(required, ["boxed.key", "count", "head.key", "id"]);
}

#[test]
fn implied_mask_creates_empty_messages() {
    let given = || Book { author: author("", ""), ..Book::default() };
    let mut book = Book::default();
    let changed = request(given(), None).apply_to(&mut book).unwrap();
    assert_eq!((book.author, changed.paths()), (author("", ""), vec!["author".to_owned()]));
    let mut book = Book { author: author("G", "F"), ..Book::default() };
    assert!(request(given(), None).apply_to(&mut book).unwrap().is_empty());
    assert_eq!(book.author, author("G", "F"));
    // In a oneof it takes the place of another member.
    let mut book = Book { format: Some(Format::Paperback("p".to_owned())), ..Book::default() };
    let given = Book { format: Some(Format::Ebook(Author::default())), ..Book::default() };
    let changed = request(given.clone(), None).apply_to(&mut book).unwrap();
    assert_eq!((book.format, changed.paths()), (given.format, vec!["ebook".to_owned()]));
}

#[test]
fn populated_mask_equals_the_mask_of_its_paths() {
    let hollow = |name: &str| Node {
        name: name.to_owned(),
        left: Some(Box::new(Node { left: Some(Box::default()), ..Node::default() })),
        ..Node::default()
    };
    for message in [Node::default(), hollow(""), hollow("x")] {
        let mask = Mask::<Node>::populated(&message);
        let again = Mask::<Node>::parse(&FieldMask::from(&mask)).unwrap();
        assert_eq!(mask, again);
        assert_eq!(mask.is_empty(), mask.paths().is_empty());
        assert!(again.contains(&mask) && mask.contains(&again));
        assert_eq!(mask.includes(Node::LEFT), again.includes(Node::LEFT), "{mask:?}");
        assert_eq!(mask.union(&again), again);
        // Equal masks do the same.
        let (mut one, mut other) = (Node::default(), Node::default());
        mask.assign(&mut one, &message);
        again.assign(&mut other, &message);
        assert_eq!(one, other, "{mask:?}");
    }
}

#[test]
fn populated_selects_minus_zero() {
    let mut stored = Kinds { double: 0.0, ..Kinds::default() };
    let given = Kinds { double: -0.0, ..Kinds::default() };
    let changed = Mask::<Kinds>::populated(&given).apply(&mut stored, &given).unwrap();
    assert_eq!(changed.paths(), ["double"]);
    assert!(stored.double.is_sign_negative());
}

#[test]
fn patch_updates_set_fields() {
    let stored = || Book {
        name: "books/1".to_owned(),
        title: "o".to_owned(),
        subtitle: Some("s".to_owned()),
        tags: vec!["t".to_owned()],
        author: author("G", "F"),
        ..Book::default()
    };
    let nothing = PatchBookRequest { name: "books/1".to_owned(), ..PatchBookRequest::default() };
    let mut book = stored();
    assert!(nothing.clone().apply_to(&mut book).unwrap().is_empty());
    assert_eq!(book, stored());
    let request = PatchBookRequest {
        title: Some(String::new()),
        subtitle: Some("n".to_owned()),
        tags: vec!["n".to_owned()],
        author: author("H", ""),
        sequel: Some(Box::new(Book { title: "two".to_owned(), ..Book::default() })),
        ..nothing
    };
    let changed = request.apply_to(&mut book).unwrap();
    assert_eq!(changed.paths(), ["author.family_name", "author.given_name", "sequel", "subtitle", "tags", "title"]);
    let sequel = Some(Box::new(Book { title: "two".to_owned(), ..Book::default() }));
    let wanted = Book {
        title: String::new(),
        subtitle: Some("n".to_owned()),
        tags: vec!["n".to_owned()],
        author: author("H", ""),
        sequel,
        ..stored()
    };
    assert_eq!(book, wanted);
}

#[test]
fn update_without_resource_is_rejected() {
    let mut book = Book::default();
    let error = UpdateBookRequest::default().apply_to(&mut book).expect_err("there is no book in it");
    assert_eq!(error.to_string(), "book: is missing: the request must have the resource");
}
