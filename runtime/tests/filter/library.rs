//! A message with every kind of field that filters and orders know, and its table, as prost and the generator write them.

use std::collections::{BTreeMap, HashMap};

use prost_types::{Any, Duration, Timestamp};

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Book {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) pages: i32,
    pub(crate) words: i64,
    pub(crate) copies: u32,
    pub(crate) sold: u64,
    pub(crate) weight: f32,
    pub(crate) rating: Option<f64>,
    pub(crate) read: bool,
    pub(crate) in_print: Option<bool>,
    pub(crate) status: i32,
    pub(crate) genre: Option<i32>,
    pub(crate) cover: Vec<u8>,
    pub(crate) create_time: Option<Timestamp>,
    pub(crate) loan: Option<Duration>,
    pub(crate) subtitle: Option<String>,
    pub(crate) discount: Option<i32>,
    pub(crate) author: Option<Author>,
    pub(crate) tags: Vec<String>,
    pub(crate) scores: Vec<i32>,
    pub(crate) authors: Vec<Author>,
    pub(crate) labels: HashMap<String, String>,
    pub(crate) counts: BTreeMap<i32, i64>,
    pub(crate) reviews: HashMap<String, Review>,
    pub(crate) extra: Option<Any>,
    pub(crate) sequel: Option<Box<Book>>,
    pub(crate) format: Option<book::Format>,
    pub(crate) ratios: Vec<f32>,
    pub(crate) flags: Vec<bool>,
    pub(crate) genres: Vec<i32>,
    pub(crate) sizes: Vec<u64>,
    pub(crate) weights: HashMap<String, f32>,
    pub(crate) switches: HashMap<String, bool>,
    pub(crate) states: HashMap<String, i32>,
    pub(crate) totals: HashMap<String, u64>,
}

pub(crate) mod book {
    #[derive(Clone, PartialEq, Debug)]
    pub(crate) enum Format {
        Ebook(super::Author),
        Paperback(String),
    }

    /// An enum without a prefix, in which `NOVEL` and `GENRE_NOVEL` are two things.
    #[allow(clippy::enum_variant_names)]
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    #[repr(i32)]
    pub(crate) enum Genre {
        Unknown = 0,
        Novel = 1,
        GenreNovel = 2,
        And = 3,
    }

    impl Genre {
        pub(crate) fn from_str_name(name: &str) -> Option<Self> {
            match name {
                "UNKNOWN" => Some(Self::Unknown),
                "NOVEL" => Some(Self::Novel),
                "GENRE_NOVEL" => Some(Self::GenreNovel),
                "AND" => Some(Self::And),
                _ => None,
            }
        }
    }
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Author {
    pub(crate) given_name: String,
    pub(crate) birth_year: Option<i32>,
    pub(crate) verified: bool,
    pub(crate) nicknames: Vec<String>,
    pub(crate) pen_name: Option<String>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Review {
    pub(crate) stars: i32,
    pub(crate) text: String,
}

/// The enum `BookStatus` of the proto.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i32)]
pub(crate) enum BookStatus {
    Unspecified = 0,
    Active = 1,
    Archived = 2,
}

impl BookStatus {
    pub(crate) fn from_str_name(name: &str) -> Option<Self> {
        match name {
            "BOOK_STATUS_UNSPECIFIED" => Some(Self::Unspecified),
            "BOOK_STATUS_ACTIVE" => Some(Self::Active),
            "BOOK_STATUS_ARCHIVED" => Some(Self::Archived),
            _ => None,
        }
    }

    pub(crate) fn as_str_name(&self) -> &'static str {
        match self {
            Self::Unspecified => "BOOK_STATUS_UNSPECIFIED",
            Self::Active => "BOOK_STATUS_ACTIVE",
            Self::Archived => "BOOK_STATUS_ARCHIVED",
        }
    }
}

impl TryFrom<i32> for BookStatus {
    type Error = ();

