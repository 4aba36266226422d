//! Filters as SQL: the text, and that databases and memory give one answer.

use transom::fields::Kind;
use transom::filter::{Filter, FilterOptions, Function, Functions, Parameter, Truth};
use transom::sql::{Builder, Column, Columns, Dialect, Elements, SqlValue};

use crate::choices::Choices;
use crate::databases::{Database, STORAGES, Table, connect, sqlite};
use crate::filters;
use crate::library::Book;

fn written(text: &str, dialect: Dialect) -> (String, Vec<SqlValue>) {
    let columns = Columns::new().column(Book::TAGS, Column::named("tags").elements(Elements::Json));
    let sql = Filter::<Book>::parse(text)
        .unwrap()
        .to_sql(&columns, dialect)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    (sql.text, sql.binds)
}

#[test]
fn text() {
    let filter = "status = ACTIVE AND create_time > \"2024-01-01T00:00:00Z\"";
    let active = SqlValue::Int(1);
    assert_eq!(
        written(filter, Dialect::Sqlite),
        ("(`status` = ? AND `create_time` > ?)".to_owned(), vec![active.clone(), SqlValue::Int(1_704_067_200_000_000)])
    );
    assert_eq!(
        written(filter, Dialect::Postgres),
        (
            "(\"status\" = $1::bigint AND \"create_time\" > CAST($2::text AS timestamptz))".to_owned(),
            vec![active.clone(), SqlValue::Text("2024-01-01T00:00:00.000000Z".to_owned())]
        )
    );
    assert_eq!(
        written(filter, Dialect::MySql),
        (
            "(`status` = ? AND `create_time` > CAST(? AS DATETIME(6)))".to_owned(),
            vec![active, SqlValue::Text("2024-01-01 00:00:00.000000".to_owned())]
        )
    );
    assert_eq!(written("", Dialect::Sqlite).0, "TRUE");
    assert_eq!(written("NOT (pages = 1 OR rating:*)", Dialect::Sqlite).0, "(`pages` <> ? AND `rating` IS NULL)");
}

