//! The highest limits that can be set: no filter and no order of a client makes a database fail.

use sqlx::{Executor, Pool, Row as _};
use transom::filter::FilterOptions;
use transom::list::{ListRequestExt as _, Pages, Select};
use transom::order::OrderByOptions;
use transom::sql::{Columns, Dialect};

use crate::databases::{Store, connect};
use crate::library::{Book, ListBooksRequest};
use crate::scan::pages;

static EMPTY: Select = Select::from("books");

fn raised() -> Pages<ListBooksRequest> {
    let filters = FilterOptions::new().max_bytes(usize::MAX).max_terms(usize::MAX).max_depth(usize::MAX);
    pages()
        .filter_options(filters.searchable(Book::TITLE).searchable(Book::NAME))
        .order_options(OrderByOptions::new().max_bytes(usize::MAX).max_terms(usize::MAX))
}

/// Filters at the limits, and whether they can be run.
fn filters(dialect: Dialect) -> Vec<(String, bool)> {
    let many = |term: &str, operator: &str, count: usize| vec![term; count].join(operator);
    let long = FilterOptions::<Book>::MAX_BYTES - 20;
    let most = if dialect == Dialect::Sqlite { 10_000 } else { 65_000 };
    vec![
        (format!("title = \"{}*\"", "x".repeat(long)), true),
        (format!("title = \"*{}\"", "[".repeat(long)), true),
        (format!("title:\"{}\"", "%".repeat(long)), true),
        (format!("\"{}\"", "_".repeat(long)), true),
        (many("pages=1", " ", most), true),
        (many("pages:*", " ", 10_001), dialect != Dialect::Sqlite),
        (many("pages=1", " ", 65_535), false),
        (many("pages=1", " OR ", 40_000), dialect != Dialect::Sqlite),
    ]
}

async fn no_setting_makes_a_request_fail<S: Store>()
where
    for<'c> &'c mut S::Connection: Executor<'c, Database = S>,
    for<'p> &'p Pool<S>: Executor<'p, Database = S>,
    &'static str: sqlx::ColumnIndex<S::Row>,
    i64: for<'r> sqlx::Decode<'r, S> + sqlx::Type<S>,
    String: for<'r> sqlx::Decode<'r, S> + sqlx::Type<S>,
{
    let pool = connect::<S>().await;
    let raised = raised();
    for (filter, is_run) in filters(S::DIALECT) {
        let beginning = filter.chars().take(30).collect::<String>();
        let request = ListBooksRequest { filter, page_size: 5, ..ListBooksRequest::default() };
        let page = request.page(&raised).unwrap_or_else(|error| panic!("{beginning}: {error}"));
        let query = page.query(&EMPTY, &Columns::new(), S::DIALECT);
        assert_eq!(query.is_ok(), is_run, "{beginning}");
        if let Err(refused) = query {
            let expected = "filter: there are more comparisons than the database accepts: use fewer";
            assert_eq!(refused.to_string(), expected, "{beginning}");
            continue;
        }
        let rows = page.fetch(&EMPTY, &Columns::new(), &pool, |row: S::Row| row.try_get::<String, _>("name")).await;
        rows.unwrap_or_else(|error| panic!("{beginning}: {error}"));
    }
}

#[tokio::test]
async fn sqlite_takes_all_that_can_be_allowed() {
    no_setting_makes_a_request_fail::<sqlx::Sqlite>().await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn postgres_takes_all_that_can_be_allowed() {
    no_setting_makes_a_request_fail::<sqlx::Postgres>().await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn mariadb_takes_all_that_can_be_allowed() {
    no_setting_makes_a_request_fail::<sqlx::MySql>().await;
}

/// SQLite's parser has 100 places on its stack before 3.46, and each parenthesis takes some.
#[test]
fn the_longest_order_needs_little_of_a_parser() {
    use transom::list::{Key, KeyRing};
    use transom::order::OrderBy;

    let all = "title, rating desc, pages desc, copies, create_time desc, author.family_name desc";
    let names: Vec<&str> = all.split(", ").collect();
    let order = OrderBy::<Book>::parse(all).unwrap();
    assert_eq!(order.terms().len(), names.len());
    let pages: Pages<ListBooksRequest> = Pages::keyset(KeyRing::new(Key::new([1; 32])), Book::NAME);
    let mut depths = Vec::new();
    for count in [4, 5, 6] {
        let request =
            ListBooksRequest { order_by: names[..count].join(", "), page_size: 1, ..ListBooksRequest::default() };
        let rated = Book { rating: Some(1.0), pages: Some(1), ..Book::default() };
        let page_token = request.page(&pages).unwrap().finish(vec![rated, Book::default()]).unwrap().next_page_token;
        let request = ListBooksRequest { page_token, ..request };
        let sql = request.page(&pages).unwrap().query(&EMPTY, &Columns::new(), Dialect::Sqlite).unwrap().text;
        depths.push(places(&sql));
    }
    assert!(depths[2] <= depths[1] + 2, "{depths:?}");
}

/// The most places that the text takes on a parser's stack: one for every open parenthesis, and two for what stands
/// before it within the one around it.
fn places(sql: &str) -> usize {
    let (mut open, mut before, mut most) = (vec![0], 0, 0);
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
