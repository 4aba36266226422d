//! Pages of a table joined are the whole table in order, exactly once, whatever their size.

use std::collections::BTreeSet;

use sqlx::{Executor, Pool, Row as _};
use transom::list::{ListRequestExt as _, Pages, Select};
use transom::sql::{Column, Columns, Dialect, SqlValue};

use crate::databases::{Store, connect, delete, insert};
use crate::library::{Book, ListBooksRequest, ListBooksResponse, book};
use crate::model::{Terms, all_terms, order_by, sort};
use crate::rules::ring;
use crate::scan::pages;

/// Meaning of a filter.
type Keeps = fn(&Book) -> bool;

/// The book with this number, of values that every database holds.
fn stored(index: usize) -> Book {
    let mut book = book(index);
    book.rating = book.rating.map(|rating| if rating.is_infinite() { 1e300 } else { rating });
    book
}

async fn fetch<S: Store>(
    pages: &Pages<ListBooksRequest>,
    request: &ListBooksRequest,
    pool: &Pool<S>,
) -> ListBooksResponse
where
    for<'p> &'p Pool<S>: Executor<'p, Database = S>,
{
    let page = request.page(pages).unwrap();
    let books = Select::from("books").list(S::LIST);
    let total = page.fetch_total(&books, &Columns::new(), pool).await.unwrap();
    page.respond_with_total(page.fetch(&books, &Columns::new(), pool, S::book).await.unwrap(), total).unwrap()
}

/// Every page size in every order, with and without a filter, by keyset and by offset.
async fn every_page_size_in_every_order<S: Store>()
where
    for<'c> &'c mut S::Connection: Executor<'c, Database = S>,
    for<'p> &'p Pool<S>: Executor<'p, Database = S>,
{
    let pool = connect::<S>().await;
    let collection: Vec<_> = (0..9).map(stored).collect();
    for book in &collection {
        insert(book, &pool).await;
    }
    let by_offset = Pages::offset(ring(), Book::NAME);
    let kept: [(&str, Keeps); 2] = [
        ("", |_| true),
        ("copies = 0 OR pages < 0", |book| book.copies == 0 || book.pages.is_some_and(|pages| pages < 0)),
    ];
    for (filter, keeps) in kept {
        let request = ListBooksRequest { filter: filter.to_owned(), page_size: 1, ..Default::default() };
        let pages = pages();
        let page = request.page(&pages).unwrap();
        let total = page.fetch_total(&Select::from("books"), &Columns::new(), &pool).await.unwrap();
        assert_eq!(total as usize, collection.iter().filter(|book| keeps(book)).count());
        for terms in all_terms() {
            let mut expected: Vec<_> = collection.iter().filter(|book| keeps(book)).cloned().collect();
            sort(&mut expected, &terms);
            for page_size in 1..=expected.len() as i32 + 1 {
                for pages in [&pages, &by_offset] {
                    let mut request = ListBooksRequest {
                        order_by: order_by(&terms),
                        filter: filter.to_owned(),
                        page_size,
                        ..Default::default()
                    };
                    let mut seen = Vec::new();
                    loop {
                        let response = fetch(pages, &request, &pool).await;
                        seen.extend(response.books);
                        assert!(seen.len() <= expected.len(), "it goes on for ever");
                        if response.next_page_token.is_empty() {
                            break;
                        }
                        request.page_token = response.next_page_token;
                    }
                    assert_eq!(seen, expected, "{} by `{}` with page size {page_size}", S::NAME, order_by(&terms));
                }
            }
        }
    }
}

/// Between any two pages books come and go; those that stay come exactly once, in order.
async fn others_may_come_and_go<S: Store>()
where
    for<'c> &'c mut S::Connection: Executor<'c, Database = S>,
    for<'p> &'p Pool<S>: Executor<'p, Database = S>,
{
    let pool = connect::<S>().await;
    let stay: Vec<_> = (0..60).step_by(5).map(stored).collect();
    for book in &stay {
        insert(book, &pool).await;
    }
    let mut passing = BTreeSet::new();
    let mut random = 1_usize;
    for (round, terms) in all_terms().into_iter().enumerate() {
        let terms: Terms = terms;
        let mut expected = stay.clone();
        sort(&mut expected, &terms);
        let mut request =
            ListBooksRequest { order_by: order_by(&terms), page_size: (round % 7 + 1) as i32, ..Default::default() };
        let mut seen = Vec::new();
        loop {
            for _ in 0..5 {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let index = (random >> 33) % 60;
                if index.is_multiple_of(5) {
                    continue;
                }
                if passing.insert(index) {
                    insert(&stored(index), &pool).await;
                } else {
                    passing.remove(&index);
                    delete(&stored(index).name, &pool).await;
                }
            }
            let response = fetch(&pages(), &request, &pool).await;
            seen.extend(response.books.into_iter().filter(|book| stay.contains(book)));
            assert!(seen.len() <= expected.len(), "it goes on for ever");
            if response.next_page_token.is_empty() {
                break;
            }
            request.page_token = response.next_page_token;
        }
        assert_eq!(seen, expected, "{} by `{}`", S::NAME, order_by(&terms));
    }
}

