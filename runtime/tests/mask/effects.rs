//! Effect of an update on each kind of field, with `ApplyOptions::aip()` and with `ApplyOptions::protobuf_util()`.

use std::collections::HashMap;

use prost_types::FieldMask;
use transom::mask::{
    ApplyOptions, Behaviors, EmptyMask, Mask, ParseOptions, Unknown, UpdateOptions, UpdateRequest as _,
};
use transom::violation::Reason;

use crate::library::{Author, Book, Review, UpdateBookRequest, book::Format};

/// Reads a book: `title=x author={g f} tags=[a b] reviews={k:n} rating=5 ebook={g f} paperback=x`.
fn book(text: &str) -> Book {
    let mut book = Book::default();
    for part in text.split_terminator(", ") {
        let (name, value) = part.split_once('=').expect("a field and its value");
        let inner = || value.trim_matches(|character| "{}[]".contains(character)).split_whitespace();
        let author = || {
            let mut author = Author::default();
            for name in inner() {
                match name {
                    family if family.starts_with('F') => author.family_name = family.to_owned(),
                    given => author.given_name = given.to_owned(),
                }
            }
            author
        };
        match name {
            "name" => book.name = value.to_owned(),
            "title" => book.title = value.to_owned(),
            "author" => book.author = Some(author()),
            "tags" => book.tags = inner().map(str::to_owned).collect(),
            "rating" => book.rating = Some(value.parse().expect("a number")),
            "ebook" => book.format = Some(Format::Ebook(author())),
            "paperback" => book.format = Some(Format::Paperback(value.to_owned())),
            "reviews" => {
                let review = |entry: &str| {
                    let (key, text) = entry.split_once(':').expect("a key and its value");
                    (key.to_owned(), Review { stars: 0, text: text.to_owned() })
                };
                book.reviews = inner().map(review).collect::<HashMap<_, _>>();
            }
            other => panic!("no field {other}"),
        }
    }
    book
}

struct Row {
    number: u8,
    mask: &'static str,
    given: &'static str,
    stored: &'static str,
    /// Stored message after the update.
    aip: &'static str,
    util: &'static str,
    /// Changed paths with `ApplyOptions::aip()`.
    changed: &'static str,
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { number: 1, mask: "author.given_name", given: "", stored: "author={G F}", aip: "author={F}", util: "author={F}", changed: "author.given_name" },
    Row { number: 2, mask: "author.given_name", given: "", stored: "", aip: "", util: "", changed: "" },
    Row { number: 3, mask: "author", given: "", stored: "author={G}", aip: "", util: "author={G}", changed: "author" },
    Row { number: 4, mask: "author", given: "author={F}", stored: "author={G}", aip: "author={F}", util: "author={G F}", changed: "author.family_name,author.given_name" },
    Row { number: 5, mask: "tags", given: "tags=[n]", stored: "tags=[o]", aip: "tags=[n]", util: "tags=[o n]", changed: "tags" },
    Row { number: 6, mask: "tags", given: "", stored: "tags=[o]", aip: "", util: "tags=[o]", changed: "tags" },
    Row { number: 7, mask: "reviews", given: "reviews={k:n}", stored: "reviews={k:o z:o}", aip: "reviews={k:n}", util: "reviews={k:n z:o}", changed: "reviews" },
    Row { number: 8, mask: "reviews.k", given: "reviews={k:n}", stored: "reviews={k:o z:o}", aip: "reviews={k:n z:o}", util: "reviews={k:o z:o}", changed: "reviews" },
    Row { number: 8, mask: "reviews.k", given: "reviews={a:n}", stored: "reviews={k:o z:o}", aip: "reviews={z:o}", util: "reviews={k:o z:o}", changed: "reviews" },
    Row { number: 9, mask: "rating", given: "", stored: "rating=5", aip: "", util: "", changed: "rating" },
    Row { number: 9, mask: "rating", given: "rating=0", stored: "", aip: "rating=0", util: "rating=0", changed: "rating" },
    Row { number: 10, mask: "title", given: "", stored: "title=x", aip: "", util: "", changed: "title" },
    Row { number: 11, mask: "ebook", given: "ebook={G}", stored: "paperback=p", aip: "ebook={G}", util: "ebook={G}", changed: "ebook" },
    Row { number: 12, mask: "ebook", given: "paperback=p", stored: "ebook={G}", aip: "", util: "ebook={G}", changed: "ebook" },
    Row { number: 13, mask: "ebook.given_name", given: "paperback=p", stored: "paperback=o", aip: "paperback=o", util: "paperback=o", changed: "" },
    Row { number: 14, mask: "paperback", given: "ebook={G}", stored: "ebook={G F}", aip: "ebook={G F}", util: "ebook={G F}", changed: "" },
    Row { number: 15, mask: "*", given: "title=n, name=new", stored: "name=x, title=o, tags=[a], author={G}", aip: "name=x, title=n", util: "name=x, title=o, tags=[a], author={G}", changed: "author,tags,title" },
    Row { number: 17, mask: "", given: "title=n, author={G}", stored: "tags=[a], author={F}", aip: "title=n, author={G F}, tags=[a]", util: "tags=[a], author={F}", changed: "author.given_name,title" },
    Row { number: 18, mask: "author,author.given_name", given: "author={G}", stored: "author={F}", aip: "author={G}", util: "author={G F}", changed: "author.family_name,author.given_name" },
    Row { number: 18, mask: "author.given_name,author", given: "author={G}", stored: "author={F}", aip: "author={G}", util: "author={G F}", changed: "author.family_name,author.given_name" },
    Row { number: 19, mask: "tags,tags", given: "tags=[n]", stored: "tags=[o]", aip: "tags=[n]", util: "tags=[o n]", changed: "tags" },
];

