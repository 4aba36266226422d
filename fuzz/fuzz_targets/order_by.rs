//! Whatever is called an order: the parser answers with an order or with positions, and what it accepts shows itself and
//! is an order in memory.

#![no_main]
#![allow(missing_docs, dead_code, reason = "the messages are those of the runtime's tests")]

#[path = "../../runtime/tests/filter/choices.rs"]
mod choices;
#[path = "../../runtime/tests/filter/library.rs"]
mod library;
#[path = "../../runtime/tests/filter/rows.rs"]
mod rows;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use transom::order::{OrderBy, OrderByOptions};
use transom::sql::Dialect;

use choices::Choices;
use library::Book;

static BOOKS: LazyLock<Vec<Book>> =
    LazyLock::new(|| (0..6).map(|name| rows::book(&mut Choices::new(name as u64), Dialect::Sqlite, name, 1)).collect());

fuzz_target!(|text: &str| {
    let options = OrderByOptions::<Book>::new().with_bools().with_bytes();
    let order = match OrderBy::parse_with(text, &options) {
        Ok(order) => order,
        Err(violations) => {
            for violation in violations {
                assert!(violation.description.starts_with("at "), "{violation}");
                assert!(violation.description.len() < 600, "{violation}");
            }
            return;
        }
    };
    assert_eq!(OrderBy::parse_with(&order.to_string(), &options).as_ref(), Ok(&order));
    for left in BOOKS.iter() {
        assert_eq!(order.values(left).len(), order.terms().len());
        for right in BOOKS.iter() {
            assert_eq!(order.compare(left, right), order.compare(right, left).reverse());
        }
    }
    let mut sorted: Vec<&Book> = BOOKS.iter().collect();
    sorted.sort_by(|left, right| order.compare(left, right));
    assert!(sorted.is_sorted_by(|left, right| order.compare(left, right).is_le()));
});
