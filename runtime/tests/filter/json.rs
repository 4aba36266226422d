//! Columns of JSON that hold what their fields could not: it is unknown, or not there, and no error.

use transom::filter::Filter;
use transom::sql::{Builder, Column, Columns, Dialect, Elements, SqlValue};

use crate::databases::{Database, connect, sqlite};
use crate::library::{Author, Book};

async fn answers<D: Database>(mut database: D) {
    let json = |name: &str| Column::named(name).elements(Elements::Json);
    let columns = Columns::new()
        .column(Book::SCORES, json("held"))
        .column(Book::COUNTS, json("held"))
        .column(Book::FLAGS, json("held"))
        .column(Book::TAGS, json("held"))
        .column(Book::RATIOS, json("held"))
        .column(Book::AUTHOR.join(Author::NICKNAMES), json("held"));
    let (json, cast) = match D::DIALECT {
        Dialect::Sqlite => ("TEXT", ""),
        Dialect::Postgres => ("JSONB", "::text::jsonb"),
        Dialect::MySql => ("JSON", ""),
    };
    let mut create = Builder::new(D::DIALECT);
    create.push(&format!("CREATE TEMPORARY TABLE odd (name VARCHAR(9), held {json})"));
    database.execute(create.finish()).await;
    let (yes, no, unknown) = (Some(true), Some(false), None);
    for (held, cases) in [
        (
            None,
            vec![
                ("scores:*", no),
                ("scores:0", no),
                ("counts:*", no),
                ("counts:1", no),
                ("counts.1 = 0", unknown),
                ("author.nicknames:x", unknown),
                ("NOT author.nicknames:x", unknown),
            ],
        ),
        (
            Some("null"),
            vec![
                ("scores:*", no),
                ("scores:0", no),
                ("counts:*", no),
                ("counts:1", no),
                ("counts.1 = 0", unknown),
                ("author.nicknames:x", unknown),
                ("NOT scores:*", yes),
            ],
        ),
        (
            Some("[]"),
            vec![("scores:*", no), ("scores:0", no), ("author.nicknames:x", no), ("NOT author.nicknames:x", yes)],
        ),
        (
            Some("[0]"),
            vec![("scores:*", yes), ("scores:0", yes), ("tags:\"0\"", no), ("flags:false", no), ("ratios:0", yes)],
        ),
        (
            Some("[\"x\"]"),
            vec![("scores:*", yes), ("scores:0", no), ("tags:x", yes), ("flags:false", no), ("ratios:0", no)],
        ),
        (Some("[\"0\"]"), vec![("scores:0", no), ("tags:\"0\"", yes), ("flags:false", no), ("ratios:0", no)]),
        (Some("[null]"), vec![("scores:*", no), ("scores:0", no), ("tags:\"null\"", no), ("flags:false", no)]),
        (Some("[false]"), vec![("scores:0", no), ("flags:false", yes), ("flags:true", no), ("tags:false", no)]),
        (Some("[0.1]"), vec![("ratios:0.1", yes), ("ratios:0.10000001", no)]),
        (Some("[0.10000000149011612]"), vec![("ratios:0.1", yes)]),
        (
            Some("[3.4028234663852886e38, -1e-45]"),
            vec![("ratios:3.4028235e38", yes), ("ratios:-1e-45", yes), ("ratios:0", no)],
        ),
        (Some("{}"), vec![("counts:*", no), ("counts:1", no), ("counts.1 = 0", unknown)]),
        (
            Some("{\"1\":0}"),
            vec![("counts:*", yes), ("counts:1", yes), ("counts.1 = 0", yes), ("NOT counts.1 < 0", yes)],
        ),
        (
            Some("{\"1\":null}"),
            vec![("counts:*", no), ("counts:1", no), ("NOT counts:1", yes), ("counts.1 = 0", unknown)],
        ),
        (
            Some("{\"1\":\"x\"}"),
            vec![
                ("counts:1", yes),
                ("counts.1 = 0", unknown),
                ("counts.1 > 0", unknown),
                ("NOT counts.1 = 0", unknown),
            ],
        ),
        (Some("{\"1\":\"5\",\"2\":null}"), vec![("counts.1 = 5", unknown), ("counts:*", yes), ("counts:2", no)]),
    ] {
        let mut insert = Builder::new(D::DIALECT);
        insert.push("INSERT INTO odd VALUES ('x', ");
        match held {
            Some(held) => insert.bind(SqlValue::Text(held.to_owned())).push(cast),
            None => insert.push("NULL"),
        };
        insert.push(")");
        database.execute(insert.finish()).await;
        for (text, expected) in cases {
            let mut query = Builder::new(D::DIALECT);
            query.push("SELECT name, CASE (");
            Filter::<Book>::parse(text).unwrap().write_sql(&columns, &mut query).unwrap();
            query.push(") WHEN TRUE THEN 1 WHEN FALSE THEN 0 END FROM odd");
            let sql = query.finish();
            let found = database.select(sql.clone()).await;
            assert_eq!(found, [("x".to_owned(), expected)], "{text} of {held:?}: {}", sql.text);
        }
        let mut delete = Builder::new(D::DIALECT);
        delete.push("DELETE FROM odd");
        database.execute(delete.finish()).await;
    }
}

#[tokio::test]
async fn sqlite_answers() {
    answers(sqlite().await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn postgres_answers() {
    answers(connect::<sqlx::PgConnection>("TRANSOM_POSTGRES_URL").await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn mysql_answers() {
    answers(connect::<sqlx::MySqlConnection>("TRANSOM_MYSQL_URL").await).await;
}
