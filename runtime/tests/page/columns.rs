//! Columns that fields share by their names.

use tonic::{Code, Status};
use transom::filter::Filter;
use transom::list::{Key, KeyRing, ListRequestExt as _, Pages, Select};
use transom::order::OrderBy;
use transom::sql::{Columns, Dialect, QueryError};

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Paper {
    name: String,
    author_name: String,
    author: Option<Author>,
    a: Option<Part>,
    a_b: Option<Short>,
    title: String,
    capital_title: String,
    next: Option<Box<Paper>>,
    free_text: String,
    free: Option<Part>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Author {
    name: String,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Part {
    b_c: String,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Short {
    c: String,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ListPapersRequest {
    page_size: i32,
    page_token: String,
    filter: String,
    order_by: String,
}

transom::__private::fields! {
    impl Paper = "library.v1.Paper", reaches [];
    0 NAME = 1, "name", "name", [] string: implicit(name);
    1 AUTHOR_NAME = 2, "author_name", "authorName", [] string: implicit(author_name);
    2 AUTHOR = 3, "author", "author", [] message(Author): optional(author);
    3 A = 4, "a", "a", [] message(Part): optional(a);
    4 A_B = 5, "a_b", "aB", [] message(Short): optional(a_b);
    5 TITLE = 6, "title", "title", [] string: implicit(title);
    6 CAPITAL_TITLE = 7, "Title", "Title", [] string: implicit(capital_title);
    7 NEXT = 8, "next", "next", [] message(Paper): optional(next);
    8 FREE_TEXT = 9, "free_text", "freeText", [] string: implicit(free_text);
    9 FREE = 10, "free", "free", [] message(Part): optional(free);
}

transom::__private::fields! {
    impl Author = "library.v1.Writer", reaches [];
    0 NAME = 1, "name", "name", [] string: implicit(name);
}

transom::__private::fields! {
    impl Part = "library.v1.PaperPart", reaches [];
    0 B_C = 1, "b_c", "bC", [] string: implicit(b_c);
}

transom::__private::fields! {
    impl Short = "library.v1.Short", reaches [];
    0 C = 1, "c", "c", [] string: implicit(c);
}

transom::__private::fields! {
    impl ListPapersRequest = "library.v1.ListPapersRequest", reaches [];
    0 PAGE_SIZE = 1, "page_size", "pageSize", [] int32: implicit(page_size);
    1 PAGE_TOKEN = 2, "page_token", "pageToken", [] string: implicit(page_token);
    2 FILTER = 3, "filter", "filter", [] string: implicit(filter);
    3 ORDER_BY = 4, "order_by", "orderBy", [] string: implicit(order_by);
}

transom::__private::list_request! {
    impl ListPapersRequest for Paper, method "/library.v1.LibraryService/ListPapers";
    page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN, filter = filter: FILTER,
        order_by = order_by: ORDER_BY;
}

fn pages() -> Pages<ListPapersRequest> {
    Pages::keyset(KeyRing::new(Key::new([5; 32])), Paper::NAME)
}

/// Returns the results of a page and of its total for a filter and an order.
fn queried(filter: &str, order_by: &str, columns: &Columns<Paper>, dialect: Dialect) -> Result<(), QueryError> {
    let request =
        ListPapersRequest { filter: filter.to_owned(), order_by: order_by.to_owned(), ..ListPapersRequest::default() };
    let pages = pages();
    let page = request.page(&pages).unwrap();
    let papers = Select::from("papers");
    let counted = page.count_query(&papers, columns, dialect);
    assert!(!filter.is_empty() || counted.is_ok());
    page.query(&papers, columns, dialect).map(drop).and(counted.map(drop))
}

#[test]
fn columns_that_two_fields_share_are_refused() {
    let columns = Columns::new();
    for (filter, order_by, expected) in [
        ("author_name = x", "", "`author_name` and `author.name` share the column `author_name`"),
        ("author.name = x", "", "`author.name` and `author_name` share the column `author_name`"),
        ("title = x OR NOT author.name:*", "", "`title` and `Title` share the column `title`"),
        ("", "author_name desc", "`author_name` and `author.name` share the column `author_name`"),
        ("a.b_c = x", "", "`a.b_c` and `a_b.c` share the column `a_b_c`"),
        ("", "a_b.c", "`a_b.c` and `a.b_c` share the column `a_b_c`"),
        ("next.next.author.name = x", "", "`next.next.author.name` and `next.next.author_name` share the column"),
    ] {
        let error = queried(filter, order_by, &columns, Dialect::Sqlite).unwrap_err();
        assert!(matches!(error, QueryError::SharedColumn { .. }), "{error:?}");
        let text = error.to_string();
        assert!(
            text.starts_with(expected) && text.contains("set another column for one of them with `Columns::column`"),
            "{text}"
        );
        let status = Status::from(error);
        assert_eq!((status.code(), status.message()), (Code::Internal, "the query could not be created"));
    }
    // A filter or an order without a page has the same error.
    let filter = Filter::<Paper>::parse("author_name = x").unwrap().to_sql(&columns, Dialect::Sqlite).unwrap_err();
    let order = OrderBy::<Paper>::parse("author_name").unwrap().to_sql(&columns, Dialect::Sqlite).unwrap_err();
    for error in [filter, order] {
        assert!(matches!(error, QueryError::SharedColumn { .. }), "{error:?}");
        assert_eq!(Status::from(error).code(), Code::Internal);
    }
    for filter in ["free_text = x", "free.b_c = x", "name = x", "next.name = x"] {
        assert_eq!(queried(filter, "", &columns, Dialect::Sqlite), Ok(()), "{filter}");
    }
    // Letter case counts in PostgreSQL alone.
    assert_eq!(queried("title = x", "Title", &columns, Dialect::Postgres), Ok(()));
    assert!(queried("title = x", "", &columns, Dialect::MySql).is_err());
}

#[test]
fn columns_that_are_given_are_the_servers_choice() {
    let given = Columns::new().column(Paper::AUTHOR.join(Author::NAME), "writer");
    assert_eq!(queried("author_name = x AND author.name = y", "author_name", &given, Dialect::Sqlite), Ok(()));
    let same = Columns::new().column(Paper::AUTHOR_NAME, "author_name");
    assert_eq!(queried("author_name = x AND author.name = y", "author.name", &same, Dialect::Sqlite), Ok(()));
    let some = Columns::new().column(Paper::AUTHOR_NAME, "author_name").column(Paper::NAME, "name").only_given();
    assert_eq!(queried("author_name = x", "author_name", &some, Dialect::Sqlite), Ok(()));
}

#[test]
fn verify_finds_columns_that_fields_share() {
    let columns = Columns::<Paper>::new();
    let shared = columns.verify(Dialect::Postgres).unwrap_err();
    assert_eq!(shared.column, "author_name");
    assert_eq!(shared.fields, ["author_name", "author.name"]);
    assert!(columns.only_given().verify(Dialect::Sqlite).is_ok());
    assert!(Columns::<crate::library::Book>::new().verify(Dialect::Sqlite).is_ok());
}

/// A client chooses how deep a path is; the search for another one must not take longer for that.
#[test]
fn deep_paths_are_refused_before_they_cost_anything() {
    let filter = format!("{}author_name = x", "next.".repeat(1000));
    let refused = Filter::<Paper>::parse(&filter).unwrap_err().to_string();
    assert!(refused.ends_with("the path is deeper than the 128 fields that are accepted"), "{refused}");
    let filter = format!("{}author_name = x", "next.".repeat(120));
    assert!(queried(&filter, "", &Columns::new(), Dialect::Sqlite).is_err());
}