fn request(mask: &str, given: &str) -> UpdateBookRequest {
    let paths = mask.split_terminator(',').map(str::to_owned).collect();
    UpdateBookRequest {
        book: Some(book(given)),
        update_mask: Some(FieldMask { paths }),
        ..UpdateBookRequest::default()
    }
}

fn util() -> UpdateOptions {
    UpdateOptions { parse: ParseOptions::protobuf_util(), apply: ApplyOptions::protobuf_util() }
}

#[test]
fn update_follows_the_table_of_effects() {
    for row in ROWS {
        let Row { number, mask, .. } = row;
        let mut stored = book(row.stored);
        let changed = request(mask, row.given).apply_to(&mut stored).expect("nothing is refused");
        assert_eq!(stored, book(row.aip), "row {number}: {mask}");
        assert_eq!(changed.paths().join(","), row.changed, "row {number}: {mask}");
        let mut stored = book(row.stored);
        request(mask, row.given).apply_to_with(&mut stored, &util()).expect("nothing is refused");
        assert_eq!(stored, book(row.util), "row {number} as the libraries do it: {mask}");
    }
}

#[test]
fn update_rejects_unknown_path_beside_known_path() {
    let mut stored = book("title=o");
    let error = request("title,nope", "title=n").apply_to(&mut stored).expect_err("nothing is applied");
    assert_eq!(error.to_string(), "update_mask.paths[1]: `library.v1.Book` has no field `nope`");
    assert_eq!(stored, book("title=o"));
    let changed = request("title,nope", "title=n").apply_to_with(&mut stored, &util()).expect("it is ignored");
    assert_eq!((changed.paths(), stored), (vec!["title".to_owned()], book("title=n")));
    // If only unknown paths are left, the mask is not an empty one.
    let options = UpdateOptions { apply: ApplyOptions { empty: EmptyMask::Populated, ..util().apply }, ..util() };
    let mut stored = book("title=o");
    request("nope", "title=n").apply_to_with(&mut stored, &options).expect("it is ignored");
    assert_eq!(stored, book("title=o"));
}

