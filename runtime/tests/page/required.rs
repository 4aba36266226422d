//! Tables of messages with fields that proto2 requires, whose columns are NULL all the same: NULL is zero or empty, in
//! every type and form that a column has.

use prost_types::{Duration, Timestamp};
use sqlx::{Executor, Pool, Row as _};
use transom::filter::{Filter, FilterOptions};
use transom::list::sqlx::query;
use transom::list::{ListRequestExt as _, PageSizes, Pages, Select};
use transom::order::{OrderBy, OrderByOptions};
use transom::sql::{Builder, Column, Columns, Dialect, Sql, SqlValue, TimeStorage};

use crate::databases::{Store, connect};
use crate::rules::ring;

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Event {
    name: String,
    title: String,
    cover: Vec<u8>,
    count: i32,
    sold: u64,
    weight: f32,
    rating: f64,
    read: bool,
    status: i32,
    at: Timestamp,
    span: Duration,
    part: Part,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Part {
    value: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i32)]
pub(crate) enum Status {
    Unknown = 0,
    Active = 1,
}

impl Status {
    fn from_str_name(name: &str) -> Option<Self> {
        match name {
            "UNKNOWN" => Some(Self::Unknown),
            "ACTIVE" => Some(Self::Active),
            _ => None,
        }
    }
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ListEventsRequest {
    page_size: i32,
    page_token: String,
    filter: String,
    order_by: String,
}

transom::__private::fields! {
    impl Event = "library.v1.Event", reaches [];
    0 NAME = 1, "name", "name", [] string: required(name);
    1 TITLE = 2, "title", "title", [] string: required(title);
    2 COVER = 3, "cover", "cover", [] bytes: required(cover);
    3 COUNT = 4, "count", "count", [] int32: required(count);
    4 SOLD = 5, "sold", "sold", [] uint64: required(sold);
    5 WEIGHT = 6, "weight", "weight", [] float: required(weight);
    6 RATING = 7, "rating", "rating", [] double: required(rating);
    7 READ = 8, "read", "read", [] bool: required(read);
    8 STATUS = 9, "status", "status", [] enumeration(Status): required(status);
    9 AT = 10, "at", "at", [] timestamp: required(at);
    10 SPAN = 11, "span", "span", [] duration: required(span);
    11 PART = 12, "part", "part", [] message(Part): required(part);
}

transom::__private::fields! {
    impl Part = "library.v1.Part", reaches [];
    0 VALUE = 1, "value", "value", [] string: required(value);
}

transom::__private::fields! {
    impl ListEventsRequest = "library.v1.ListEventsRequest", reaches [];
    0 PAGE_SIZE = 1, "page_size", "pageSize", [] int32: implicit(page_size);
    1 PAGE_TOKEN = 2, "page_token", "pageToken", [] string: implicit(page_token);
    2 FILTER = 3, "filter", "filter", [] string: implicit(filter);
    3 ORDER_BY = 4, "order_by", "orderBy", [] string: implicit(order_by);
}

transom::__private::list_request! {
    impl ListEventsRequest for Event, method "/library.v1.LibraryService/ListEvents";
    page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN, filter = filter: FILTER,
        order_by = order_by: ORDER_BY;
}

const FIELDS: [&str; 11] =
    ["title", "cover", "count", "sold", "weight", "rating", "read", "status", "at", "span", "part.value"];

const FILTERS: [&str; 24] = [
    "title = \"\"",
    "title < b",
    "NOT title:b",
    "cover = \"\"",
    "count = 0",
    "count < 1",
    "sold = 0",
    "sold < 18446744073709551615",
    "weight = 0",
    "weight = 0.1",
    "weight > -1",
    "rating = 0",
    "rating = 0.1",
    "read = false",
    "NOT read",
    "status != ACTIVE",
    "at = \"1970-01-01T00:00:00Z\"",
    "at < \"1970-01-01T00:00:01Z\"",
    "at > \"1969-12-31T23:59:59Z\"",
    "at:* AND span:* AND title:* AND weight:*",
    "span = 0s",
    "span > -1s",
    "part:*",
    "part.value < b",
];

fn event(index: usize) -> Event {
    let sign = (index / 2 % 3) as i64 - 1;
    let tenths = sign as f64 / 10.0;
    Event {
        name: format!("events/{index}"),
        title: ["", "a", "b"][index % 3].to_owned(),
        cover: [&b""[..], b"\0", b"a"][index % 3].to_vec(),
        count: sign as i32,
        sold: [0, 1, i64::MAX as u64][index % 3],
        weight: tenths as f32,
        rating: tenths,
        read: index % 3 == 2,
        status: (index % 3 == 2).into(),
        at: Timestamp { seconds: sign, nanos: 0 },
        span: Duration { seconds: sign, nanos: 0 },
        part: Part { value: ["b", "", "a"][index % 3].to_owned() },
    }
}

async fn run<S: Store>(text: Builder, pool: &Pool<S>)
where
    for<'p> &'p Pool<S>: Executor<'p, Database = S>,
{
    let sql = text.finish();
    query::<S>(sql.clone()).execute(pool).await.unwrap_or_else(|error| panic!("{}: {error}", sql.text));
}

fn pages() -> Pages<ListEventsRequest> {
    let options = OrderByOptions::new().with_bools().with_bytes();
    let pages = Pages::keyset(ring(), Event::NAME).order_options(options).sizes(PageSizes::new(1, 1000));
    pages.filter_options(FilterOptions::new().with_bytes())
}

async fn null_is_zero<S: Store>(storage: TimeStorage, create: &str)
where
    for<'c> &'c mut S::Connection: Executor<'c, Database = S>,
    for<'p> &'p Pool<S>: Executor<'p, Database = S>,
    usize: sqlx::ColumnIndex<S::Row>,
    String: for<'r> sqlx::Decode<'r, S> + sqlx::Type<S>,
{
    let pool = connect::<S>().await;
    let null = |name: &str| Column::named(name).nullable();
    let columns = Columns::new()
        .column(Event::TITLE, null("title"))
        .column(Event::COVER, null("cover"))
        .column(Event::COUNT, null("count"))
        .column(Event::SOLD, null("sold"))
        .column(Event::WEIGHT, null("weight"))
        .column(Event::RATING, null("rating"))
        .column(Event::READ, null("read"))
        .column(Event::STATUS, null("status"))
        .column(Event::AT, null("at").time(storage))
        .column(Event::SPAN, null("span").time(storage))
        .column(Event::PART, null("part"))
        .column(Event::PART.join(Part::VALUE), null("part_value"));
    run(text::<S>(create), &pool).await;
    let events: Vec<Event> = (0..12).map(event).collect();
    let options = OrderByOptions::new().with_bools().with_bytes();
    let order = OrderBy::<Event>::parse_with(&FIELDS.join(", "), &options).unwrap();
    let zero = order.values(&Event::default());
    for (index, event) in events.iter().enumerate() {
        let mut insert = text::<S>("INSERT INTO events VALUES (");
        insert.bind(SqlValue::Text(event.name.clone())).push(", NULL");
        for ((term, value), zero) in order.terms().iter().zip(order.values(event)).zip(&zero) {
            insert.push(", ");
            // Half of the zeros are NULL.
            if value == *zero && (index / 3) % 2 == 0 {
                insert.push("NULL");
            } else {
                term.write_value(&value, &columns, &mut insert);
            }
        }
        insert.push(")");
        run(insert, &pool).await;
    }
    let nothing = String::new();
    for field in FIELDS {
        for direction in ["", " desc"] {
            agree(&format!("{field}{direction}"), &nothing, &columns, &events, &pool).await;
        }
    }
    for filter in FILTERS {
        agree("", filter, &columns, &events, &pool).await;
        agree("", &format!("NOT ({filter})"), &columns, &events, &pool).await;
    }
}

fn text<S: Store>(text: &str) -> Builder {
    let mut builder = Builder::new(S::DIALECT);
    builder.push(text);
    builder
}

async fn agree<S: Store>(order_by: &str, filter: &str, columns: &Columns<Event>, events: &[Event], pool: &Pool<S>)
where
    for<'p> &'p Pool<S>: Executor<'p, Database = S>,
    usize: sqlx::ColumnIndex<S::Row>,
    String: for<'r> sqlx::Decode<'r, S> + sqlx::Type<S>,
{
    let (all, pages) = (Select::from("events").list("name"), pages());
    let (order_by, filter) = (order_by.to_owned(), filter.to_owned());
    let mut request = ListEventsRequest { page_size: 1, filter, order_by, ..Default::default() };
    let page = request.page(&pages).unwrap();
    let mut expected: Vec<&Event> = events.iter().filter(|event| page.filter().matches(event)).collect();
    expected.sort_by(|left, right| page.order().compare(left, right));
    let expected: Vec<&str> = expected.into_iter().map(|event| event.name.as_str()).collect();
    let mut seen: Vec<String> = Vec::new();
    loop {
        let page = request.page(&pages).unwrap();
        let names = page.fetch(&all, columns, pool, |row: S::Row| row.try_get::<String, _>(0)).await;
        let names = names.unwrap_or_else(|error| panic!("{request:?}: {error}"));
        let of = |name: &String| events.iter().find(|event| event.name == *name).unwrap().clone();
        let found = page.finish_by(names, of).unwrap();
        seen.extend(found.items);
        assert!(seen.len() <= events.len(), "it goes on for ever: {request:?}");
        if found.next_page_token.is_empty() {
            break;
        }
        request.page_token = found.next_page_token;
    }
    let Sql { text, .. } = page.query(&all, columns, S::DIALECT).unwrap();
    assert_eq!(seen, expected, "`{}` by `{}` in {}: {text}", request.filter, request.order_by, S::NAME);
}

/// The table, with what stands in for a time.
fn create(dialect: Dialect, storage: TimeStorage) -> String {
    let (text, bytes, unsigned, float, native) = match dialect {
        Dialect::Sqlite => ("TEXT", "BLOB", "INTEGER", "REAL", "INTEGER"),
        Dialect::Postgres => ("text", "bytea", "numeric", "real", "timestamptz"),
        Dialect::MySql => {
            ("VARCHAR(80) CHARACTER SET utf8mb4", "VARBINARY(80)", "BIGINT UNSIGNED", "FLOAT", "DATETIME(6)")
        }
    };
    let quote = if dialect == Dialect::Postgres { '"' } else { '`' };
    let at = match storage {
        TimeStorage::Native => native,
        TimeStorage::Text => text,
        _ => "BIGINT",
    };
    format!(
        "CREATE TEMPORARY TABLE events (name {text}, part INTEGER, title {text}, cover {bytes}, {quote}count{quote} \
         INTEGER, sold {unsigned}, weight {float}, rating DOUBLE PRECISION, {quote}read{quote} BOOLEAN, status INTEGER, \
         {quote}at{quote} {at}, span BIGINT, part_value {text})"
    )
}

const STORAGES: [TimeStorage; 4] = [TimeStorage::Native, TimeStorage::Seconds, TimeStorage::Nanos, TimeStorage::Text];

macro_rules! on {
    ($(#[$ignore:meta])? $name:ident, $database:ty) => {
        #[tokio::test]
        $(#[$ignore])?
        async fn $name() {
            for storage in STORAGES {
                let create = create(<$database as transom::list::sqlx::Driver>::DIALECT, storage);
                null_is_zero::<$database>(storage, &create).await;
            }
        }
    };
}

on!(null_is_zero_in_sqlite, sqlx::Sqlite);
on!(
    #[ignore = "needs a server: .ci/databases"]
    null_is_zero_in_postgres,
    sqlx::Postgres
);
on!(
    #[ignore = "needs a server: .ci/databases"]
    null_is_zero_in_mariadb,
    sqlx::MySql
);

/// No database compares a message with a number.
#[test]
fn a_message_has_no_zero() {
    let columns = Columns::new().column(Event::PART, Column::named("part").nullable());
    for (filter, expected) in [("part:*", "TRUE"), ("NOT part:*", "FALSE")] {
        let filter = Filter::<Event>::parse(filter).unwrap();
        assert_eq!(filter.to_sql(&columns, Dialect::Postgres).unwrap().text, expected);
    }
}
