//! Pages of tables with columns of every kind: joined they are the whole table in the order that memory has, exactly once.
//!
//! The tables and the databases are those of the filters' tests; here come the values that only a cursor can lose.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may stop at the first surprise")]

#[path = "../filter/choices.rs"]
mod choices;
#[path = "../filter/databases.rs"]
mod databases;
#[path = "../filter/library.rs"]
mod library;
mod request;
#[path = "../filter/rows.rs"]
mod rows;

use std::collections::HashMap;

use prost_types::Duration;
use transom::list::{Key, KeyRing, ListRequestExt as _, PageSizes, Pages, Select};
use transom::order::{CursorValue, OrderBy, OrderByOptions};
use transom::sql::{Builder, Dialect};

use crate::choices::Choices;
use crate::databases::{Database, STORAGES, Table, connect, sqlite};
use crate::library::Book;
use crate::request::ListBooksRequest;

fn options() -> OrderByOptions<Book> {
    OrderByOptions::new().with_bools().with_bytes().max_terms(100).max_bytes(10_000)
}

fn pages() -> Pages<ListBooksRequest> {
    let ring = KeyRing::new(Key::new([7; 32]));
    Pages::keyset(ring, Book::NAME).order_options(options()).sizes(PageSizes::new(1, 1000))
}

/// Books with values at the ends of what their types and the database have.
fn extremes(dialect: Dialect) -> Vec<Book> {
    let mut books = Vec::new();
    let mut add = |change: &dyn Fn(&mut Book)| {
        let mut book = Book { name: format!("extremes/{:03}", books.len()), ..Book::default() };
        change(&mut book);
        books.push(book);
    };
    // Numbers that the enum has no name for.
    for number in [7, -3, i32::MAX, i32::MIN] {
        add(&|book| (book.status, book.genre) = (number, Some(number)));
    }
    // SQLite has doubles beyond 63 bits, in which these are exact.
    for sold in [i64::MAX as u64, 1 << 63, (1 << 63) + 2048, u64::MAX - 2047] {
        add(&|book| book.sold = sold);
    }
    for words in [i64::MIN, i64::MAX] {
        add(&|book| book.words = words);
    }
    for cover in [&b"\0"[..], b"\0\0", b"a\0", b"a ", b"a", b"\xff", b"\xff\0"] {
        add(&|book| book.cover = cover.to_vec());
    }
    for title in ["a", "a ", "a  ", "a\t", "A ", "é", "e\u{301}", "ﬀ", "ß"] {
        add(&|book| (book.title, book.subtitle) = (title.to_owned(), Some(title.to_owned())));
    }
    for seconds in [-2, -1, 1_000_000] {
        add(&|book| book.loan = Some(Duration { seconds, nanos: 0 }));
    }
    for weight in [f32::MIN_POSITIVE, 0.1, 16_777_216.0, f32::MAX / 2.0] {
        add(&|book| book.weight = weight);
    }
    let more: &[f64] = match dialect {
        // NaN is NULL.
        Dialect::Sqlite => &[f64::INFINITY, f64::NEG_INFINITY],
        Dialect::Postgres => &[f64::INFINITY, f64::NEG_INFINITY, f64::NAN],
        Dialect::MySql => &[],
    };
    for rating in [f64::MAX, f64::MIN, 1e-300].iter().chain(more) {
        add(&|book| book.rating = Some(*rating));
        // Another one with the same, so that the cursor goes on by the next term.
        add(&|book| book.rating = Some(*rating));
    }
    books
}

impl<D: Database> Table<D> {
    /// Adds a book by the columns that are sorted by.
    async fn add(&mut self, book: Book) {
        let order = OrderBy::parse_with(&rows::SORTABLE.join(","), &options()).unwrap();
        let mut insert = Builder::new(D::DIALECT);
        insert.push("INSERT INTO books (");
        for (position, field) in rows::SORTABLE.iter().enumerate() {
            insert.push(if position == 0 { "" } else { ", " }).identifier(&field.replace('.', "_"));
        }
        insert.push(") VALUES (");
        for (position, (term, value)) in order.terms().iter().zip(order.values(&book)).enumerate() {
            insert.push(if position == 0 { "" } else { ", " });
            if value == CursorValue::Null {
                insert.push("NULL");
            }
            term.write_value(&value, &self.columns, &mut insert);
        }
        insert.push(")");
        self.database.execute(insert.finish()).await;
        self.books.push(book);
    }

