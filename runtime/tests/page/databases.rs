//! Tables of books in SQLite, and in the servers of `TRANSOM_POSTGRES_URL` and `TRANSOM_MYSQL_URL`.

use prost_types::Timestamp;
use sqlx::{Pool, Row as _};
use transom::list::sqlx::{Driver, query};
use transom::sql::{Builder, SqlValue};

use crate::library::{Author, Book};

/// A database with a table of books.
pub(crate) trait Store: Driver {
    /// The variable that names a server; `None` for a database without one.
    const URL: Option<&'static str>;

    /// Makes the table, for this connection alone.
    const CREATE: &'static str;

    /// Everything of it, as [`Store::book`] reads it.
    const LIST: &'static str;

    /// A place holder for microseconds since 1970, with what makes a time of it before and after.
    const TIME: [&'static str; 2];

    /// The book of a row.
    fn book(row: Self::Row) -> Result<Book, sqlx::Error>;
}

/// Implements [`Store`] for a database of sqlx.
macro_rules! store {
    ($database:ty, $url:expr, $create:literal, $micros:literal, $time:expr) => {
        impl Store for $database {
            const URL: Option<&'static str> = $url;
            const CREATE: &'static str = $create;
            const LIST: &'static str =
                concat!("name, title, rating, pages, copies, author_family_name, ", $micros, " AS micros");
            const TIME: [&'static str; 2] = $time;

            fn book(row: Self::Row) -> Result<Book, sqlx::Error> {
                let author = row.try_get::<Option<String>, _>("author_family_name")?;
                let micros = row.try_get::<Option<i64>, _>("micros")?;
                Ok(Book {
                    name: row.try_get("name")?,
                    title: row.try_get("title")?,
                    rating: row.try_get("rating")?,
                    pages: row.try_get("pages")?,
                    copies: u64::try_from(row.try_get::<i64, _>("copies")?).expect("never negative"),
                    create_time: micros.map(|micros| Timestamp {
                        seconds: micros.div_euclid(1_000_000),
                        nanos: 1000 * micros.rem_euclid(1_000_000) as i32,
                    }),
                    author: author.map(|family_name| Author { family_name }),
                })
            }
        }
    };
}

store!(
    sqlx::Sqlite,
    None,
    "CREATE TABLE books (name TEXT PRIMARY KEY, title TEXT NOT NULL, rating REAL, pages INTEGER,
     copies INTEGER NOT NULL, create_time INTEGER, author_family_name TEXT)",
    "create_time",
    ["", ""]
);
store!(
    sqlx::Postgres,
    Some("TRANSOM_POSTGRES_URL"),
    "CREATE TEMPORARY TABLE books (name text PRIMARY KEY, title varchar(80) NOT NULL, rating float8, pages int4,
     copies int8 NOT NULL, create_time timestamptz, author_family_name text)",
    "(EXTRACT(EPOCH FROM create_time) * 1000000)::bigint",
    ["TIMESTAMPTZ 'epoch' + ", "::bigint * INTERVAL '1 microsecond'"]
);
store!(
    sqlx::MySql,
    Some("TRANSOM_MYSQL_URL"),
    "CREATE TEMPORARY TABLE books (name VARCHAR(80) PRIMARY KEY, title TEXT NOT NULL, rating DOUBLE, pages INT,
     copies BIGINT NOT NULL, create_time DATETIME(6), author_family_name VARCHAR(80)) CHARACTER SET utf8mb4",
    "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', create_time)",
    ["TIMESTAMP'1970-01-01 00:00:00' + INTERVAL ", " MICROSECOND"]
);

/// Creates an empty table. The pool has one connection, so the table belongs to the caller.
///
/// Tests of servers are ignored by default; `.ci/databases` runs them.
pub(crate) async fn connect<S: Store>() -> Pool<S>
where
    for<'c> &'c mut S::Connection: sqlx::Executor<'c, Database = S>,
    for<'p> &'p Pool<S>: sqlx::Executor<'p, Database = S>,
{
    let url = S::URL.map_or_else(
        || "sqlite::memory:".to_owned(),
        |variable| std::env::var(variable).unwrap_or_else(|_| panic!("{variable} must be the URL of a server")),
    );
    let options = sqlx::pool::PoolOptions::<S>::new().min_connections(1).max_connections(1);
    let pool = options.idle_timeout(None).max_lifetime(None).connect(&url).await.expect("the database answers");
    sqlx::query::<S>(S::CREATE).execute(&pool).await.expect("the table can be made");
    pool
}

/// Puts a book into the table.
pub(crate) async fn insert<S: Store>(book: &Book, pool: &Pool<S>)
where
    for<'p> &'p Pool<S>: sqlx::Executor<'p, Database = S>,
{
    fn or_null(builder: &mut Builder, value: Option<SqlValue>) {
        match value {
            Some(value) => builder.push(", ").bind(value),
            None => builder.push(", NULL"),
        };
    }
    let mut builder = Builder::new(S::DIALECT);
    builder.push("INSERT INTO books (name, title, copies, rating, pages, author_family_name, create_time) VALUES (");
    builder.bind(SqlValue::Text(book.name.clone())).push(", ").bind(SqlValue::Text(book.title.clone()));
    or_null(&mut builder, Some(SqlValue::Int(book.copies as i64)));
    or_null(&mut builder, book.rating.map(SqlValue::Float));
    or_null(&mut builder, book.pages.map(|pages| SqlValue::Int(pages.into())));
    or_null(&mut builder, book.author.as_ref().map(|author| SqlValue::Text(author.family_name.clone())));
    match book.create_time {
        Some(Timestamp { seconds, nanos }) => {
            let micros = SqlValue::Int(seconds * 1_000_000 + i64::from(nanos / 1000));
            builder.push(", ").push(S::TIME[0]).bind(micros).push(S::TIME[1])
        }
        None => builder.push(", NULL"),
    };
    builder.push(")");
    query::<S>(builder.finish()).execute(pool).await.expect("the book can be stored");
}

/// Takes a book out of the table.
pub(crate) async fn delete<S: Store>(name: &str, pool: &Pool<S>)
where
    for<'p> &'p Pool<S>: sqlx::Executor<'p, Database = S>,
{
    let mut builder = Builder::new(S::DIALECT);
    builder.push("DELETE FROM books WHERE name = ").bind(SqlValue::Text(name.to_owned()));
    query::<S>(builder.finish()).execute(pool).await.expect("the book can be deleted");
}