#[test]
fn read_follows_the_table_of_effects() {
    let everything = "name=x, title=t, author={G F}, tags=[a]";
    let read = |path: &str, options: ParseOptions| {
        let mask: Mask<Book> = options.parse("read_mask", &FieldMask { paths: vec![path.to_owned()] })?;
        let mut book = book(everything);
        mask.project(&mut book);
        Ok::<Book, transom::violation::Violations>(book)
    };
    assert_eq!(read("*", ParseOptions::read()), Ok(book(everything)));
    let refused = read("nope", ParseOptions::read()).expect_err("there is no such field");
    assert_eq!(refused.as_slice()[0].reason, Reason::UnknownField);
    let ignoring = ParseOptions { unknown: Unknown::Ignore, ..ParseOptions::read() };
    assert_eq!(read("nope", ignoring), Ok(Book::default()));
    let author = |given: &str, family: &str| Author { given_name: given.to_owned(), family_name: family.to_owned() };
    let mut book = Book { authors: vec![author("A", "B"), author("C", "D")], ..Book::default() };
    let mask: Mask<Book> =
        ParseOptions::read().parse("read_mask", &FieldMask { paths: vec!["authors.given_name".to_owned()] }).unwrap();
    mask.project(&mut book);
    assert_eq!(book.authors, [author("A", ""), author("C", "")]);
}

#[test]
fn protobuf_util_merges_one_value_messages() {
    use prost_types::{Any, Timestamp};
    let time = |seconds, nanos| Some(Timestamp { seconds, nanos });
    let any = |url: &str, value: &[u8]| Some(Any { type_url: url.to_owned(), value: value.to_vec() });
    let stored = Book {
        subtitle: Some("s".to_owned()),
        create_time: time(1, 7),
        extra: any("a", b"1"),
        rating: Some(5.0),
        sequel: Some(Box::new(Book { subtitle: Some("s".to_owned()), extra: any("a", b"1"), ..Book::default() })),
        ..Book::default()
    };
    let util = ApplyOptions { behaviors: Behaviors::Ignore, ..ApplyOptions::protobuf_util() };
    let apply = |paths: &[&str], given: &Book| {
        let mask = Mask::<Book>::parse(&FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() });
        let (mut copied, mut moved) = (stored.clone(), stored.clone());
        let changed = mask.as_ref().unwrap().apply_with(&mut copied, given, util).unwrap();
        mask.unwrap().apply_owned_with(&mut moved, given.clone(), util).unwrap();
        assert_eq!(copied, moved);
        (changed.paths(), copied)
    };
    let all = ["subtitle", "create_time", "extra"];
    // What is not given stays, and so does what a given value has not set.
    assert_eq!(apply(&all, &Book::default()), (vec![], stored.clone()));
    let hollow =
        Book { subtitle: Some(String::new()), create_time: time(0, 0), extra: any("", b""), ..Book::default() };
    assert_eq!(apply(&all, &hollow), (vec![], stored.clone()));
    // What it has set takes the place of what is stored.
    let given =
        Book { subtitle: Some("n".to_owned()), create_time: time(5, 0), extra: any("", b"2"), ..Book::default() };
    let (changed, merged) = apply(&all, &given);
    assert_eq!(changed, ["create_time", "extra", "subtitle"]);
    let subtitle = Some("n".to_owned());
    assert_eq!(merged, Book { subtitle, create_time: time(5, 7), extra: any("a", b"2"), ..stored.clone() });
    // The same inside of a message that is merged.
    let sequel = Book { subtitle: Some(String::new()), extra: any("b", b""), ..Book::default() };
    let (changed, merged) = apply(&["sequel"], &Book { sequel: Some(Box::new(sequel)), ..Book::default() });
    assert_eq!((changed, merged.sequel.unwrap().extra), (vec!["sequel.extra".to_owned()], any("b", b"1")));
    // A scalar is replaced or cleared.
    assert_eq!(apply(&["rating"], &Book::default()).1.rating, None);
    assert_eq!(apply(&["rating"], &Book { rating: Some(0.0), ..Book::default() }).1.rating, Some(0.0));
}

