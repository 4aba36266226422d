//! Results of filters in memory.

use std::collections::{BTreeMap, HashMap};

use transom::fields::{Kind, Value};
use transom::filter::{Filter, FilterOptions, Function, Functions, Literal, Parameter};

use crate::library::{Author, Book, Review, book};

fn book() -> Book {
    Book {
        title: "A Study in Scarlet".to_owned(),
        pages: 108,
        sold: u64::MAX,
        weight: 0.1,
        rating: Some(4.5),
        status: 1,
        genre: Some(book::Genre::Novel as i32),
        cover: b"hi".to_vec(),
        create_time: Some(prost_types::Timestamp { seconds: 1_704_067_200, nanos: 5 }),
        loan: Some(prost_types::Duration { seconds: -1, nanos: -500_000_000 }),
        subtitle: Some(String::new()),
        author: Some(Author { given_name: "Arthur".to_owned(), birth_year: Some(1859), ..Author::default() }),
        tags: vec!["crime".to_owned(), "100%".to_owned()],
        scores: vec![3, 5],
        authors: vec![
            Author { given_name: "John".to_owned(), ..Author::default() },
            Author { nicknames: vec!["Doc".to_owned()], birth_year: Some(1852), ..Author::default() },
        ],
        labels: HashMap::from([("env".to_owned(), "prod".to_owned()), ("a b".to_owned(), String::new())]),
        counts: BTreeMap::from([(-3, 7)]),
        reviews: HashMap::from([("smith".to_owned(), Review { stars: 4, text: String::new() })]),
        format: Some(book::Format::Paperback("Ward Lock".to_owned())),
        ..Book::default()
    }
}

#[test]
fn found_and_not_found() {
    let options = FilterOptions::<Book>::new().with_bytes();
    let book = book();
    for (text, expected) in [
        ("", true),
        ("status:active", true),
        ("status = ACTIVE", true),
        ("status = ARCHIVED", false),
        ("status != (ACTIVE OR ARCHIVED)", false),
        ("status != (UNSPECIFIED OR ARCHIVED)", true),
        ("title != (\"A*\" OR x)", false),
        ("genre = NOVEL", true),
        ("title = \"A Study in Scarlet\"", true),
        ("title = \"a study in scarlet\"", false),
        ("title = \"A Study*\"", true),
        ("title = \"*Scarlet\"", true),
        ("title = \"*Study*\"", true),
        ("title = \"Study*\"", false),
        ("title = \"*Study\"", false),
        ("title = *", true),
        ("title != \"A*\"", false),
        ("title:Study", true),
        ("title:study", false),
        ("title < B", true),
        ("title > a", false),
        ("pages > 100 AND pages < 200", true),
        ("pages >= 109", false),
        ("sold = 18446744073709551615", true),
        ("sold > 18446744073709551614", true),
        ("weight = 0.1", true),
        ("rating = 4.5", true),
        ("cover = aGk", true),
        ("create_time > \"2024-01-01T00:00:00Z\"", true),
        ("create_time > \"2024-01-01T00:00:00.000000005Z\"", false),
        ("create_time = \"2024-01-01T00:00:00.000000005Z\"", true),
        ("loan = -1.5s", true),
        ("loan < -1s", true),
        ("subtitle = \"\"", true),
        ("subtitle:*", true),
        ("subtitle = null", false),
        ("discount = null", true),
        ("author.given_name = Arthur", true),
        ("author.birth_year < 1900", true),
        ("author:verified", false),
        ("author:birth_year", true),
        ("paperback:Lock", true),
        ("ebook:*", false),
        ("sequel:*", false),
        ("tags:crime", true),
        ("tags:crim", false),
        ("tags:\"crim*\"", true),
        ("tags:\"100%\"", true),
        ("NOT tags:love", true),
        ("tags:*", true),
        ("scores:5 AND NOT scores:4", true),
        ("authors.given_name:John", true),
        ("authors.birth_year:1852", true),
        ("authors.birth_year:1853", false),
        ("authors.nicknames:Doc", true),
        ("authors.verified:*", false),
        ("labels:env", true),
        ("labels:\"a b\"", true),
        ("labels.env = prod", true),
        ("labels.env = \"pr*\"", true),
        ("NOT labels:missing", true),
        ("counts.\"-3\" > 6", true),
        ("reviews.smith.stars >= 4", true),
        ("reviews.smith:text", false),
    ] {
        let filter = Filter::parse_with(text, &options).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(filter.matches(&book), expected, "{text:?}");
        assert_eq!(filter.clone().matches(&book), expected, "a clone of {text:?}");
    }
}