    fn try_from(number: i32) -> Result<Self, ()> {
        [Self::Unspecified, Self::Active, Self::Archived].into_iter().find(|value| *value as i32 == number).ok_or(())
    }
}

transom::__private::fields! {
    impl Book = "library.v1.Book", reaches [];
    0 NAME = 1, "name", "name", [IDENTIFIER] string: implicit(name);
    1 TITLE = 2, "title", "title", [] string: implicit(title);
    2 PAGES = 3, "pages", "pages", [] int32: implicit(pages);
    3 WORDS = 4, "words", "words", [] int64: implicit(words);
    4 COPIES = 5, "copies", "copies", [] uint32: implicit(copies);
    5 SOLD = 6, "sold", "sold", [] uint64: implicit(sold);
    6 WEIGHT = 7, "weight", "weight", [] float: implicit(weight);
    7 RATING = 8, "rating", "rating", [] double: optional(rating);
    8 READ = 9, "read", "read", [] bool: implicit(read);
    9 IN_PRINT = 10, "in_print", "inPrint", [] bool: optional(in_print);
    10 STATUS = 11, "status", "status", [] enumeration(BookStatus): implicit(status);
    11 GENRE = 12, "genre", "genre", [] enumeration(book::Genre): optional(genre);
    12 COVER = 13, "cover", "cover", [] bytes: implicit(cover);
    13 CREATE_TIME = 14, "create_time", "createTime", [] timestamp: optional(create_time);
    14 LOAN = 15, "loan", "loan", [] duration: optional(loan);
    15 SUBTITLE = 16, "subtitle", "subtitle", [] string: wrapper(subtitle);
    16 DISCOUNT = 17, "discount", "discount", [] int32: wrapper(discount);
    17 AUTHOR = 18, "author", "author", [] message(Author): optional(author);
    18 TAGS = 19, "tags", "tags", [] string: repeated(tags);
    19 SCORES = 20, "scores", "scores", [] int32: repeated(scores);
    20 AUTHORS = 21, "authors", "authors", [] message(Author): repeated(authors);
    21 LABELS = 22, "labels", "labels", [] string: map(labels, string);
    22 COUNTS = 23, "counts", "counts", [] int64: map(counts, int32);
    23 REVIEWS = 24, "reviews", "reviews", [] message(Review): map(reviews, string);
    24 EXTRA = 25, "extra", "extra", [] opaque(Any, "google.protobuf.Any"): optional(extra);
    25 SEQUEL = 26, "sequel", "sequel", [] message(Book): optional(sequel);
    26 EBOOK = 27, "ebook", "ebook", [] message(Author): oneof(0, format, book::Format::Ebook);
    27 PAPERBACK = 28, "paperback", "paperback", [] string: oneof(0, format, book::Format::Paperback);
    28 RATIOS = 29, "ratios", "ratios", [] float: repeated(ratios);
    29 FLAGS = 30, "flags", "flags", [] bool: repeated(flags);
    30 GENRES = 31, "genres", "genres", [] enumeration(book::Genre): repeated(genres);
    31 SIZES = 32, "sizes", "sizes", [] uint64: repeated(sizes);
    32 WEIGHTS = 33, "weights", "weights", [] float: map(weights, string);
    33 SWITCHES = 34, "switches", "switches", [] bool: map(switches, string);
    34 STATES = 35, "states", "states", [] enumeration(BookStatus): map(states, string);
    35 TOTALS = 36, "totals", "totals", [] uint64: map(totals, string);
}

transom::__private::fields! {
    impl Author = "library.v1.Author", reaches [];
    0 GIVEN_NAME = 1, "given_name", "givenName", [] string: implicit(given_name);
    1 BIRTH_YEAR = 2, "birth_year", "birthYear", [] int32: optional(birth_year);
    2 VERIFIED = 3, "verified", "verified", [] bool: implicit(verified);
    3 NICKNAMES = 4, "nicknames", "nicknames", [] string: repeated(nicknames);
    4 PEN_NAME = 5, "pen_name", "penName", [] string: wrapper(pen_name);
}

transom::__private::fields! {
    impl Review = "library.v1.Review", reaches [];
    0 STARS = 1, "stars", "stars", [] int32: implicit(stars);
    1 TEXT = 2, "text", "text", [] string: implicit(text);
}
