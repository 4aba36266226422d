//! Columns and tables that are called as something inside of a condition could be: what is meant is the column.

use transom::filter::Filter;
use transom::sql::{Builder, Column, Columns, Dialect, Elements, SqlValue};

use crate::databases::{Database, connect, sqlite};
use crate::library::{Author, Book};

/// The columns of SQLite's `json_each`, and what a table of values may be called.
const NAMES: [&str; 16] = [
    "key", "value", "type", "atom", "id", "parent", "fullkey", "path", "json", "root", "place", "name", "held",
    "element", "entry", "keyed",
];

const LISTS: [(&str, bool); 8] = [
    ("tags:x", true),
    ("tags:y", false),
    ("NOT tags:y", true),
    ("tags:*", true),
    ("NOT tags:*", false),
    ("author.nicknames:x", true),
    ("author.nicknames:y", false),
    ("author.nicknames:*", true),
];

const MAPS: [(&str, bool); 8] = [
    ("labels:a", true),
    ("labels:b", false),
    ("NOT labels:a", false),
    ("labels.a = x", true),
    ("labels.a = y", false),
    ("labels.a != y", true),
    ("labels:*", true),
    ("NOT labels:*", false),
];

async fn run<D: Database>(database: &mut D, sql: String, value: Option<&str>, rest: &str) {
    let mut statement = Builder::new(D::DIALECT);
    statement.push(&sql);
    if let Some(value) = value {
        statement.bind(SqlValue::Text(value.to_owned()));
    }
    statement.push(rest);
    database.execute(statement.finish()).await;
}

async fn names_are_those_of_the_table<D: Database>(mut database: D) {
    let (json, cast, quote) = match D::DIALECT {
        Dialect::Sqlite => ("TEXT", "", '`'),
        Dialect::Postgres => ("JSONB", "::text::jsonb", '"'),
        Dialect::MySql => ("JSON", "", '`'),
    };
    let forms = [(Elements::Json, json), (Elements::Array, "text[]")];
    let forms = if D::DIALECT == Dialect::Postgres { &forms[..] } else { &forms[..1] };
    let tables = NAMES.map(|name| ("books", name)).into_iter().chain(NAMES.map(|name| (name, "tags")));
    for (table, name) in tables.chain(NAMES.map(|name| (name, name))) {
        for (elements, list) in forms {
            let create = format!("CREATE TEMPORARY TABLE {quote}{table}{quote} ({quote}{name}{quote} {list})");
            run(&mut database, create, None, "").await;
            let (value, cast_list) = match elements {
                Elements::Array => ("{x}", "::text::text[]"),
                _ => ("[\"x\"]", cast),
            };
            let insert = format!("INSERT INTO {quote}{table}{quote} ({quote}{name}{quote}) VALUES (");
            run(&mut database, insert, Some(value), &format!("{cast_list})")).await;
            let column = || Column::named(name).elements(*elements);
            let lists =
                Columns::new().column(Book::TAGS, column()).column(Book::AUTHOR.join(Author::NICKNAMES), column());
            for columns in [lists.clone(), lists.of_table(table)] {
                ask(&mut database, table, &columns, &LISTS).await;
            }
            run(&mut database, format!("DROP TABLE {quote}{table}{quote}"), None, "").await;
        }
        let create = format!("CREATE TEMPORARY TABLE {quote}{table}{quote} ({quote}{name}{quote} {json})");
        run(&mut database, create, None, "").await;
        let insert = format!("INSERT INTO {quote}{table}{quote} VALUES (");
        run(&mut database, insert, Some("{\"a\":\"x\",\"c\":null}"), &format!("{cast})")).await;
        let maps = Columns::new().column(Book::LABELS, Column::named(name).elements(Elements::Json));
        for columns in [maps.clone(), maps.of_table(table)] {
            ask(&mut database, table, &columns, &MAPS).await;
        }
        run(&mut database, format!("DROP TABLE {quote}{table}{quote}"), None, "").await;
    }
}

async fn ask<D: Database>(database: &mut D, table: &str, columns: &Columns<Book>, cases: &[(&str, bool)]) {
    for (text, expected) in cases {
        let mut query = Builder::new(D::DIALECT);
        query.push("SELECT 'x', CASE (");
        Filter::<Book>::parse(text).unwrap().write_sql(columns, &mut query).unwrap();
        query.push(") WHEN TRUE THEN 1 WHEN FALSE THEN 0 END FROM ").identifier(table);
        let sql = query.finish();
        let found = database.select(sql.clone()).await;
        assert_eq!(found, [("x".to_owned(), Some(*expected))], "{text}: {}", sql.text);
    }
}

#[tokio::test]
async fn names_are_those_of_the_table_in_sqlite() {
    names_are_those_of_the_table(sqlite().await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn names_are_those_of_the_table_in_postgres() {
    names_are_those_of_the_table(connect::<sqlx::PgConnection>("TRANSOM_POSTGRES_URL").await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn names_are_those_of_the_table_in_mariadb() {
    names_are_those_of_the_table(connect::<sqlx::MySqlConnection>("TRANSOM_MYSQL_URL").await).await;
}