#[test]
fn wildcards_are_escaped() {
    let title = "title = \"*50% \\\\ _a?[!\\**\"";
    let bind = |dialect| {
        let (text, binds) = written(title, dialect);
        (text, format!("{:?}", binds[0]))
    };
    assert_eq!(bind(Dialect::Sqlite), ("(instr(`title`, ?) > 0)".to_owned(), r#"Text("50% \\ _a?[!*")"#.to_owned()));
    assert_eq!(
        bind(Dialect::Postgres),
        ("\"title\" LIKE $1::text ESCAPE '!'".to_owned(), r#"Text("%50!% \\ !_a?[!!*%")"#.to_owned())
    );
    assert_eq!(bind(Dialect::MySql).0, "CAST(CONVERT(`title` USING utf8mb4) AS BINARY) LIKE ? ESCAPE '!'");
}

/// An index serves a prefix, and no pattern of SQLite is too long or stops at NUL.
#[test]
fn patterns_of_sqlite_are_ranges_and_searches() {
    let text = |text: &str| SqlValue::Text(text.to_owned());
    let prefix = "(`title` COLLATE BINARY >= ? AND `title` COLLATE BINARY < ?)";
    assert_eq!(written("title = \"ab*\"", Dialect::Sqlite), (prefix.to_owned(), vec![text("ab"), text("ac")]));
    assert_eq!(
        written("NOT title = \"*ä\"", Dialect::Sqlite),
        (
            "NOT (substr(CAST(char(0) || `title` AS BLOB), -length(CAST(? AS BLOB))) = CAST(? AS BLOB))".to_owned(),
            vec![text("ä"), text("ä")]
        )
    );
    assert_eq!(written("title:ab", Dialect::Sqlite), ("(instr(`title`, ?) > 0)".to_owned(), vec![text("ab")]));
}

#[test]
fn nothing_of_a_request_is_in_the_text() {
    let marker = "xmarkery";
    for text in [
        format!("title = {marker}"),
        format!("title:\"{marker}\""),
        format!("title < \"{marker}\""),
        format!("tags:\"*{marker}\""),
    ] {
        for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::MySql] {
            let (sql, binds) = written(&text, dialect);
            assert!(!sql.contains(marker), "{sql}");
            assert!(format!("{binds:?}").contains("xmarkery"));
        }
    }
}

#[test]
fn what_has_no_column_is_refused() {
    let options = FilterOptions::<Book>::new().functions(
        Functions::new().function("odd", Function::predicate([Parameter::Field(Kind::Int32)], |_| None)).function(
            "even",
            Function::predicate([Parameter::Field(Kind::Int64)], |_| None).sql(Dialect::Sqlite, "{0}"),
        ),
    );
    let columns = Columns::new().column(Book::SCORES, Column::named("scores").elements(Elements::Array));
    for (text, expected) in [
        ("author:*", "filter: `author` cannot be used here"),
        ("tags:x", "filter: `tags` cannot be used here"),
        ("labels:x", "filter: `labels` cannot be used here"),
        ("scores:1", "filter: `scores` cannot be used here"),
        ("authors.given_name:x", "filter: `authors.given_name` cannot be used here"),
        ("reviews.a.stars = 1", "filter: `reviews.stars` cannot be used here"),
        ("author.pen_name = null", "filter: `author.pen_name` cannot be compared with `null`"),
        ("odd(pages)", "filter: the function `odd` cannot be used"),
        ("even(counts.1)", "filter: `counts` cannot be used here"),
        ("tags:x OR odd(pages)", "filter: `tags` cannot be used here; filter: the function `odd` cannot be used"),
    ] {
        let filter = Filter::parse_with(text, &options).unwrap();
        let refused = filter.to_sql(&columns, Dialect::Sqlite).unwrap_err();
        assert_eq!(refused.to_string(), expected, "{text}");
    }
}

#[test]
fn functions_are_written_by_their_templates() {
    let odd = Function::predicate([Parameter::Field(Kind::Int32), Parameter::Constant(Kind::Int64)], |_| None)
        .sql(Dialect::Sqlite, "{0} % 2 = {1}");
    let options = FilterOptions::<Book>::new().functions(Functions::new().function("odd", odd));
    let sql =
        Filter::parse_with("NOT odd(pages, 1)", &options).unwrap().to_sql(&Columns::new(), Dialect::Sqlite).unwrap();
    assert_eq!((sql.text.as_str(), sql.binds), ("NOT (`pages` % 2 = ?)", vec![SqlValue::Int(1)]));
}

#[tokio::test]
async fn text_of_sqlite_that_begins_with_nul_is_set() {
    let mut database = sqlite().await;
    for sql in
        ["CREATE TABLE books (name TEXT, title TEXT)", "INSERT INTO books VALUES ('x', char(0) || 'a'), ('y', '')"]
    {
        let mut statement = Builder::new(Dialect::Sqlite);
        statement.push(sql);
        database.execute(statement.finish()).await;
    }
    let mut query = Builder::new(Dialect::Sqlite);
    query.push("SELECT name, ");
    Filter::<Book>::parse("title:*").unwrap().write_sql(&Columns::new(), &mut query).unwrap();
    query.push(" FROM books ORDER BY name");
    assert_eq!(database.select(query.finish()).await, [("x".to_owned(), Some(true)), ("y".to_owned(), Some(false))]);
}

impl<D: Database> Table<D> {
    /// Asks a random filter of the database and of memory.
    async fn filter(&mut self, choices: &mut Choices) -> usize {
        let text = filters::filter(choices, 3);
        let filter = Filter::<Book>::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let mut query = Builder::new(D::DIALECT);
        query.push("SELECT name, CASE (");
        filter.write_sql(&self.columns, &mut query).unwrap_or_else(|error| panic!("{text}: {error}"));
        query.push(") WHEN TRUE THEN 1 WHEN FALSE THEN 0 END FROM books ORDER BY name");
        let sql = query.finish();
        let found = self.database.select(sql.clone()).await;
        assert_eq!(found.len(), self.books.len());
        let mut matched = 0;
        for (book, (name, found)) in self.books.iter().zip(found) {
            assert_eq!(book.name, name);
            let expected = match filter.evaluate(book) {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Unknown => None,
            };
            assert_eq!(found, expected, "{text}\n{filter}\n{sql:?}\n{book:?}");
            matched += usize::from(filter.matches(book));
        }
        matched
    }
}

async fn agree<D: Database>(mut connect: impl AsyncFnMut() -> D, filters: usize) {
    for (seed, storage) in (1..).zip(STORAGES) {
        let choices = &mut Choices::new(seed);
        let database = connect().await;
        let mut table = Table::new(database, choices, storage).await;
        let mut matched = 0;
        for _ in 0..filters {
            matched += table.filter(choices).await;
        }
        assert!(matched > filters, "the filters match too little to show anything: {matched} rows");
    }
}

#[tokio::test]
async fn sqlite_and_memory_agree() {
    agree(async || sqlite().await, 400).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn postgres_and_memory_agree() {
    agree(async || connect::<sqlx::PgConnection>("TRANSOM_POSTGRES_URL").await, 400).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn mysql_and_memory_agree() {
    agree(async || connect::<sqlx::MySqlConnection>("TRANSOM_MYSQL_URL").await, 400).await;
}
