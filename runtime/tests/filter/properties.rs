//! Properties for every text: the parser returns a filter or positions, and a filter's display parses to itself.

use proptest::prelude::*;
use transom::filter::{Filter, FilterOptions};

use crate::choices::Choices;
use crate::filters;
use crate::library::Book;

/// Reads any text, and what it makes of it again; and says whether it is a filter.
fn parse(text: &str) -> bool {
    let options = FilterOptions::new().with_bytes().searchable(Book::TITLE).searchable(Book::TAGS).max_terms(1000);
    // Its own form can be longer than the text.
    let generous = options.clone().max_bytes(1 << 20);
    match Filter::<Book>::parse_with(text, &options) {
        Ok(filter) => {
            let shown = filter.to_string();
            let again =
                Filter::parse_with(&shown, &generous).unwrap_or_else(|error| panic!("{text:?}, {shown:?}: {error}"));
            assert_eq!(again, filter, "{text:?}");
            assert_eq!(again.to_string(), shown, "{text:?}");
            true
        }
        Err(violations) => {
            for violation in violations {
                let position = violation.description.strip_prefix("at ").and_then(|rest| rest.split(':').next());
                let position: usize = position.and_then(|digits| digits.parse().ok()).expect("a position");
                assert!(position <= text.len() && text.is_char_boundary(position), "{text:?}: {position}");
            }
            false
        }
    }
}

const WORDS: [&str; 44] = [
    "a",
    "title",
    "pages",
    "author",
    ".",
    "given_name",
    "tags",
    "labels",
    "status",
    "ACTIVE",
    "rating",
    "create_time",
    "loan",
    "read",
    "cover",
    "counts",
    "AND",
    "OR",
    "NOT",
    "-",
    "(",
    ")",
    "=",
    "!=",
    "<",
    ">=",
    ":",
    "*",
    " ",
    " ",
    " ",
    " ",
    "3",
    "-2.5",
    "1e9",
    "1.5s",
    "\"x\"",
    "\"*y\\*\"",
    "'z'",
    "2024-01-01T00:00:00Z",
    "null",
    ",",
    "timestamp",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in ".*") {
        parse(&text);
    }

    #[test]
    fn nearly_filters(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..14)) {
        parse(&words.concat());
    }

    #[test]
    fn text_in_quotes_is_any_text(text in "[^\0]*") {
        let mut shown = String::from("title = \"");
        for character in text.chars() {
            if matches!(character, '"' | '\\' | '*') {
                shown.push('\\');
            }
            shown.push(character);
        }
        shown.push('"');
        let filter = Filter::<Book>::parse(&shown).unwrap();
        let same = Book { title: text.clone(), ..Book::default() };
        prop_assert!(filter.matches(&same));
        let longer = Book { title: text + "x", ..Book::default() };
        prop_assert!(!filter.matches(&longer));
    }
}

#[test]
fn filters_show_themselves() {
    for seed in 0..5000 {
        let text = filters::filter(&mut Choices::new(seed), 4);
        assert!(parse(&text), "{text}");
    }
}

/// Text that is nearly one of the longest filters takes no time that grows faster than it does.
#[test]
fn nothing_is_slow() {
    for piece in
        ["(", "-(", "a.", "a:", "\"", "\\", "'", "NOT ", "a OR ", "f(", "f(a,", "=", "a=", "é", "labels.\"", " "]
    {
        let text = piece.repeat(8192 / piece.len());
        parse(&text);
        parse(&format!("title = {text}"));
    }
}