    /// Goes through all pages of an order.
    async fn scan(&mut self, order_by: String, page_size: i32) {
        let order = OrderBy::<Book>::parse_with(&order_by, &options()).unwrap().with_tie_breaker(Book::NAME);
        let mut expected: Vec<&Book> = self.books.iter().collect();
        expected.sort_by(|left, right| order.compare(left, right));
        let by_name: HashMap<&str, &Book> = self.books.iter().map(|book| (book.name.as_str(), book)).collect();
        let (pages, all) = (pages(), Select::from("books").list("name, 0"));
        let mut request = ListBooksRequest { page_size, order_by, ..Default::default() };
        let mut seen = Vec::new();
        loop {
            let page = request.page(&pages).unwrap();
            let sql = page.query(&all, &self.columns, D::DIALECT).unwrap();
            let names = self.database.select(sql.clone()).await.into_iter();
            let found = page.finish(names.map(|(name, _)| by_name[name.as_str()]).collect()).unwrap();
            seen.extend(found.items.iter().map(|book| book.name.as_str()));
            assert!(seen.len() <= expected.len(), "it goes on for ever: {}\n{sql:?}", request.order_by);
            if found.next_page_token.is_empty() {
                break;
            }
            request.page_token = found.next_page_token;
        }
        let expected: Vec<&str> = expected.iter().map(|book| book.name.as_str()).collect();
        assert_eq!(seen, expected, "{} by {page_size}", request.order_by);
    }
}

/// A row that says NaN where SQLite has NULL: the cursor is where the row is.
#[tokio::test]
async fn nan_is_null_in_sqlite() {
    let choices = &mut Choices::new(600);
    let mut table = Table::new(sqlite().await, choices, STORAGES[0]).await;
    for number in 0..3 {
        table.add(Book { name: format!("nan/{number}"), rating: Some(f64::NAN), ..Book::default() }).await;
    }
    let by_name: HashMap<String, Book> = table.books.iter().map(|book| (book.name.clone(), book.clone())).collect();
    let (pages, all) = (pages(), Select::from("books").list("name, rating IS NULL"));
    for order_by in ["rating", "rating desc", "rating desc, title"] {
        let mut seen = Vec::new();
        let mut request = ListBooksRequest { page_size: 1, order_by: order_by.to_owned(), ..Default::default() };
        loop {
            let page = request.page(&pages).unwrap();
            let sql = page.query(&all, &table.columns, Dialect::Sqlite).unwrap();
            let rows = table.database.select(sql).await;
            let found = page.finish_by(rows, |(name, _)| by_name[name].clone()).unwrap();
            seen.extend(found.items.into_iter().map(|(name, _)| name));
            if found.next_page_token.is_empty() {
                break;
            }
            assert!(seen.len() < by_name.len(), "it goes on for ever by {order_by}");
            request.page_token = found.next_page_token;
        }
        let at_once = ListBooksRequest { page_size: 1000, order_by: order_by.to_owned(), ..Default::default() };
        let sql = at_once.page(&pages).unwrap().query(&all, &table.columns, Dialect::Sqlite).unwrap();
        let expected: Vec<String> = table.database.select(sql).await.into_iter().map(|(name, _)| name).collect();
        assert_eq!(seen, expected, "{order_by}");
        assert_eq!(seen.len(), by_name.len());
    }
}

/// Up to five fields, in either direction.
fn order_by(choices: &mut Choices) -> String {
    let mut fields = rows::SORTABLE.to_vec();
    let count = 1 + choices.below(5);
    let term = |_| {
        let field = fields.swap_remove(choices.below(fields.len()));
        format!("{field}{}", choices.of(&["", " desc"]))
    };
    (0..count).map(term).collect::<Vec<_>>().join(", ")
}

async fn agree<D: Database>(mut connect: impl AsyncFnMut() -> D) {
    for (seed, storage) in (500..).zip(STORAGES) {
        let choices = &mut Choices::new(seed);
        let database = connect().await;
        let mut table = Table::new(database, choices, storage).await;
        widen(&mut table.database).await;
        for book in extremes(D::DIALECT) {
            table.add(book).await;
        }
        // Each field alone, so that each extreme is a cursor.
        for field in rows::SORTABLE {
            for direction in ["", " desc"] {
                table.scan(format!("{field}{direction}"), choices.of(&[1, 2])).await;
            }
        }
        for _ in 0..40 {
            table.scan(order_by(choices), choices.of(&[1, 2, 3, 7, 30])).await;
        }
    }
}

/// Makes room for 64 bits without a sign, where there is a type for them.
async fn widen<D: Database>(database: &mut D) {
    let change = match D::DIALECT {
        Dialect::Sqlite => return,
        Dialect::Postgres => "ALTER TABLE books ALTER COLUMN sold TYPE numeric",
        Dialect::MySql => "ALTER TABLE books MODIFY sold BIGINT UNSIGNED",
    };
    let mut sql = Builder::new(D::DIALECT);
    sql.push(change);
    database.execute(sql.finish()).await;
}

#[tokio::test]
async fn sqlite_and_memory_agree() {
    agree(async || sqlite().await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn postgres_and_memory_agree() {
    agree(async || connect::<sqlx::PgConnection>("TRANSOM_POSTGRES_URL").await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn mysql_and_memory_agree() {
    agree(async || connect::<sqlx::MySqlConnection>("TRANSOM_MYSQL_URL").await).await;
}
