//! Functions: what they take and give is checked, and what they are in SQL when they are declared.

use prost_types::{Duration, Timestamp};
use transom::fields::{EnumSchema, Fields as _, Kind};
use transom::filter::{Filter, FilterOptions, Function, Functions, Literal, Parameter};
use transom::sql::{Column, Columns, Dialect, SqlValue, TimeStorage};

use crate::library::Book;

fn kind(field: &str) -> Kind {
    Book::schema().field(field).unwrap().1.kind
}

fn with(name: &str, function: Function) -> FilterOptions<Book> {
    FilterOptions::new().with_bytes().functions(Functions::new().function(name, function))
}

#[test]
#[should_panic(expected = "the template `{0} = {1}` names the argument {1} of a function that takes 1")]
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
            assert!(refused.to_string().contains("the function's value is not of the type"), "{refused}");
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
