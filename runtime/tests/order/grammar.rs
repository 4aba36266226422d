//! Grammar of orders, with the positions of all errors.

use transom::order::{OrderBy, OrderByOptions};
use transom::violation::Count;

use crate::library::Book;

fn canonical(text: &str) -> String {
    OrderBy::<Book>::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}")).to_string()
}

#[test]
fn accepted() {
    for (text, expected) in [
        ("", ""),
        ("   ", ""),
        ("title", "title"),
        ("title desc", "title desc"),
        ("title asc", "title"),
        ("  title  desc  ,author.given_name ", "title desc, author.given_name"),
        ("`title`", "title"),
        ("author.`given_name` desc", "author.given_name desc"),
        ("create_time,rating,subtitle", "create_time, rating, subtitle"),
        ("sequel.sequel.title", "sequel.sequel.title"),
        ("ebook.given_name,paperback", "ebook.given_name, paperback"),
    ] {
        assert_eq!(canonical(text), expected, "{text:?}");
    }
}

#[test]
fn refused() {
    for (text, expected) in [
        (",", "order_by: at 0: the name of a field is missing; order_by: at 1: the name of a field is missing"),
        ("title,", "order_by: at 6: the name of a field is missing"),
        ("title,,rating", "order_by: at 6: the name of a field is missing"),
        ("title\tdesc", "order_by: at 5: found `\\tdesc` where a space, a dot or a comma is expected"),
        ("title DESC", "order_by: at 6: found `DESC` where `desc` or a comma is expected"),
        ("title desc asc", "order_by: at 11: found `asc` where a comma is expected"),
        ("title rating", "order_by: at 6: found `rating` where `desc` or a comma is expected"),
        ("Title", "order_by: at 0: `library.v1.Book` has no field `Title`: did you mean `title`?"),
        (
            "author.given_nmae",
            "order_by: at 7: `library.v1.Author` has no field `given_nmae`: did you mean `given_name`?",
        ),
        ("author..given_name", "order_by: at 7: found `.given_name` where the name of a field is expected"),
        (".title", "order_by: at 0: found `.title` where the name of a field is expected"),
        ("title.", "order_by: at 0: the list cannot be sorted by `title`, which has no single field below it"),
        ("author.", "order_by: at 7: the name of a field is missing"),
        ("1a", "order_by: at 0: found `1a` where the name of a field is expected"),
        ("é", "order_by: at 0: found `é` where the name of a field is expected"),
        ("title, `author", "order_by: at 7: the back-tick is not closed"),
        ("``", "order_by: at 0: `library.v1.Book` has no field ``"),
        ("`a``b`", "order_by: at 0: `library.v1.Book` has no field `a`b`"),
        ("title, rating, title desc", "order_by: at 15: `title` appears a second time"),
        ("author", "order_by: at 0: the list cannot be sorted by `author`, which is a message: use one of its fields"),
        ("extra", "order_by: at 0: the list cannot be sorted by `extra`, which is a message without an order"),
        ("tags", "order_by: at 0: the list cannot be sorted by `tags`, which is a list"),
        ("reviews", "order_by: at 0: the list cannot be sorted by `reviews`, which is a map"),
        ("reviews.smith", "order_by: at 0: the list cannot be sorted by `reviews`, which has no single field below it"),
        (
            "authors.given_name",
            "order_by: at 0: the list cannot be sorted by `authors`, which has no single field below it",
        ),
        ("cover", "order_by: at 0: the list cannot be sorted by `cover`, which is `bytes`"),
        (
            "nope, title x, cover",
            "order_by: at 0: `library.v1.Book` has no field `nope`; order_by: at 12: found `x` where `desc` or a comma is expected; order_by: at 15: the list cannot be sorted by `cover`, which is `bytes`",
        ),
    ] {
        let error = OrderBy::<Book>::parse(text).expect_err(text);
        assert_eq!(error.to_string(), expected, "{text:?}");
    }
}

#[test]
fn order_check_stops_at_the_ceiling_of_terms() {
    let options = OrderByOptions::<Book>::new().max_terms(100_000).max_bytes(usize::MAX);
    let violations = OrderBy::parse_with(&vec!["nope"; 10_000].join(","), &options).map(|_| ()).unwrap_err();
    // One violation a term, and one for the first term beyond the ceiling.
    let expected = OrderByOptions::<Book>::MAX_TERMS + 1;
    assert_eq!((violations.as_slice().len(), violations.count()), (expected, Count::Exact(expected)));
}

#[test]
fn options() {
    let parse = |text: &str, options: &OrderByOptions<Book>| {
        OrderBy::parse_with(text, options).map(|order| order.to_string()).map_err(|error| error.to_string())
    };
    let options = OrderByOptions::new();
    assert_eq!(
        parse("title asc", &options.clone().without_asc()),
        Err("order_by: at 6: found `asc` where `desc` or a comma is expected".to_owned())
    );
    assert_eq!(parse("cover", &options.clone().with_bytes()), Ok("cover".to_owned()));
    assert_eq!(
        parse("title, name, rating", &options.clone().max_terms(2)),
        Err("order_by: at 12: there are more than 2 fields".to_owned())
    );
    assert_eq!(
        parse("title, name", &options.clone().max_bytes(5).field("sort")),
        Err("sort: at 5: 11 bytes are more than the 5 that are read".to_owned())
    );
    let sortable = options.sortable([Book::TITLE.any(), Book::RATING.any()]);
    assert_eq!(parse("rating", &sortable), Ok("rating".to_owned()));
    assert_eq!(
        parse("title, name", &sortable),
        Err("order_by: at 7: the list cannot be sorted by `name`, which is not one of the sortable fields".to_owned())
    );
}
