//! Orders as SQL: the text, and that databases and memory give one order.

use transom::order::{OrderBy, OrderByOptions};
use transom::sql::{Builder, Column, Columns, Dialect};

use crate::choices::Choices;
use crate::databases::{Database, STORAGES, Table, connect, sqlite};
use crate::library::{Author, Book};
use crate::orders;

#[test]
fn text() {
    let order = OrderBy::<Book>::parse("title, author.given_name desc, rating, pages desc").unwrap();
    let columns = Columns::new().of_table("b").column(Book::RATING, Column::expression("coalesce(b.stars, 0)"));
    for (dialect, expected) in [
        (
            Dialect::Sqlite,
            "`b`.`title` COLLATE BINARY, `b`.`author_given_name` COLLATE BINARY DESC, (coalesce(b.stars, 0)), `b`.`pages` DESC",
        ),
        (
            Dialect::Postgres,
            "\"b\".\"title\" COLLATE \"C\", \"b\".\"author_given_name\" COLLATE \"C\" DESC NULLS LAST, \
             (coalesce(b.stars, 0)) NULLS FIRST, \"b\".\"pages\" DESC",
        ),
        (
            Dialect::MySql,
            "LEFT(CAST(CONVERT(`b`.`title` USING utf8mb4) AS BINARY), 1000), \
             LEFT(CAST(CONVERT(`b`.`author_given_name` USING utf8mb4) AS BINARY), 1000) DESC, (coalesce(b.stars, 0)), \
             `b`.`pages` DESC",
        ),
    ] {
        let sql = order.to_sql(&columns, dialect).unwrap();
        assert_eq!(sql.text, expected);
        assert!(sql.binds.is_empty());
    }
    assert_eq!(OrderBy::<Book>::new().to_sql(&columns, Dialect::Sqlite).unwrap().text, "");
}

#[test]
fn a_table_is_before_every_name_that_has_no_qualifier() {
    let order = OrderBy::<Book>::new().asc(Book::PAGES).asc(Book::WORDS).asc(Book::COPIES).asc(Book::RATING);
    let given = Columns::new()
        .column(Book::WORDS, "count")
        .column(Book::COPIES, Column::named("stock.copies"))
        .column(Book::RATING, Column::expression("stars").not_null());
    let text = order.to_sql(&given.of_table("b"), Dialect::Postgres).unwrap().text;
    assert_eq!(text, "\"b\".\"pages\", \"b\".\"count\", \"stock\".\"copies\", (stars)");
}

#[test]
fn columns_that_compare_bytes_need_no_help() {
    let order = OrderBy::<Book>::new().desc(Book::TITLE).asc(Book::AUTHOR.join(Author::GIVEN_NAME));
    let columns = Columns::new()
        .column(Book::TITLE, Column::named("heading").bytewise())
        .column(Book::AUTHOR.join(Author::GIVEN_NAME), Column::named("a\"`.name").bytewise());
    assert_eq!(
        order.to_sql(&columns, Dialect::Postgres).unwrap().text,
        "\"heading\" DESC, \"a\"\"`\".\"name\" NULLS FIRST"
    );
    assert_eq!(order.to_sql(&columns, Dialect::MySql).unwrap().text, "`heading` DESC, `a\"```.`name`");
}

#[test]
fn columns_without_null_need_no_place_for_it() {
    let order = OrderBy::<Book>::new().desc(Book::RATING);
    let columns = |column: Column| Columns::new().column(Book::RATING, column);
    let text = |column| order.to_sql(&columns(column), Dialect::Postgres).unwrap().text;
    assert_eq!(text("stars".into()), "\"stars\" DESC NULLS LAST");
    assert_eq!(text(Column::named("stars").not_null()), "\"stars\" DESC");
}

impl<D: Database> Table<D> {
    /// Sorts by a random order in the database and in memory.
    async fn order(&mut self, choices: &mut Choices) {
        let text = orders::order(choices);
        let options = OrderByOptions::new().with_bools().with_bytes();
        let order = OrderBy::<Book>::parse_with(&text, &options).unwrap().with_tie_breaker(Book::NAME);
        let mut query = Builder::new(D::DIALECT);
        query.push("SELECT name, 0 FROM books ORDER BY ");
        order.write_sql(&self.columns, &mut query).unwrap();
        let sql = query.finish();
        let found: Vec<String> = self.database.select(sql.clone()).await.into_iter().map(|(name, _)| name).collect();
        let mut expected: Vec<&Book> = self.books.iter().collect();
        expected.sort_by(|left, right| order.compare(left, right));
        let expected: Vec<&str> = expected.iter().map(|book| book.name.as_str()).collect();
        assert_eq!(found, expected, "{text}\n{sql:?}");
    }
}

async fn agree<D: Database>(mut connect: impl AsyncFnMut() -> D) {
    for (seed, storage) in (100..).zip(STORAGES) {
        let choices = &mut Choices::new(seed);
        let database = connect().await;
        let mut table = Table::new(database, choices, storage).await;
        for _ in 0..100 {
            table.order(choices).await;
        }
    }
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