#[test]
fn a_column_without_null_starts_an_index() {
    let pages = pages();
    let request = ListBooksRequest { page_size: 1, order_by: "create_time desc".to_owned(), ..Default::default() };
    let books: Vec<_> = (0..9).map(stored).filter(|book| book.create_time.is_some()).collect();
    let page_token = request.page(&pages).unwrap().paginate(&books).unwrap().next_page_token;
    let request = ListBooksRequest { page_token, ..request };
    let page = request.page(&pages).unwrap();
    let condition = |column: Column| {
        let columns = Columns::new().column(Book::CREATE_TIME, column);
        let text = page.query(&Select::from("b"), &columns, Dialect::Sqlite).unwrap().text;
        text.split(" ORDER").next().unwrap().replace("SELECT * FROM b", "")
    };
    let name = "`name` COLLATE BINARY";
    assert_eq!(
        condition("t".into()),
        format!(" WHERE TRUE AND (`t` < ? OR `t` IS NULL OR (`t` = ? AND ({name} > ?)))")
    );
    assert_eq!(
        condition(Column::named("t").not_null()),
        format!(" WHERE TRUE AND (`t` <= ? AND (`t` < ? OR ({name} > ?)))")
    );
}

/// The tests on one database.
macro_rules! on {
    ($(#[$ignore:meta])? $name:ident, $database:ty) => {
        mod $name {
            #[tokio::test]
            $(#[$ignore])?
            async fn every_page_size_in_every_order() {
                super::every_page_size_in_every_order::<$database>().await;
            }

            #[tokio::test]
            $(#[$ignore])?
            async fn others_may_come_and_go() {
                super::others_may_come_and_go::<$database>().await;
            }
        }
    };
}

on!(sqlite, sqlx::Sqlite);
on!(
    #[ignore = "needs a server: .ci/databases"]
    postgres,
    sqlx::Postgres
);
on!(
    #[ignore = "needs a server: .ci/databases"]
    mariadb,
    sqlx::MySql
);

/// The text of the query for the second page in an order.
fn second_page(order_by: &str, last: Book, dialect: Dialect) -> String {
    let request = ListBooksRequest { order_by: order_by.to_owned(), page_size: 1, skip: 2, ..Default::default() };
    let pages = pages();
    let page_token = request.page(&pages).unwrap().finish(vec![last, Book::default()]).unwrap().next_page_token;
    let request = ListBooksRequest { page_token, ..request };
    request.page(&pages).unwrap().query(&Select::from("books"), &Columns::new(), dialect).unwrap().text
}

#[test]
fn each_form_of_a_term() {
    let rated = |rating| Book { rating, ..Book::default() };
    for (order_by, last, condition, order) in [
        ("name", Book::default(), "`name` > ?", "`name`"),
        ("name desc", Book::default(), "`name` < ?", "`name` DESC"),
        ("title", Book::default(), "`title` >= ? AND (`title` > ? OR (`name` > ?))", "`title`, `name`"),
        ("title desc", Book::default(), "`title` <= ? AND (`title` < ? OR (`name` > ?))", "`title` DESC, `name`"),
        ("rating", rated(Some(1.0)), "`rating` >= ? AND (`rating` > ? OR (`name` > ?))", "`rating`, `name`"),
        ("rating", rated(None), "`rating` IS NOT NULL OR (`name` > ?)", "`rating`, `name`"),
        (
            "rating desc",
            rated(Some(1.0)),
            "`rating` < ? OR `rating` IS NULL OR (`rating` = ? AND (`name` > ?))",
            "`rating` DESC, `name`",
        ),
        ("rating desc", rated(None), "`rating` IS NULL AND (`name` > ?)", "`rating` DESC, `name`"),
        ("name, rating desc", rated(None), "`name` >= ? AND (`name` > ? OR (1 = 0))", "`name`, `rating` DESC"),
    ] {
        let mut expected =
            format!("SELECT * FROM books WHERE TRUE AND ({condition}) ORDER BY {order} LIMIT ? OFFSET ?");
        for text in ["`name`", "`title`"] {
            expected = expected.replace(text, &format!("{text} COLLATE BINARY"));
        }
        assert_eq!(second_page(order_by, last, Dialect::Sqlite), expected, "{order_by}");
    }
}

#[test]
fn nothing_of_a_request_stands_in_the_text() {
    let evil = Book { title: "'; DROP TABLE books --".to_owned(), name: "\"`".to_owned(), ..Book::default() };
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::MySql] {
        assert_eq!(second_page("title", evil.clone(), dialect), second_page("title", Book::default(), dialect));
    }
}

#[test]
fn a_page_and_its_count_have_the_conditions_of_the_server() {
    let request = ListBooksRequest { filter: "copies = 3".to_owned(), page_size: 7, ..Default::default() };
    let pages = pages();
    let page = request.page(&pages).unwrap();
    let shelf = "'; DROP TABLE books --".to_owned();
    let books = Select::from("books b")
        .list("b.name, b.title")
        .filtered(|condition| condition.push("shelf = ").value(&shelf).push(" OR tenant = ").value(5_i64))
        .filtered(|condition| condition)
        .filtered(|condition| condition.push("deleted_at IS NULL"));
    let columns = Columns::new().of_table("b");
    let scope = "(shelf = $1 OR tenant = $2) AND (deleted_at IS NULL) AND \"b\".\"copies\" = $3::bigint";
    let sql = page.query(&books, &columns, Dialect::Postgres).unwrap();
    let rest = "ORDER BY \"b\".\"name\" COLLATE \"C\" LIMIT $4";
    assert_eq!(sql.text, format!("SELECT b.name, b.title FROM books b WHERE {scope} {rest}"));
    let mut binds = vec![SqlValue::Text(shelf), SqlValue::Int(5), SqlValue::Int(3), SqlValue::Int(8)];
    assert_eq!(sql.binds, binds);
    let sql = page.count_query(&books, &columns, Dialect::Postgres).unwrap();
    assert_eq!(sql.text, format!("SELECT COUNT(*) FROM books b WHERE {scope}"));
    binds.pop();
    assert_eq!(sql.binds, binds);
}

/// Rows that are no messages: what the client sees is made after the page is.
#[tokio::test]
async fn rows_of_one_s_own_make_pages() {
    let pool = connect::<sqlx::Sqlite>().await;
    for index in 0..7 {
        insert(&stored(index), &pool).await;
    }
    let (pages, books) = (pages(), Select::from("books").list("name, copies"));
    let mut request = ListBooksRequest { page_size: 2, order_by: "copies desc".to_owned(), ..Default::default() };
    let mut seen = Vec::new();
    loop {
        let page = request.page(&pages).unwrap();
        let read = |row: sqlx::sqlite::SqliteRow| Ok((row.try_get::<String, _>(0)?, row.try_get::<i64, _>(1)?));
        let rows = page.fetch(&books, &Columns::new(), &pool, read).await.unwrap();
        let compared = |row: &(String, i64)| Book { name: row.0.clone(), copies: row.1 as u64, ..Book::default() };
        let shown = page.finish_by(rows, compared).unwrap().map(|(name, _)| name.to_uppercase());
        seen.extend(shown.items);
        assert!(seen.len() <= 7, "it goes on for ever");
        if shown.next_page_token.is_empty() {
            break;
        }
        request.page_token = shown.next_page_token;
    }
    let mut expected: Vec<_> = (0..7).map(stored).collect();
    sort(&mut expected, &vec![(3, true)]);
    assert_eq!(seen, expected.iter().map(|book| book.name.to_uppercase()).collect::<Vec<_>>());
}

#[test]
fn a_query_of_one_s_own_takes_the_parts() {
    use transom::sql::Builder;
    let request = ListBooksRequest { filter: "copies = 3".to_owned(), page_size: 7, ..Default::default() };
    let (pages, columns) = (pages(), Columns::new().of_table("b"));
    let page = request.page(&pages).unwrap();
    let mut builder = Builder::new(Dialect::Postgres);
    builder.push("SELECT b.* FROM books b WHERE b.shelf = ").bind(SqlValue::Int(5)).push(" AND ");
    page.write_condition(&columns, &mut builder).unwrap();
    page.write_rest(&columns, &mut builder);
    let sql = builder.finish();
    assert_eq!(
        sql.text,
        "SELECT b.* FROM books b WHERE b.shelf = $1 AND \"b\".\"copies\" = $2::bigint ORDER BY \"b\".\"name\" COLLATE \
         \"C\" LIMIT $3"
    );
    assert_eq!(sql.binds, [SqlValue::Int(5), SqlValue::Int(3), SqlValue::Int(8)]);
}