#[test]
fn protobuf_util_honors_behaviors() {
    use prost_types::Timestamp;
    let stored = Book { name: "books/1".to_owned(), create_time: Some(Timestamp::default()), ..Book::default() };
    let given = Book {
        name: "books/2".to_owned(),
        create_time: Some(Timestamp { seconds: 5, nanos: 0 }),
        sequel: Some(Box::new(Book { create_time: Some(Timestamp::default()), ..Book::default() })),
        ..Book::default()
    };
    let apply = |path: &str, options| {
        let mut book = stored.clone();
        let mask = Mask::<Book>::parse(&FieldMask { paths: vec![path.to_owned()] }).unwrap();
        mask.apply_with(&mut book, &given, options).map(|_| book)
    };
    let options = ApplyOptions::protobuf_util();
    assert_eq!(apply("create_time", options), Ok(stored.clone()));
    assert_eq!(apply("name", options).unwrap_err().as_slice()[0].reason, Reason::ImmutableField);
    assert_eq!(apply("sequel", options).unwrap().sequel, Some(Box::default()));
    let options = ApplyOptions { behaviors: Behaviors::Ignore, ..options };
    assert_eq!(apply("create_time", options).unwrap().create_time, given.create_time);
    assert_eq!(apply("name", options).unwrap().name, given.name);
}

#[test]
fn update_follows_wildcards_and_keys() {
    let review = |stars, text: &str| Review { stars, text: text.to_owned() };
    let stored = || Book {
        reviews: [("a".to_owned(), review(1, "x")), ("b".to_owned(), review(2, "y"))].into(),
        ..Book::default()
    };
    let given = Book {
        reviews: [("b".to_owned(), review(5, "n")), ("c".to_owned(), review(6, "m"))].into(),
        ..Book::default()
    };
    type Entry = (&'static str, i32, &'static str);
    let cases: [(&[&str], &[Entry]); 7] = [
        (&["reviews.*.stars"], &[("b", 5, "y"), ("c", 6, "")]),
        (&["reviews.*.stars", "reviews.b.text"], &[("b", 5, "n"), ("c", 6, "")]),
        (&["reviews.*.stars", "reviews.b"], &[("b", 5, "n"), ("c", 6, "")]),
        (&["reviews.*.stars", "reviews.a.text"], &[("b", 5, "y"), ("c", 6, "")]),
        (&["reviews.a.stars"], &[("a", 0, "x"), ("b", 2, "y")]),
        (&["reviews.c.stars"], &[("a", 1, "x"), ("b", 2, "y"), ("c", 6, "")]),
        (&["reviews.a", "reviews.c", "reviews.none.text"], &[("b", 2, "y"), ("c", 6, "m")]),
    ];
    for (paths, wanted) in cases {
        let mask = Mask::<Book>::parse(&FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() });
        let mut book = stored();
        let changed = mask.unwrap().apply(&mut book, &given).unwrap();
        let wanted = wanted.iter().map(|&(key, stars, text)| (key.to_owned(), review(stars, text))).collect();
        assert_eq!(book.reviews, wanted, "{paths:?}");
        assert_eq!(changed.paths(), ["reviews"]);
    }
}

#[test]
fn update_pairs_elements_by_position() {
    let author = |given: &str, family: &str| Author { given_name: given.to_owned(), family_name: family.to_owned() };
    let mask = Mask::<Book>::parse(&FieldMask { paths: vec!["authors.*.given_name".to_owned()] }).unwrap();
    for (given, wanted) in [
        (vec![author("n", "?")], vec![author("n", "B")]),
        (vec![author("n", "?"), author("m", "?")], vec![author("n", "B"), author("m", "D")]),
        (vec![author("", "?"); 3], vec![author("", "B"), author("", "D"), author("", "")]),
        (vec![], vec![]),
    ] {
        let mut book = Book { authors: vec![author("A", "B"), author("C", "D")], ..Book::default() };
        mask.apply(&mut book, &Book { authors: given, ..Book::default() }).unwrap();
        assert_eq!(book.authors, wanted);
    }
}
