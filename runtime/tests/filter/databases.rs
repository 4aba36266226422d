//! Comparison of results in memory and in databases.
//!
//! The tests of SQLite always run. The tests of servers are ignored by default; `.ci/databases` starts PostgreSQL and
//! MariaDB, and runs them. `TRANSOM_POSTGRES_URL` and `TRANSOM_MYSQL_URL` are the URLs of the servers, whose user needs the
//! permission to create temporary tables.

use sqlx::{AssertSqlSafe, Connection as _, Row as _};
use transom::order::{CursorValue, OrderBy, OrderByOptions};
use transom::sql::{Builder, Column, Columns, Dialect, Elements, Sql, SqlValue, TimeStorage};

use crate::choices::Choices;
use crate::library::Book;
use crate::rows;

/// A connection to a database.
pub(crate) trait Database {
    const DIALECT: Dialect;

    async fn execute(&mut self, sql: Sql);

    /// The rows' names and, if it is selected, the truth of a condition.
    async fn select(&mut self, sql: Sql) -> Vec<(String, Option<bool>)>;
}

macro_rules! database {
    ($connection:ty, $dialect:expr, $integer:ty) => {
        impl Database for $connection {
            const DIALECT: Dialect = $dialect;

            async fn execute(&mut self, sql: Sql) {
                database!(query sql).execute(self).await.unwrap_or_else(|error| panic!("{}: {error}", sql.text));
            }

            async fn select(&mut self, sql: Sql) -> Vec<(String, Option<bool>)> {
                let rows = database!(query sql).fetch_all(self).await;
                let rows = rows.unwrap_or_else(|error| panic!("{} {:?}: {error}", sql.text, sql.binds));
                rows.iter().map(|row| (row.get(0), row.get::<Option<$integer>, _>(1).map(|truth| truth != 0))).collect()
            }
        }
    };
    (query $sql:ident) => {{
        let mut query = sqlx::query(AssertSqlSafe($sql.text.clone()));
        for value in &$sql.binds {
            query = match value.clone() {
                SqlValue::Bool(value) => query.bind(value),
                SqlValue::Int(value) => query.bind(value),
                SqlValue::Float(value) => query.bind(value),
                SqlValue::Text(value) => query.bind(value),
                SqlValue::Bytes(value) => query.bind(value),
                other => panic!("{other:?}"),
            };
        }
        query
    }};
}

database!(sqlx::SqliteConnection, Dialect::Sqlite, i64);
database!(sqlx::PgConnection, Dialect::Postgres, i32);
database!(sqlx::MySqlConnection, Dialect::MySql, i64);

/// Names of types, where the databases do not agree.
struct Types {
    text: &'static str,
    bytes: &'static str,
    time: &'static str,
    json: &'static str,
    json_cast: &'static str,
}

impl Types {
    fn of(dialect: Dialect, storage: TimeStorage) -> Self {
        let (text, bytes, native, json, json_cast) = match dialect {
            Dialect::Sqlite => ("TEXT", "BLOB", "INTEGER", "TEXT", ""),
            Dialect::Postgres => ("TEXT", "BYTEA", "TIMESTAMPTZ", "JSONB", "::text::jsonb"),
            // The default collation ignores letter case, accents and spaces at the end.
            Dialect::MySql => (
                "VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
                "VARBINARY(100)",
                "DATETIME(6)",
                "JSON",
                "",
            ),
        };
        let time = match storage {
            TimeStorage::Native => native,
            TimeStorage::Text => text,
            _ => "BIGINT",
        };
        Self { text, bytes, time, json, json_cast }
    }
}

const COLLECTIONS: [&str; 13] = [
    "tags",
    "scores",
    "labels",
    "counts",
    "author_nicknames",
    "ratios",
    "flags",
    "genres",
    "sizes",
    "weights",
    "switches",
    "states",
    "totals",
];

/// The type of elements in an array, for those lists that can be one.
fn array_of(field: &str) -> Option<&'static str> {
    Some(match field {
        "tags" => "text",
        "scores" | "genres" => "int",
        "ratios" => "real",
        "flags" => "boolean",
        "sizes" => "numeric",
        _ => return None,
    })
}

/// Resolution of times in the column, in nanoseconds.
fn grain(storage: TimeStorage) -> i64 {
    match storage {
        TimeStorage::Seconds => 1_000_000_000,
        TimeStorage::Millis => 1_000_000,
        TimeStorage::Nanos | TimeStorage::Text => 1,
        _ => 1000,
    }
}

/// A table of random books, and what is known of it.
pub(crate) struct Table<D> {
    pub(crate) database: D,
    pub(crate) columns: Columns<Book>,
    pub(crate) books: Vec<Book>,
}

