//! Whatever is called a filter: the parser answers with a filter or with positions, and what it accepts shows itself,
//! says the same of every message, and is SQL with as many values as place holders.

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
use transom::filter::{Filter, FilterOptions, Truth};
use transom::sql::{Columns, Dialect};

use choices::Choices;
use library::Book;

static BOOKS: LazyLock<Vec<Book>> = LazyLock::new(|| {
    let mut books: Vec<Book> =
        (0..8).map(|name| rows::book(&mut Choices::new(name as u64), Dialect::Sqlite, name, 1)).collect();
    books.push(Book::default());
    books
});

fuzz_target!(|text: &str| {
    let options = FilterOptions::<Book>::new().with_bytes().searchable(Book::TITLE).searchable(Book::TAGS);
    let filter = match Filter::parse_with(text, &options) {
        Ok(filter) => filter,
        Err(violations) => {
            for violation in violations {
                assert!(violation.description.starts_with("at "), "{violation}");
                assert!(violation.description.len() < 600, "{violation}");
            }
            return;
        }
    };
    let shown = filter.to_string();
    // The form can be longer than the text, and a search is a term for each field.
    let roomy = options.max_bytes(1 << 20).max_terms(10_000);
    let again = Filter::parse_with(&shown, &roomy).unwrap_or_else(|error| panic!("{shown}: {error}"));
    assert_eq!(again, filter);
    assert_eq!(again.to_string(), shown);
    for book in BOOKS.iter() {
        let truth = filter.evaluate(book);
        assert_eq!(filter.matches(book), truth == Truth::True);
        assert_eq!(again.evaluate(book), truth);
    }
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::MySql] {
        if let Ok(sql) = filter.to_sql(&Columns::new(), dialect) {
            let mark = if dialect == Dialect::Postgres { '$' } else { '?' };
            assert_eq!(sql.text.matches(mark).count(), sql.binds.len(), "{sql:?}");
        }
    }
});
