//! A library's messages and their tables, as prost and the generator write them.
#![allow(missing_docs)]

use std::collections::{BTreeMap, HashMap};

use prost_types::{FieldMask, Timestamp};

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Book {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) rating: Option<f64>,
    pub(crate) pages: Option<i32>,
    pub(crate) copies: u64,
    pub(crate) create_time: Option<Timestamp>,
    pub(crate) author: Option<Author>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Author {
    pub(crate) family_name: String,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ListBooksRequest {
    pub(crate) parent: String,
    pub(crate) page_size: i32,
    pub(crate) page_token: String,
    pub(crate) skip: i32,
    pub(crate) filter: String,
    pub(crate) order_by: String,
    pub(crate) labels: HashMap<String, String>,
    pub(crate) counts: BTreeMap<i32, i64>,
    pub(crate) authors: HashMap<i64, Author>,
    pub(crate) read_mask: Option<FieldMask>,
    pub(crate) show_deleted: Option<bool>,
    pub(crate) by: Option<Author>,
    pub(crate) tags: Vec<String>,
    pub(crate) weight: f64,
    pub(crate) scope: Option<Scope>,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Scope {
    Shelf(String),
    Floor(String),
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ListBooksResponse {
    pub(crate) books: Vec<Book>,
    pub(crate) next_page_token: String,
    pub(crate) total_size: i32,
}

transom::__private::fields! {
    impl Book = "library.v1.Book", reaches [];
    0 NAME = 1, "name", "name", [] string: implicit(name);
    1 TITLE = 2, "title", "title", [] string: implicit(title);
    2 RATING = 3, "rating", "rating", [] double: optional(rating);
    3 PAGES = 4, "pages", "pages", [] int32: wrapper(pages);
    4 COPIES = 5, "copies", "copies", [] uint64: implicit(copies);
    5 CREATE_TIME = 6, "create_time", "createTime", [] timestamp: optional(create_time);
    6 AUTHOR = 7, "author", "author", [] message(Author): optional(author);
}

transom::__private::fields! {
    impl Author = "library.v1.Author", reaches [];
    0 FAMILY_NAME = 1, "family_name", "familyName", [] string: implicit(family_name);
}

transom::__private::fields! {
    impl ListBooksRequest = "library.v1.ListBooksRequest", reaches [];
    0 PARENT = 1, "parent", "parent", [] string: implicit(parent);
    1 PAGE_SIZE = 2, "page_size", "pageSize", [] int32: implicit(page_size);
    2 PAGE_TOKEN = 3, "page_token", "pageToken", [] string: implicit(page_token);
    3 SKIP = 4, "skip", "skip", [] int32: implicit(skip);
    4 FILTER = 5, "filter", "filter", [] string: implicit(filter);
    5 ORDER_BY = 6, "order_by", "orderBy", [] string: implicit(order_by);
    6 LABELS = 7, "labels", "labels", [] string: map(labels, string);
    7 COUNTS = 8, "counts", "counts", [] int64: map(counts, int32);
    8 AUTHORS = 9, "authors", "authors", [] message(Author): map(authors, int64);
    9 READ_MASK = 10, "read_mask", "readMask", [] opaque(FieldMask, "google.protobuf.FieldMask"): optional(read_mask);
    10 SHOW_DELETED = 11, "show_deleted", "showDeleted", [] bool: optional(show_deleted);
    11 BY = 12, "by", "by", [] message(Author): optional(by);
    12 TAGS = 13, "tags", "tags", [] string: repeated(tags);
    13 WEIGHT = 14, "weight", "weight", [] double: implicit(weight);
    14 SHELF = 15, "shelf", "shelf", [] string: oneof(0, scope, Scope::Shelf);
    15 FLOOR = 16, "floor", "floor", [] string: oneof(0, scope, Scope::Floor);
}

transom::__private::list_request! {
    impl ListBooksRequest for Book, response ListBooksResponse, method "/library.v1.LibraryService/ListBooks";
    page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN, skip = skip: SKIP, filter = filter: FILTER,
        order_by = order_by: ORDER_BY;
    items = books, next_page_token = next_page_token, total_size = total_size;
}

/// Books of a shelf: the item with the number `index`, of as many kinds of ties and unset fields as there are.
pub(crate) fn book(index: usize) -> Book {
    let time = |step: usize| Timestamp { seconds: 1_700_000_000 + (step % 3) as i64, nanos: 1000 * (step % 2) as i32 };
    Book {
        name: format!("shelves/1/books/{index:03}"),
        title: ["", "Émile", "emma", "Emma", "a%_\\b", "Zoo"][index % 6].to_owned(),
        rating: [None, Some(-0.5), Some(0.0), Some(4.5), Some(f64::INFINITY)][index * 7 % 5],
        pages: [None, Some(i32::MIN), Some(-1), Some(0), Some(300)][index * 3 % 5],
        copies: [0, 1, i64::MAX as u64][index % 3],
        create_time: (index % 4 != 1).then(|| time(index)),
        author: (index % 3 != 2).then(|| Author { family_name: ["Rousseau", "Austen"][index % 2].to_owned() }),
    }
}

pub(crate) fn books(count: usize) -> Vec<Book> {
    (0..count).map(book).collect()
}
