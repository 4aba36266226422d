//! Tables that are not as their messages are: NULL where a field is always there, long values, other collations and
//! character sets. No row is lost, and indexes serve what they served.

use std::collections::BTreeSet;

use sqlx::{Executor, Pool, Row as _};
use transom::list::{ListRequestExt as _, Pages, Select};
use transom::order::OrderBy;
use transom::sql::{Builder, Column, Columns, Dialect, SqlValue};
use transom::{Code, Status};

use crate::databases::{Store, connect};
use crate::library::{Book, ListBooksRequest};
use crate::scan::pages;

static TABLES: Select = Select::from("tables");

/// The names of all pages of one item, and of a page of everything: two lists that are the same.
async fn names<S: Store>(order_by: &str, filter: &str, columns: &Columns<Book>, pool: &Pool<S>) -> Vec<String>
where
    for<'p> &'p Pool<S>: Executor<'p, Database = S>,
    &'static str: sqlx::ColumnIndex<S::Row>,
    i64: for<'r> sqlx::Decode<'r, S> + sqlx::Type<S>,
    String: for<'r> sqlx::Decode<'r, S> + sqlx::Type<S>,
{
    let mut lists = Vec::new();
    for page_size in [1, 1000] {
        let pages: Pages<ListBooksRequest> = pages();
        let (order_by, filter) = (order_by.to_owned(), filter.to_owned());
        let mut request = ListBooksRequest { page_size, order_by, filter, ..Default::default() };
        let mut seen = Vec::new();
        loop {
            let page = request.page(&pages).unwrap();
            let rows = page.fetch(&TABLES, columns, pool, |row: S::Row| {
                Ok(Book {
                    name: row.try_get("name")?,
                    title: row.try_get::<Option<String>, _>("title")?.unwrap_or_default(),
                    copies: row.try_get::<Option<i64>, _>("copies")?.unwrap_or_default() as u64,
                    ..Book::default()
                })
            });
            let response = page.finish(rows.await.unwrap()).unwrap();
            seen.extend(response.items.into_iter().map(|book| book.name));
            assert!(seen.len() < 100, "it goes on for ever: {seen:?}");
            if response.next_page_token.is_empty() {
                break;
            }
            request.page_token = response.next_page_token;
        }
        lists.push(seen);
    }
    let all = lists.pop().unwrap();
    assert_eq!(lists.pop().unwrap(), all, "{} by `{order_by}`, page by page and at once", S::NAME);
    all
}

/// A table of names, titles and copies. The titles are of this type.
async fn table<S: Store>(title: &str, rows: &[(&str, Option<&str>, Option<i64>)]) -> Pool<S>
where
    for<'c> &'c mut S::Connection: Executor<'c, Database = S>,
    for<'p> &'p Pool<S>: Executor<'p, Database = S>,
{
    let pool = connect::<S>().await;
    let create = format!("CREATE TEMPORARY TABLE tables (name VARCHAR(80), title {title}, copies BIGINT)");
    let create = transom::sql::Sql { text: create, binds: Vec::new() };
    transom::list::sqlx::query::<S>(create).execute(&pool).await.unwrap();
    for (name, title, copies) in rows {
        let mut insert = Builder::new(S::DIALECT);
        insert.push("INSERT INTO tables VALUES (").bind(SqlValue::Text((*name).to_owned()));
        for value in [title.map(|title| SqlValue::Text(title.to_owned())), copies.map(SqlValue::Int)] {
            match value {
                Some(value) => insert.push(", ").bind(value),
                None => insert.push(", NULL"),
            };
        }
        insert.push(")");
        transom::list::sqlx::query::<S>(insert.finish()).execute(&pool).await.unwrap();
    }
    pool
}