impl<D: Database> Table<D> {
    pub(crate) async fn new(mut database: D, choices: &mut Choices, storage: TimeStorage) -> Self {
        // PostgreSQL has arrays too; one half of the tables have them.
        let has_arrays = D::DIALECT == Dialect::Postgres && grain(storage) == 1000;
        let list = if has_arrays { Elements::Array } else { Elements::Json };
        let json = |name: &str| Column::named(name).elements(Elements::Json);
        let columns = Columns::new()
            .column(Book::CREATE_TIME, Column::named("create_time").time(storage))
            .column(Book::LOAN, Column::named("loan").time(storage))
            .column(Book::AUTHOR, Column::named("author"))
            .column(Book::TAGS, Column::named("tags").elements(list))
            .column(Book::SCORES, Column::named("scores").elements(list))
            .column(Book::LABELS, json("labels"))
            .column(Book::COUNTS, json("counts"))
            .column(Book::AUTHOR.join(crate::library::Author::NICKNAMES), json("author_nicknames"))
            .column(Book::RATIOS, Column::named("ratios").elements(list))
            .column(Book::FLAGS, Column::named("flags").elements(list))
            .column(Book::GENRES, Column::named("genres").elements(list))
            .column(Book::SIZES, Column::named("sizes").elements(list))
            .column(Book::WEIGHTS, json("weights"))
            .column(Book::SWITCHES, json("switches"))
            .column(Book::STATES, json("states"))
            .column(Book::TOTALS, json("totals"));
        let Types { text, bytes, time, json: json_type, json_cast } = Types::of(D::DIALECT, storage);
        let collections = COLLECTIONS.map(|field| match array_of(field).filter(|_| has_arrays) {
            Some(of) => format!("{field} {of}[]"),
            None => format!("{field} {json_type}"),
        });
        let collections = collections.join(", ");
        let quote = if D::DIALECT == Dialect::Postgres { '"' } else { '`' };
        let mut create = Builder::new(D::DIALECT);
        create.push(
            &format!(
                "CREATE TEMPORARY TABLE books (title {text}, pages INTEGER, words BIGINT, copies BIGINT, sold BIGINT, \
             weight REAL, rating DOUBLE PRECISION, {quote}read{quote} BOOLEAN, in_print BOOLEAN, status INTEGER, \
             genre INTEGER, cover {bytes}, create_time {time}, loan BIGINT, subtitle {text}, discount INTEGER, \
             author_given_name {text}, author_birth_year INTEGER, author_verified BOOLEAN, \
             author_pen_name {text}, paperback {text}, name {text}, author INTEGER, {collections})"
            )
            .replace("REAL", if D::DIALECT == Dialect::MySql { "FLOAT" } else { "REAL" }),
        );
        database.execute(create.finish()).await;
        let books: Vec<Book> = (0..60).map(|name| rows::book(choices, D::DIALECT, name, grain(storage))).collect();
        let options = OrderByOptions::<Book>::new().with_bools().with_bytes().max_terms(100).max_bytes(10_000);
        let order = OrderBy::parse_with(&rows::SORTABLE.join(","), &options).unwrap();
        for book in &books {
            let mut insert = Builder::new(D::DIALECT);
            insert.push("INSERT INTO books VALUES (");
            for (term, value) in order.terms().iter().zip(order.values(book)) {
                if value == CursorValue::Null {
                    insert.push("NULL");
                }
                term.write_value(&value, &columns, &mut insert);
                insert.push(", ");
            }
            insert.push(if book.author.is_some() { "1" } else { "NULL" });
            for field in COLLECTIONS {
                insert.push(", ");
                match (json_of(book, field), array_of(field).filter(|_| has_arrays)) {
                    (Some(json), Some(sql_type)) => {
                        insert.push("ARRAY(SELECT jsonb_array_elements_text(");
                        insert.bind(SqlValue::Text(json)).push(&format!("::text::jsonb)::{sql_type})"))
                    }
                    (Some(json), None) => insert.bind(SqlValue::Text(json)).push(json_cast),
                    (None, _) => insert.push("NULL"),
                };
            }
            insert.push(")");
            database.execute(insert.finish()).await;
        }
        Self { database, columns, books }
    }
}

fn json_of(book: &Book, field: &str) -> Option<String> {
    let list = |items: Vec<String>| format!("[{}]", items.join(","));
    let object = |entries: Vec<(String, String)>| {
        let entries: Vec<String> =
            entries.into_iter().map(|(key, value)| format!("{}:{value}", json_text(&key))).collect();
        format!("{{{}}}", entries.join(","))
    };
    Some(match field {
        "tags" => list(book.tags.iter().map(|tag| json_text(tag)).collect()),
        "scores" => list(book.scores.iter().map(ToString::to_string).collect()),
        "ratios" => list(book.ratios.iter().map(ToString::to_string).collect()),
        "flags" => list(book.flags.iter().map(ToString::to_string).collect()),
        "genres" => list(book.genres.iter().map(ToString::to_string).collect()),
        "sizes" => list(book.sizes.iter().map(ToString::to_string).collect()),
        "weights" => object(book.weights.iter().map(|(key, value)| (key.clone(), value.to_string())).collect()),
        "switches" => object(book.switches.iter().map(|(key, value)| (key.clone(), value.to_string())).collect()),
        "states" => object(book.states.iter().map(|(key, value)| (key.clone(), value.to_string())).collect()),
        "totals" => object(book.totals.iter().map(|(key, value)| (key.clone(), value.to_string())).collect()),
        "labels" => {
            let mut labels: Vec<_> = book.labels.iter().map(|(key, value)| (key.clone(), json_text(value))).collect();
            labels.sort();
            object(labels)
        }
        "counts" => object(book.counts.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()),
        _ => list(book.author.as_ref()?.nicknames.iter().map(|name| json_text(name)).collect()),
    })
}

fn json_text(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\0', "\\u0000");
    format!("\"{escaped}\"")
}

/// Connects to the server that a variable names. Tests of servers are ignored by default; `.ci/databases` runs them.
pub(crate) async fn connect<C: sqlx::Connection>(variable: &str) -> C {
    let url = std::env::var(variable).unwrap_or_else(|_| panic!("{variable} must be the URL of a server"));
    C::connect(&url).await.unwrap_or_else(|error| panic!("{variable} is `{url}`: {error}"))
}

/// The database that is in the driver.
pub(crate) async fn sqlite() -> sqlx::SqliteConnection {
    sqlx::SqliteConnection::connect("sqlite::memory:").await.unwrap()
}

/// All forms of times.
pub(crate) const STORAGES: [TimeStorage; 6] = [
    TimeStorage::Native,
    TimeStorage::Seconds,
    TimeStorage::Millis,
    TimeStorage::Micros,
    TimeStorage::Nanos,
    TimeStorage::Text,
];
