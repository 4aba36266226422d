//! Functions: what they take and give is checked, and what they are in SQL when they are declared.

use prost_types::{Duration, Timestamp};
use transom::fields::{EnumSchema, Fields as _, Kind, Value};
use transom::filter::{Filter, FilterOptions, Function, Functions, Literal, Parameter, Truth};
use transom::sql::{Builder, Column, Columns, Dialect, Elements, SqlValue, TimeStorage};

use crate::databases::{Database as _, sqlite};
use crate::library::{Book, Review};

fn kind(field: &str) -> Kind {
    Book::schema().field(field).unwrap().1.kind
}

fn with(name: &str, function: Function) -> FilterOptions<Book> {
    FilterOptions::new().with_bytes().functions(Functions::new().function(name, function))
}

#[test]
#[should_panic(expected = "the template `{0} = {1}` has the argument {1}, but the function has 1 parameters")]
fn a_template_names_no_argument_that_is_not_there() {
    let one = Function::predicate([Parameter::Field(Kind::Int32)], |_| None);
    let _ = one.sql(Dialect::Sqlite, "{0} = {1}");
}

#[test]
fn other_braces_are_text() {
    let function = Function::predicate([Parameter::Field(Kind::Int32), Parameter::Constant(Kind::Int64)], |_| None)
        .sql(Dialect::Sqlite, "replaced")
        .sql(Dialect::Sqlite, "f('{a}{', {1}, {0}, '{1,2}', {}");
    let sql = Filter::parse_with("f(pages, 5)", &with("f", function)).unwrap().to_sql(&Columns::new(), Dialect::Sqlite);
    assert_eq!(sql.unwrap().text, "(f('{a}{', ?, `pages`, '{1,2}', {})");
}

#[test]
fn times_are_as_the_column_holds_them() {
    let parameters = [
        Parameter::Constant(Kind::Timestamp),
        Parameter::Field(Kind::Duration),
        Parameter::Field(Kind::Timestamp),
        Parameter::Constant(Kind::Duration),
    ];
    let function = Function::predicate(parameters, |_| None).sql(Dialect::Sqlite, "f({0}, {1}, {2}, {3})");
    let columns = Columns::new()
        .column(Book::CREATE_TIME, Column::named("t").time(TimeStorage::Seconds))
        .column(Book::LOAN, Column::named("d").time(TimeStorage::Millis));
    let filter =
        Filter::parse_with("f(\"1970-01-01T00:01:00Z\", loan, create_time, 2s)", &with("f", function)).unwrap();
    let sql = filter.to_sql(&columns, Dialect::Sqlite).unwrap();
    assert_eq!(sql.text, "(f(?, `d`, `t`, ?))");
    assert_eq!(sql.binds, [SqlValue::Int(60), SqlValue::Int(2000)]);
}

#[test]
fn what_has_no_column_is_no_argument() {
    let function = Function::predicate([Parameter::Field(Kind::Int32)], |_| None).sql(Dialect::Sqlite, "{0} > 0");
    let filter = Filter::parse_with("f(pages)", &with("f", function).field("q")).unwrap();
    let columns = Columns::new().only_given();
    let refused = filter.to_sql(&columns, Dialect::Sqlite).unwrap_err();
    // The name that the field has in the request is kept.
    assert_eq!(refused.to_string(), "q: `pages` cannot be used here");
    assert_eq!(filter.clone().to_sql(&columns, Dialect::Sqlite).unwrap_err(), refused);
}

#[test]
fn a_field_is_of_the_kind_that_is_taken() {
    let takes = |kind: Kind| with("f", Function::predicate([Parameter::Field(kind)], |_| Some(true)));
    let accepts = |kind: Kind, field: &str| Filter::parse_with(&format!("f({field})"), &takes(kind)).is_ok();
    assert!(accepts(kind("status"), "status") && accepts(kind("genre"), "genre"));
    assert!(!accepts(kind("status"), "genre") && !accepts(kind("genre"), "status"));
    assert!(!accepts(kind("status"), "pages"));
    static INT32: Kind = Kind::Int32;
    assert!(accepts(Kind::Wrapper(&INT32), "discount") && accepts(Kind::Int32, "discount"));
    assert!(accepts(kind("discount"), "pages") && !accepts(kind("discount"), "words"));
    // Two fields of one enum have two schemas.
    let (Kind::Enum(one), Kind::Enum(other), Kind::Enum(third)) = (kind("status"), kind("states"), kind("genre"))
    else {
        panic!("these are enums");
    };
    assert!(one == other && one != third && !std::ptr::eq::<EnumSchema>(one, other));
}

/// Whether a value that a function makes is one for this field.
fn fits(field: &str, value: Literal) -> bool {
    let make = Function::constant([], move |_| Ok(value.clone()));
    match Filter::parse_with(&format!("{field} = f()"), &with("f", make)) {
        Ok(filter) => {
            // Nothing that is accepted runs into trouble later, as `nanos + 1` could.
            for book in [
                Book::default(),
                Book { create_time: Some(Timestamp { seconds: 0, nanos: i32::MAX }), ..Book::default() },
            ] {
                let _ = filter.evaluate(&book);
            }
            true
        }
        Err(refused) => {
            assert!(refused.to_string().contains("the value of the function has another type"), "{refused}");
            false
        }
    }
}

