//! The deepest filters that are accepted: no step of their way runs out of stack, neither here nor in a database.

use transom::filter::{Filter, FilterOptions, Truth};
use transom::sql::{Builder, Columns, Dialect};

use crate::choices::Choices;
use crate::databases::{Database, Table, connect, sqlite};
use crate::library::{Author, Book};

fn options() -> FilterOptions<Book> {
    FilterOptions::new()
        .searchable(Book::TITLE)
        .searchable(Book::SUBTITLE)
        .searchable(Book::PAPERBACK)
        .searchable(Book::AUTHOR.join(Author::GIVEN_NAME))
}

/// One restriction in the middle of this many parentheses.
fn nested(depth: usize, before: &str, after: &str) -> String {
    format!("{}pages = 1{}", before.repeat(depth), after.repeat(depth))
}

/// The filter whose both sides are as deep as terms allow.
fn balanced(depth: usize, is_all: bool) -> String {
    if depth == 0 {
        return "pages = 1".to_owned();
    }
    let side = balanced(depth - 1, !is_all);
    format!("({side}) {} NOT ({side})", if is_all { "AND" } else { "OR" })
}

/// A side that grows by one level, beside one that is two levels lower: what needs the most stack for its terms.
fn leaning(depth: usize, is_all: bool) -> String {
    if depth < 2 {
        return "pages = 1".to_owned();
    }
    let (high, low) = (leaning(depth - 1, !is_all), leaning(depth - 3.min(depth), !is_all));
    format!("({low}) {} ({high})", if is_all { "AND" } else { "OR" })
}

/// The deepest filters within the limits.
fn deepest() -> Vec<String> {
    vec![
        nested(16, "(pages = 2 OR NOT (", "))"),
        nested(32, "(pages = 2 OR rating = 1 AND ", ")"),
        nested(32, "(pages = 2 OR ", ")"),
        nested(16, "(pages = 2 OR (rating = 1 AND ", "))"),
        nested(32, "(rating = 1 AND pages != 2 OR ", " OR title = a)"),
        nested(32, "-(rating = 1 AND pages != 2 OR ", " OR title = a)"),
        nested(31, "NOT (tags:a OR labels.a = b OR ", " AND author.nicknames:a)"),
        balanced(8, true),
        balanced(8, false),
        leaning(13, true),
        leaning(13, false),
        vec!["a"; 256].join(" OR "),
        vec!["a"; 256].join(" AND "),
        format!("NOT ({})", vec!["a"; 256].join(" OR ")),
        (0..8).fold("a".to_owned(), |inner, _| format!("({inner} OR {}) b", vec!["a"; 30].join(" OR "))),
    ]
}

/// The most that the text has on a parser's stack: a place for every parenthesis that is open, and two for what stands
/// before it within the one around it.
fn stack(sql: &str) -> usize {
    let (mut open, mut most) = (vec![0], 0);
    let mut before = 0;
    for character in sql.chars() {
        match character {
            '(' => {
                open.push(before + 1);
                before = 0;
            }
            ')' => {
                open.pop();
                before = 2;
            }
            ' ' => {}
            _ => before = 2,
        }
        most = most.max(open.iter().sum());
    }
    most
}

#[test]
fn nothing_needs_much_of_a_parser() {
    let columns = Columns::new();
    for text in deepest().iter().filter(|text| !text.contains("tags")) {
        let sql = Filter::parse_with(text, &options()).unwrap().to_sql(&columns, Dialect::Sqlite).unwrap().text;
        // SQLite has 100 places before 3.46.
        assert!(stack(&sql) < 50, "{}: {sql}", stack(&sql));
    }
}

async fn runs<D: Database>(database: D) {
    let mut table = Table::new(database, &mut Choices::new(7), transom::sql::TimeStorage::Native).await;
    for text in deepest() {
        let filter = Filter::<Book>::parse_with(&text, &options()).unwrap_or_else(|error| panic!("{text}: {error}"));
        let mut query = Builder::new(D::DIALECT);
        query.push("SELECT name, CASE (");
        filter.write_sql(&table.columns, &mut query).unwrap();
        query.push(") WHEN TRUE THEN 1 WHEN FALSE THEN 0 END FROM books ORDER BY name");
        let found = table.database.select(query.finish()).await;
        for (book, (_, found)) in table.books.iter().zip(found) {
            let expected = match filter.evaluate(book) {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Unknown => None,
            };
            assert_eq!(found, expected, "{text}");
        }
    }
}

#[tokio::test]
async fn they_run_on_sqlite() {
    runs(sqlite().await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn they_run_on_postgres() {
    runs(connect::<sqlx::PgConnection>("TRANSOM_POSTGRES_URL").await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn they_run_on_mysql() {
    runs(connect::<sqlx::MySqlConnection>("TRANSOM_MYSQL_URL").await).await;
}

/// In a thread with as little stack as threads have, where nothing is optimised.
#[test]
fn the_most_that_can_be_allowed_fits_into_a_stack() {
    let work = || {
        let most = FilterOptions::<Book>::MAX_DEPTH;
        let options = FilterOptions::<Book>::new().max_depth(most).max_bytes(1 << 21).max_terms(1_000_000);
        let many = |one: &str, word: &str| vec![one; 20].join(word);
        let flat = many(&format!("-({})", many(&format!("-({})", many("pages = 1", " ")), " OR ")), " ");
        for text in [
            flat,
            nested(most / 2, &format!("({} (title = a OR ", many("pages = 1", " ")), "))"),
            nested(most, "(", ")"),
            nested(most, "NOT (", ")"),
            nested(most, "(rating = 1 OR NOT ", ")"),
            nested(most, "-(rating = 1 AND title = a OR ", " OR author.given_name = b)"),
            format!("title = {}x{}", "(a OR NOT ".repeat(most), ")".repeat(most)),
            nested(most, &format!("({} OR NOT ", vec!["sequel.sequel.pages = 3"; 20].join(" AND ")), ")"),
        ] {
            let filter = match Filter::parse_with(&text, &options) {
                Ok(filter) => filter,
                Err(error) => panic!("{text}: {error}"),
            };
            let book = Book { pages: 1, ..Book::default() };
            let _ = filter.evaluate(&book);
            let _ = filter.cost();
            assert_eq!(filter.clone(), filter);
            // Its own form puts every `AND` within an `OR` into parentheses, and can be too deep itself.
            match Filter::parse_with(&filter.to_string(), &options) {
                Ok(again) => assert_eq!(again, filter),
                Err(refused) => assert!(refused.to_string().contains("open parentheses"), "{refused}"),
            }
            for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::MySql] {
                assert!(!filter.to_sql(&Columns::new(), dialect).unwrap().text.is_empty());
            }
            drop(filter);
        }
        let calls = format!("words = {}1{}", "timestamp(".repeat(most), ")".repeat(most));
        assert!(Filter::parse_with(&calls, &options).is_err());
        for text in ["(".repeat(most), "timestamp(".repeat(most), "pages = (".to_owned() + &"(".repeat(most)] {
            assert!(Filter::parse_with(&text, &options).is_err());
        }
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}