#[test]
fn numbers_at_their_ends() {
    let matches = |text: &str, book: &Book| Filter::<Book>::parse(text).unwrap().matches(book);
    let zero = Book { rating: Some(-0.0), ..Book::default() };
    assert!(matches("rating = 0", &zero) && !matches("rating < 0", &zero));
    let nan = Book { rating: Some(f64::NAN), weight: f32::NAN, ..Book::default() };
    assert!(matches("rating > 1e308 AND NOT rating <= 1e308 AND weight:*", &nan));
    let minus_zero = Book { weight: -0.0, ..Book::default() };
    assert!(!matches("weight:*", &minus_zero));
}

#[test]
fn search() {
    let options = FilterOptions::<Book>::new()
        .searchable(Book::TITLE)
        .searchable(Book::TAGS)
        .searchable(Book::AUTHOR.join(Author::GIVEN_NAME))
        .searchable(Book::PAGES);
    for (text, expected) in [
        ("Scarlet", true),
        ("\"in Scarlet\"", true),
        ("rim", true),
        ("Arth", true),
        ("Arth Scarlet", true),
        ("Arth Nope", false),
        ("NOT Nope", true),
        ("108", false),
        ("\"A Study*\"", true),
        ("\"Study*\"", false),
        ("Holmes OR Scarlet", true),
    ] {
        assert_eq!(Filter::parse_with(text, &options).unwrap().matches(&book()), expected, "{text:?}");
    }
    assert_eq!(
        Filter::parse_with("x", &options).unwrap().to_string(),
        "title = \"*x*\" OR tags:\"*x*\" OR author.given_name = \"*x*\""
    );
}

#[test]
fn functions() {
    let functions = Functions::new()
        .function(
            "longer",
            Function::predicate([Parameter::Field(Kind::String), Parameter::Constant(Kind::Int64)], |values| {
                match values {
                    [Some(Value::Text(text)), Some(Value::Int(most))] => {
                        Some(i64::try_from(text.len()).is_ok_and(|length| length > *most))
                    }
                    _ => None,
                }
            }),
        )
        .function(
            "math.kibi",
            Function::constant([Kind::Int64], |values| match values {
                [Literal::Int(value)] => {
                    value.checked_mul(1024).map(Literal::Int).ok_or_else(|| "too large".to_owned())
                }
                _ => Err("one integer is needed".to_owned()),
            }),
        );
    let options = FilterOptions::<Book>::new().functions(functions);
    let parse = |text: &str| Filter::parse_with(text, &options).map_err(|error| error.to_string());
    for (text, shown, expected) in [
        ("longer(title, 5)", "longer(title, 5)", true),
        ("longer( title,100 )", "longer(title, 100)", false),
        ("NOT longer(author.given_name, 50)", "NOT longer(author.given_name, 50)", true),
        (
            "longer(sequel.title, 5) OR NOT longer(sequel.title, 5)",
            "longer(sequel.title, 5) OR NOT longer(sequel.title, 5)",
            false,
        ),
        ("words < math.kibi(1)", "words < 1024", true),
        ("copies < math.kibi(1)", "copies < 1024", true),
        ("words = (math.kibi(1) OR 0)", "words = 1024 OR words = 0", true),
    ] {
        let filter = parse(text).unwrap();
        assert_eq!(filter.to_string(), shown, "{text:?}");
        assert_eq!(filter.matches(&book()), expected, "{text:?}");
    }
    for (text, expected) in [
        ("longer(title)", "at 0: `longer` takes 2 arguments, not 1"),
        ("longer(pages, 5)", "at 7: `pages` has another type than the parameter, which is string"),
        ("longer(nope, 5)", "at 7: `library.v1.Book` has no field `nope`"),
        ("longer(author.nope, 5)", "at 14: `library.v1.Author` has no field `nope`"),
        ("longer(\"title\", 5)", "at 7: the argument must be the name of a field"),
        ("longer(tags, 5)", "at 7: `tags` has another type than the parameter, which is string"),
        ("longer(title, x)", "at 14: `x` is not an integer from -9223372036854775808 to 9223372036854775807"),
        ("longer(title, 5) = 1", "at 17: `longer` cannot be compared: the result of a function is true or false"),
        ("words = longer(title, 5)", "at 8: `longer` returns no value: write it without a comparator"),
        ("math.kibi(1)", "at 0: `math.kibi` returns a value: write a field and a comparator before it"),
        ("words = math.kibi(9223372036854775807)", "at 8: too large"),
        ("pages = math.kibi(9000000)", "at 8: the value of the function has another type than `pages`"),
        ("title = math.kibi(1)", "at 8: the value of the function has another type than `title`"),
    ] {
        assert_eq!(parse(text).unwrap_err(), format!("filter: {expected}"), "{text:?}");
    }
}