#[test]
fn values_are_those_that_a_filter_could_have() {
    let status = |name: &str, number| fits("status", Literal::Enum(name.into(), number));
    assert!(status("BOOK_STATUS_ACTIVE", 1));
    assert!(!status("BOOK_STATUS_ACTIVE", 2) && !status("NOVEL", 1) && !status("", 0));
    assert!(fits("discount", Literal::Int(5)) && !fits("discount", Literal::Int(i64::MAX)));
    assert!(fits("subtitle", Literal::Text("x".into())) && !fits("subtitle", Literal::Text("\0".into())));
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(!fits("rating", Literal::Float(value)) && !fits("weight", Literal::Float(value)));
    }
    assert!(fits("rating", Literal::Float(1e300)) && !fits("weight", Literal::Float(1e300)));
    let time = |seconds, nanos| fits("create_time", Literal::Timestamp(Timestamp { seconds, nanos }));
    assert!(time(0, 999_999_999) && time(253_402_300_799, 0));
    assert!(!time(0, i32::MAX) && !time(0, 1_000_000_000) && !time(0, -1) && !time(i64::MAX, 0) && !time(i64::MIN, 0));
    let span = |seconds, nanos| fits("loan", Literal::Duration(Duration { seconds, nanos }));
    assert!(span(1, 5) && span(-1, -5) && span(0, -5) && span(315_576_000_000, 0));
    assert!(!span(1, -5) && !span(-1, 5) && !span(0, i32::MAX) && !span(0, i32::MIN) && !span(i64::MIN, 0));
    assert!(!span(315_576_000_000, 1));
}

/// A `Field` parameter takes the value of a key, in memory and as SQL.
#[tokio::test]
async fn functions_take_values_of_maps() {
    let begins = Function::predicate([Parameter::Field(Kind::String), Parameter::Constant(Kind::String)], |values| {
        let [Some(Value::Text(text)), Some(Value::Text(start))] = values else { return None };
        Some(text.starts_with(*start))
    });
    let begins = begins.sql(Dialect::Sqlite, "instr({0}, {1}) = 1");
    let above = Function::predicate([Parameter::Field(Kind::Int64), Parameter::Constant(Kind::Int64)], |values| {
        let [Some(Value::Int(value)), Some(Value::Int(least))] = values else { return None };
        Some(value > least)
    });
    let above = above.sql(Dialect::Sqlite, "{0} > {1}");
    let functions = Functions::new().function("begins", begins).function("above", above);
    let options = FilterOptions::<Book>::new().functions(functions);
    let book = Book {
        labels: [("env".to_owned(), "production".to_owned()), ("a b".to_owned(), "x".to_owned())].into(),
        counts: [(-1, 5), (2, 7)].into(),
        reviews: [("smith".to_owned(), Review { text: "good".to_owned(), ..Review::default() })].into(),
        ..Book::default()
    };
    let json = |name: &str| Column::named(name).elements(Elements::Json);
    let columns = Columns::new().column(Book::LABELS, json("labels")).column(Book::COUNTS, json("counts"));
    let mut database = sqlite().await;
    for (text, expected, is_stored) in [
        ("begins(labels.env, 'prod')", Truth::True, true),
        ("begins(labels.\"a b\", 'y')", Truth::False, true),
        ("begins(labels.none, 'y')", Truth::Unknown, true),
        ("NOT begins(labels.none, 'y')", Truth::Unknown, true),
        ("above(counts.\"-1\", 4)", Truth::True, true),
        ("above(counts.2, 7)", Truth::False, true),
        ("begins(reviews.smith.text, 'g')", Truth::True, false),
        ("begins(reviews.'smith'.text, 'b')", Truth::False, false),
    ] {
        let filter = Filter::parse_with(text, &options).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(filter.evaluate(&book), expected, "{text}");
        assert_eq!(Filter::parse_with(&filter.to_string(), &options).unwrap(), filter, "{text}");
        let mut query = Builder::new(Dialect::Sqlite);
        query.push("SELECT 'x', CASE (");
        assert_eq!(filter.write_sql(&columns, &mut query).is_ok(), is_stored, "{text}");
        if !is_stored {
            continue;
        }
        query.push(") WHEN TRUE THEN 1 WHEN FALSE THEN 0 END FROM (SELECT ");
        query.bind(SqlValue::Text(r#"{"env":"production","a b":"x"}"#.to_owned())).push(" AS labels, ");
        query.bind(SqlValue::Text(r#"{"-1":5,"2":7}"#.to_owned())).push(" AS counts)");
        let expected = match expected {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        };
        assert_eq!(database.select(query.finish()).await, [("x".to_owned(), expected)], "{text}");
    }
    for text in ["begins(labels, 'x')", "begins(counts.1, 'x')", "begins(tags, 'x')", "begins(authors.given_name, 'x')"]
    {
        assert!(Filter::parse_with(text, &options).is_err(), "{text}");
    }
}
