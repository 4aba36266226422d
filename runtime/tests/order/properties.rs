//! Properties for every text: the parser returns an order or positions, and an order's display parses to itself.

use proptest::prelude::*;
use transom::order::{OrderBy, OrderByOptions};

use crate::choices::Choices;
use crate::library::Book;
use crate::orders;

/// Reads any text, and what it makes of it again.
fn parse(text: &str) {
    match OrderBy::<Book>::parse(text) {
        Ok(order) => assert_eq!(OrderBy::parse(&order.to_string()).as_ref(), Ok(&order), "{text:?}"),
        Err(violations) => {
            for violation in violations {
                let position = violation.description.strip_prefix("at ").and_then(|rest| rest.split(':').next());
                let position: usize = position.and_then(|digits| digits.parse().ok()).expect("a position");
                assert!(position <= text.len() && text.is_char_boundary(position), "{text:?}: {position}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in ".*") {
        parse(&text);
    }

    #[test]
    fn nearly_orders(words in prop::collection::vec(prop::sample::select(vec![
        "title", "author", ".", "given_name", "rating", ",", " ", "  ", "desc", "asc", "`", "``", "tags", "é", "\t", "nope",
    ]), 0..12)) {
        parse(&words.concat());
    }
}

#[test]
fn orders_are_shown_as_they_are_written() {
    let options = OrderByOptions::<Book>::new().with_bools().with_bytes();
    for seed in 0..1000 {
        let text = orders::order(&mut Choices::new(seed));
        let order = OrderBy::parse_with(&text, &options).unwrap();
        assert_eq!(order.to_string(), text.replace(" asc", ""));
        assert_eq!(OrderBy::parse_with(&order.to_string(), &options), Ok(order));
    }
}
