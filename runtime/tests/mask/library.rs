//! A library's messages and their tables, as prost and the generator write them.
#![allow(missing_docs)]

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use prost_types::{Any, Timestamp};

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Book {
    pub name: String,
    pub title: String,
    pub author: Option<Author>,
    pub tags: Vec<String>,
    pub reviews: HashMap<String, Review>,
    pub counts: BTreeMap<i32, i64>,
    pub rating: Option<f64>,
    pub subtitle: Option<String>,
    pub create_time: Option<Timestamp>,
    pub extra: Option<Any>,
    pub cover: Bytes,
    pub sequel: Option<Box<Book>>,
    pub authors: Vec<Author>,
    pub format: Option<book::Format>,
}

pub mod book {
    #[derive(Clone, PartialEq, Debug)]
    pub enum Format {
        Ebook(super::Author),
        Paperback(String),
        Boxed(Box<super::Book>),
    }
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Author {
    pub given_name: String,
    pub family_name: String,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Review {
    pub stars: i32,
    pub text: String,
}

transom::__private::fields! {
    impl Book = "library.v1.Book", reaches [IDENTIFIER OUTPUT_ONLY];
    0 NAME = 1, "name", "name", [IDENTIFIER] string: implicit(name);
    1 TITLE = 2, "title", "title", [] string: implicit(title);
    2 AUTHOR = 3, "author", "author", [] message(Author): optional(author);
    3 TAGS = 4, "tags", "tags", [] string: repeated(tags);
    4 REVIEWS = 5, "reviews", "reviews", [] message(Review): map(reviews, string);
    5 COUNTS = 6, "counts", "counts", [] int64: map(counts, int32);
    6 RATING = 7, "rating", "rating", [] double: optional(rating);
    7 SUBTITLE = 8, "subtitle", "subtitle", [] string: wrapper(subtitle);
    8 CREATE_TIME = 9, "create_time", "createTime", [OUTPUT_ONLY] timestamp: optional(create_time);
    9 EXTRA = 10, "extra", "extra", [] opaque(Any, "google.protobuf.Any"): optional(extra);
    10 COVER = 11, "cover", "cover", [] bytes(shared): implicit(cover);
    11 SEQUEL = 12, "sequel", "sequel", [] message(Book): optional(sequel);
    12 AUTHORS = 13, "authors", "authors", [] message(Author): repeated(authors);
    13 EBOOK = 14, "ebook", "ebook", [] message(Author): oneof(0, format, book::Format::Ebook);
    14 PAPERBACK = 15, "paperback", "paperback", [] string: oneof(0, format, book::Format::Paperback);
    15 BOXED = 16, "boxed", "boxed", [] message(Book): oneof(0, format, book::Format::Boxed);
}

transom::__private::fields! {
    impl Author = "library.v1.Author", reaches [];
    0 GIVEN_NAME = 1, "given_name", "givenName", [] string: implicit(given_name);
    1 FAMILY_NAME = 2, "family_name", "familyName", [] string: implicit(family_name);
}

transom::__private::fields! {
    impl Review = "library.v1.Review", reaches [];
    0 STARS = 1, "stars", "stars", [] int32: implicit(stars);
    1 TEXT = 2, "text", "text", [] string: implicit(text);
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct UpdateBookRequest {
    pub book: Option<Book>,
    pub update_mask: Option<prost_types::FieldMask>,
    pub allow_missing: bool,
    pub etag: Option<String>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct PatchBookRequest {
    pub name: String,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub tags: Vec<String>,
    pub author: Option<Author>,
    pub sequel: Option<Box<Book>>,
    pub read_mask: Option<prost_types::FieldMask>,
}

transom::__private::update_request! {
    impl UpdateBookRequest for Book, resource "book" = book, mask "update_mask" = update_mask,
        [allow_missing = allow_missing, etag? = etag];
}

transom::__private::patch_request! {
    impl PatchBookRequest for Book, [];
    TITLE "title" = title: title;
    SUBTITLE "subtitle" = subtitle: subtitle;
    TAGS "tags" = tags: tags;
    AUTHOR "author" = author: author;
    SEQUEL "sequel" = sequel: sequel;
}

transom::__private::read_request! {
    impl PatchBookRequest for Book, mask "read_mask" = read_mask;
}