#[test]
fn booleans_behind_quoted_keys_stand_alone() {
    let book = Book {
        switches: [("on".to_owned(), true), ("a b".to_owned(), false), ("x.y".to_owned(), true)].into(),
        title: "switches".to_owned(),
        ..Book::default()
    };
    for (text, expected) in [
        ("switches.on", true),
        ("switches.\"on\"", true),
        ("switches.'on'", true),
        ("switches.\"a b\"", false),
        ("NOT switches.\"a b\"", true),
        ("-switches.\"a b\" switches.\"x.y\"", true),
        ("(switches.\"a b\" OR switches.\"x.y\") AND switches.on", true),
        ("switches.\"missing\"", false),
        ("NOT switches.\"missing\"", false),
    ] {
        for options in [FilterOptions::new(), FilterOptions::new().searchable(Book::TITLE)] {
            let filter = Filter::<Book>::parse_with(text, &options).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(filter.matches(&book), expected, "{text}");
        }
    }
    // A value in quotes is still searched for, and one with quotes inside is no value.
    let options = FilterOptions::<Book>::new().searchable(Book::TITLE);
    assert!(Filter::parse_with("\"switches\"", &options).unwrap().matches(&book));
    for text in ["title.\"a b\"", "title = a.\"b c\"", "title = (a.\"b c\" OR d)", "title = a:b.\"c\""] {
        assert!(Filter::parse_with(text, &options).is_err(), "{text}");
    }
}

#[test]
fn star_matches_everything() {
    for options in [FilterOptions::new(), FilterOptions::new().searchable(Book::SUBTITLE)] {
        for text in ["*", " * ", "(*)"] {
            let filter = Filter::<Book>::parse_with(text, &options).unwrap();
            assert!(filter.is_everything() && filter.matches(&Book::default()), "{text}");
            assert_eq!(filter.to_string(), "");
        }
    }
    assert!(Filter::<Book>::parse("NOT *").is_err());
    assert!(Filter::<Book>::parse("\"*\"").is_err());
}

/// Presence of lists and maps (AIP-160 of October 2025), of messages too.
#[test]
fn lists_and_maps_are_present_when_they_have_elements() {
    let set = Book {
        tags: vec![String::new()],
        authors: vec![Author { nicknames: vec!["x".to_owned()], ..Author::default() }],
        labels: [("a".to_owned(), String::new())].into(),
        reviews: [("a".to_owned(), Review::default())].into(),
        ..Book::default()
    };
    for text in ["tags:*", "authors:*", "labels:*", "reviews:*", "authors.nicknames:*", "labels.a:*", "reviews.a:*"] {
        let filter = Filter::<Book>::parse(text).unwrap();
        assert!(filter.matches(&set) && !filter.matches(&Book::default()), "{text}");
        let filter = Filter::<Book>::parse(&format!("NOT {text}")).unwrap();
        assert!(!filter.matches(&set) && filter.matches(&Book::default()), "NOT {text}");
    }
}