macro_rules! on {
    ($(#[$ignore:meta])? $name:ident, $database:ty, $text:literal, $long:literal) => {
        mod $name {
            use super::*;

            #[tokio::test]
            $(#[$ignore])?
            async fn null_in_a_field_without_presence_is_its_default() {
                let rows = [("a", None, Some(3)), ("b", Some(""), None), ("c", Some("x"), Some(0)), ("d", None, None)];
                let pool = table::<$database>($text, &rows).await;
                let columns = Columns::new()
                    .column(Book::TITLE, Column::named("title").nullable())
                    .column(Book::COPIES, Column::named("copies").nullable());
                for (order_by, expected) in [
                    ("title", ["a", "b", "d", "c"]),
                    ("title desc", ["c", "a", "b", "d"]),
                    ("copies", ["b", "c", "d", "a"]),
                    ("copies desc", ["a", "b", "c", "d"]),
                    ("title, copies desc", ["a", "b", "d", "c"]),
                ] {
                    assert_eq!(names(order_by, "", &columns, &pool).await, expected, "{order_by}");
                }
                for (filter, expected) in [
                    ("title = \"\"", vec!["a", "b", "d"]),
                    ("title < x", vec!["a", "b", "d"]),
                    ("NOT title:*", vec!["a", "b", "d"]),
                    ("copies != 3", vec!["b", "c", "d"]),
                    ("copies:*", vec!["a"]),
                ] {
                    assert_eq!(names("", filter, &columns, &pool).await, expected, "{filter}");
                }
            }

            #[tokio::test]
            $(#[$ignore])?
            async fn values_that_begin_alike_lose_no_row() {
                let long = |end: &str| format!("{}{end}", "x".repeat(1024));
                // Around where the databases stop to look, and within a character of two bytes.
                let ends: Vec<String> = (994..1030)
                    .step_by(2)
                    .flat_map(|length| ["b", "a", "é"].map(|end| format!("{}{end}", "y".repeat(length))))
                    .chain([long("a"), long("b"), long(""), format!("{}é", "x".repeat(999))])
                    .collect();
                let names_of: Vec<String> = (0..ends.len()).map(|index| format!("n{:03}", index * 37 % 101)).collect();
                let rows: Vec<_> = names_of
                    .iter()
                    .zip(&ends)
                    .map(|(name, end)| (name.as_str(), Some(end.as_str()), Some(1)))
                    .collect();
                let pool = table::<$database>($long, &rows).await;
                for order_by in ["title", "title desc", "copies desc, title"] {
                    let seen = names(order_by, "", &Columns::new(), &pool).await;
                    assert_eq!(seen.len(), ends.len(), "{order_by}");
                    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), ends.len(), "{order_by}");
                }
                // Filters see all of it.
                let filter = format!("title = \"{}\"", long("a"));
                assert_eq!(names("", &filter, &Columns::new(), &pool).await.len(), 1);
                let filter = format!("title > \"{}\" AND title < \"{}\"", long(""), long("b"));
                assert_eq!(names("", &filter, &Columns::new(), &pool).await.len(), 1);
            }
        }
    };
}

on!(sqlite, sqlx::Sqlite, "TEXT", "TEXT");
on!(
    #[ignore = "needs a server: .ci/databases"]
    postgres,
    sqlx::Postgres,
    "varchar(80)",
    "text"
);
on!(
    #[ignore = "needs a server: .ci/databases"]
    mariadb,
    sqlx::MySql,
    "VARCHAR(80) CHARACTER SET utf8mb4",
    "LONGTEXT CHARACTER SET utf8mb4"
);

const WORDS: [(&str, Option<&str>, Option<i64>); 5] = [
    ("1", Some("b"), None),
    ("2", Some("A"), None),
    ("3", Some("a"), None),
    ("4", Some("\u{e9}"), None),
    ("5", Some("a "), None),
];

#[tokio::test]
async fn the_collation_of_a_column_of_sqlite_does_not_count() {
    for collation in ["NOCASE", "RTRIM"] {
        let pool = table::<sqlx::Sqlite>(&format!("TEXT COLLATE {collation}"), &WORDS).await;
        let columns = Columns::new();
        assert_eq!(names("title", "", &columns, &pool).await, ["2", "3", "5", "1", "4"], "{collation}");
        assert_eq!(names("title desc", "", &columns, &pool).await, ["4", "1", "5", "3", "2"], "{collation}");
        assert_eq!(names("", "title = a", &columns, &pool).await, ["3"], "{collation}");
        assert_eq!(names("", "title != a", &columns, &pool).await, ["1", "2", "4", "5"], "{collation}");
        assert_eq!(names("", "title <= a", &columns, &pool).await, ["2", "3"], "{collation}");
    }
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn the_character_set_of_a_column_of_mariadb_does_not_count() {
    for set in ["latin1", "utf8mb3", "utf16", "utf8mb4 COLLATE utf8mb4_bin"] {
        let title = format!("VARCHAR(80) CHARACTER SET {set}");
        let pool = table::<sqlx::MySql>(&title, &WORDS).await;
        let columns = Columns::new();
        assert_eq!(names("title", "", &columns, &pool).await, ["2", "3", "5", "1", "4"], "{set}");
        assert_eq!(names("title desc", "", &columns, &pool).await, ["4", "1", "5", "3", "2"], "{set}");
        assert_eq!(names("", "title = \u{e9}", &columns, &pool).await, ["4"], "{set}");
        assert_eq!(names("", "title = a", &columns, &pool).await, ["3"], "{set}");
        assert_eq!(names("", "title:\u{e9}", &columns, &pool).await, ["4"], "{set}");
        assert_eq!(names("", "title >= \u{e9}", &columns, &pool).await, ["4"], "{set}");
        // Which is no character of all of these sets.
        assert!(names("", "title = \u{1f4d6}", &columns, &pool).await.is_empty(), "{set}");
        assert_eq!(names("", "title != \u{1f4d6}", &columns, &pool).await.len(), 5, "{set}");
    }
}

/// Returns SQLite's plan of a query.
async fn plan(sql: transom::sql::Sql, pool: &Pool<sqlx::Sqlite>) -> String {
    let sql = transom::sql::Sql { text: format!("EXPLAIN QUERY PLAN {}", sql.text), ..sql };
    let rows = transom::list::sqlx::query::<sqlx::Sqlite>(sql).fetch_all(pool).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>("detail")).collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn an_ordinary_index_of_sqlite_serves_orders_and_ranges() {
    let pool = table::<sqlx::Sqlite>("TEXT NOT NULL", &WORDS).await;
    let index =
        transom::sql::Sql { text: "CREATE INDEX by_title ON tables (title, name)".to_owned(), binds: Vec::new() };
    transom::list::sqlx::query::<sqlx::Sqlite>(index).execute(&pool).await.unwrap();
    let pages: Pages<ListBooksRequest> = pages();
    let request = |filter: &str, page_token: String| ListBooksRequest {
        page_size: 1,
        order_by: "title".to_owned(),
        filter: filter.to_owned(),
        page_token,
        ..Default::default()
    };
    let books = [Book { title: "a".to_owned(), ..Book::default() }, Book::default()];
    let token = request("", String::new()).page(&pages).unwrap().finish(books.to_vec()).unwrap().next_page_token;
    for (filter, token, expected) in [
        ("", String::new(), "SCAN tables USING INDEX by_title"),
        ("", token, "SEARCH tables USING INDEX by_title (title>?)"),
        ("title = a", String::new(), "SEARCH tables USING INDEX by_title (title=?)"),
        ("title > a AND title < b", String::new(), "SEARCH tables USING INDEX by_title (title>? AND title<?)"),
    ] {
        let request = request(filter, token);
        let page = request.page(&pages).unwrap();
        let sql = page.query(&TABLES, &Columns::new(), Dialect::Sqlite).unwrap();
        assert_eq!(plan(sql.clone(), &pool).await, expected, "{}", sql.text);
    }
}

#[tokio::test]
async fn what_has_no_column_is_a_mistake_of_the_request() {
    let columns = Columns::new().column(Book::NAME, "name").column(Book::TITLE, "heading").only_given();
    let pages: Pages<ListBooksRequest> = pages();
    let sql = |filter: &str, order_by: &str| {
        let (filter, order_by) = (filter.to_owned(), order_by.to_owned());
        let request = ListBooksRequest { filter, order_by, ..Default::default() };
        let page = request.page(&pages).unwrap();
        let sql = page.query(&Select::from("books"), &columns, Dialect::Postgres);
        sql.map(|sql| sql.text).map_err(|refused| refused.to_string())
    };
    assert!(sql("title = x", "title desc").is_ok());
    assert_eq!(sql("copies = 1", ""), Err("filter: `copies` cannot be used here".to_owned()));
    assert_eq!(sql("author.family_name = x", ""), Err("filter: `author.family_name` cannot be used here".to_owned()));
    assert_eq!(sql("", "title, copies"), Err("order_by: `copies` cannot be used here".to_owned()));
    let both = "order_by: `rating` cannot be used here; filter: `copies` cannot be used here".to_owned();
    assert_eq!(sql("copies = 1", "rating"), Err(both));
}

#[tokio::test]
async fn an_order_of_the_server_that_has_no_column_is_its_own_mistake() {
    let pool = table::<sqlx::Sqlite>("TEXT", &WORDS).await;
    let titles = || Columns::new().column(Book::TITLE, "title").only_given();
    let by_copies = || pages().default_order(OrderBy::new().asc(Book::COPIES));
    for (pages, columns, order_by, code) in [
        (pages(), titles(), "", Code::Internal),
        (pages(), titles(), "title", Code::Internal),
        // The client says it here.
        (pages(), titles(), "name", Code::InvalidArgument),
        (by_copies(), titles().column(Book::NAME, "name"), "", Code::Internal),
        (by_copies(), titles().column(Book::NAME, "name"), "copies", Code::InvalidArgument),
        (by_copies(), titles().column(Book::NAME, "name"), "title", Code::Ok),
    ] {
        let request = ListBooksRequest { order_by: order_by.to_owned(), ..Default::default() };
        let page = request.page(&pages).unwrap();
        let written = page.query(&TABLES, &columns, Dialect::Sqlite).map_err(Status::from);
        let fetched = page.fetch(&TABLES, &columns, &pool, |_| Ok(())).await.map_err(Status::from);
        for answer in [written.map(|_| ()), fetched.map(|_| ())] {
            let status = answer.err().unwrap_or_else(|| Status::ok(""));
            assert_eq!(status.code(), code, "`{order_by}`: {status}");
            // Which columns there are is nothing for the client.
            assert!(code != Code::Internal || status.message() == "the query could not be created", "{status}");
        }
    }
    let request = ListBooksRequest::default();
    let pages = pages();
    let error = request.page(&pages).unwrap().query(&TABLES, &titles(), Dialect::Sqlite).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the list is sorted by `name`, which has no column: set its column with `Columns::column`"
    );
}
