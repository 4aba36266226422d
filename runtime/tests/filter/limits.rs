//! Queries of death.

use transom::filter::{Filter, FilterOptions};
use transom::violation::{Count, Violations};

use crate::library::Book;

fn refused(text: &str, options: &FilterOptions<Book>) -> String {
    Filter::parse_with(text, options).unwrap_err().to_string()
}

#[test]
fn limits() {
    let options = FilterOptions::new();
    let nested = |depth: usize| format!("{}read{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Filter::parse_with(&nested(32), &options).is_ok());
    assert_eq!(refused(&nested(33), &options), "filter: at 32: there are more than 32 open parentheses");
    assert_eq!(refused(&"-(".repeat(4000), &options), "filter: at 65: there are more than 32 open parentheses");
    let calls = format!("words = {}1{}", "f(".repeat(40), ")".repeat(40));
    assert_eq!(refused(&calls, &options), "filter: at 73: there are more than 32 open parentheses");
    let terms = |count: usize| vec!["read"; count].join(" OR ");
    assert!(Filter::parse_with(&terms(256), &options).is_ok());
    assert_eq!(refused(&terms(257), &options), "filter: at 2048: there are more than 256 restrictions");
    let long = |length: usize| format!("title = \"{}\"", "x".repeat(length - 10));
    assert!(Filter::parse_with(&long(8192), &options).is_ok());
    assert_eq!(refused(&long(8193), &options), "filter: at 8192: 8193 bytes are more than the 8192 that are read");
}

#[test]
fn filter_check_stops_at_the_limit_of_violations() {
    let filter = |count: usize| {
        let text = vec!["nope = 1"; count].join(" AND ");
        let options = FilterOptions::<Book>::new().max_terms(100_000).max_bytes(usize::MAX);
        Filter::parse_with(&text, &options).map(|_| ()).unwrap_err()
    };
    assert_eq!(filter(99).count(), Count::Exact(99));
    let violations = filter(10_000);
    assert_eq!((violations.as_slice().len(), violations.count()), (Violations::MAX, Count::AtLeast(Violations::MAX)));
}

#[test]
fn options() {
    let options = FilterOptions::new().max_depth(1).max_terms(2).max_bytes(40).field("query");
    assert_eq!(refused("((read))", &options), "query: at 1: there are more than 1 open parentheses");
    assert_eq!(refused("read read read", &options), "query: at 10: there are more than 2 restrictions");
    assert!(refused(&" ".repeat(41), &options).starts_with("query: at 40: "));
    // No setting lets the parser run out of stack.
    let deepest = FilterOptions::new().max_depth(usize::MAX).max_bytes(usize::MAX);
    assert!(refused(&"(".repeat(100_000), &deepest).contains("more than 128 open parentheses"));

    let some = FilterOptions::new().filterable([Book::TITLE.any(), Book::AUTHOR.any()]);
    assert!(Filter::parse_with("title = x AND author.given_name = y", &some).is_ok());
    assert_eq!(refused("pages = 1", &some), "filter: at 0: `pages` is not one of the filterable fields");
    assert!(Filter::parse_with("read", &some).is_err());
}

#[test]
fn cost_counts_comparisons() {
    let cost = |text: &str| Filter::<Book>::parse(text).unwrap().cost();
    assert_eq!(cost(""), 0);
    assert_eq!(cost("read"), 1);
    assert_eq!(cost("NOT (read OR pages = (1 OR 2)) AND title = x"), 4);
}
