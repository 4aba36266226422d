//! Random books over few values, so that they meet.

use prost_types::{Duration, Timestamp};

use transom::sql::Dialect;

use crate::choices::Choices;
use crate::library::{Author, Book, book};

/// Text that means something to LIKE, GLOB, JSON, collations or quotes.
pub(crate) const TEXTS: [&str; 29] = [
    "",
    "a",
    "A",
    "ab",
    "aB",
    "b",
    "a ",
    " a",
    "ä",
    "Z",
    "%",
    "_",
    "a%b",
    "\\",
    "\\%",
    "a*",
    "[a]",
    "?",
    "!",
    "'",
    "\"",
    "a\nb",
    "日本",
    "\u{10000}",
    "e\u{301}",
    "\u{d7ff}",
    "\u{e000}",
    "\u{10ffff}",
    "*\u{10ffff}",
];
/// Text with NUL, which PostgreSQL cannot store and a filter cannot contain.
const NULS: [&str; 6] = ["\0", "a\0", "\0b", "a\0b", "ab\0\0", "a\0*ab"];
pub(crate) const INTEGERS: [i64; 7] = [-2, -1, 0, 1, 2, 3, 1_000_000];
pub(crate) const FLOATS: [f64; 8] = [-1.5, -0.0, 0.0, 0.1, 0.5, 2.0, 3e9, 1e-7];
pub(crate) const SIZES: [u64; 5] = [0, 1, 3, 1 << 53, u64::MAX];
pub(crate) const KEYS: [&str; 6] = ["a", "b c", "x.y", "\"", "\\", "ä"];

/// Times around these seconds, as fine as the column is.
pub(crate) const SECONDS: [i64; 6] = [-1, 0, 1, 1_704_067_200, 1_704_067_201, -62_135_596_800 + 86_400 * 366];

/// Random book for a database; its times are multiples of so many nanoseconds.
pub(crate) fn book(choices: &mut Choices, dialect: Dialect, name: usize, grain: i64) -> Book {
    let has_nul = dialect != Dialect::Postgres;
    let text = |choices: &mut Choices| {
        if has_nul && choices.below(3) == 0 { choices.of(&NULS) } else { choices.of(&TEXTS) }.to_owned()
    };
    let key = |choices: &mut Choices| {
        if has_nul && choices.below(5) == 0 { choices.of(&NULS) } else { choices.of(&KEYS) }.to_owned()
    };
    Book {
        name: format!("books/{name:03}"),
        title: text(choices),
        pages: choices.of(&INTEGERS) as i32,
        words: choices.of(&INTEGERS) * 1_000_000_000_000,
        copies: choices.of(&INTEGERS).unsigned_abs() as u32,
        sold: choices.of(&INTEGERS).unsigned_abs(),
        weight: choices.of(&FLOATS) as f32,
        rating: choices.sometimes(|choices| choices.of(&FLOATS)),
        read: choices.below(2) == 0,
        in_print: choices.sometimes(|choices| choices.below(2) == 0),
        status: choices.below(3) as i32,
        genre: choices.sometimes(|choices| choices.below(4) as i32),
        cover: text(choices).into_bytes(),
        create_time: choices
            .sometimes(|choices| Timestamp { seconds: seconds(choices, grain), nanos: nanos(choices, grain) }),
        loan: choices.sometimes(|choices| Duration { seconds: choices.below(3) as i64, nanos: nanos(choices, grain) }),
        subtitle: choices.sometimes(text),
        discount: choices.sometimes(|choices| choices.of(&INTEGERS) as i32),
        author: choices.sometimes(|choices| Author {
            given_name: text(choices),
            birth_year: choices.sometimes(|choices| choices.of(&INTEGERS) as i32),
            verified: choices.below(2) == 0,
            nicknames: (0..choices.below(3)).map(|_| text(choices)).collect(),
            pen_name: choices.sometimes(text),
        }),
        tags: (0..choices.below(4)).map(|_| text(choices)).collect(),
        scores: (0..choices.below(3)).map(|_| choices.of(&INTEGERS) as i32).collect(),
        labels: (0..choices.below(4)).map(|_| (key(choices), text(choices))).collect(),
        counts: (0..choices.below(3)).map(|_| (choices.below(3) as i32 - 1, choices.of(&INTEGERS))).collect(),
        format: choices.sometimes(|choices| book::Format::Paperback(text(choices))),
        ratios: (0..choices.below(3)).map(|_| choices.of(&FLOATS) as f32).collect(),
        flags: (0..choices.below(3)).map(|_| choices.below(2) == 0).collect(),
        genres: (0..choices.below(3)).map(|_| choices.below(4) as i32).collect(),
        sizes: (0..choices.below(3)).map(|_| choices.of(&SIZES)).collect(),
        weights: (0..choices.below(3)).map(|_| (key(choices), choices.of(&FLOATS) as f32)).collect(),
        switches: (0..choices.below(3)).map(|_| (key(choices), choices.below(2) == 0)).collect(),
        states: (0..choices.below(3)).map(|_| (key(choices), choices.below(3) as i32)).collect(),
        totals: (0..choices.below(3)).map(|_| (key(choices), choices.of(&SIZES))).collect(),
        ..Book::default()
    }
}

/// Nanoseconds since 1970 are an integer of 64 bits only for some centuries.
fn seconds(choices: &mut Choices, grain: i64) -> i64 {
    choices.of(if grain == 1 { &SECONDS[..5] } else { &SECONDS })
}

fn nanos(choices: &mut Choices, grain: i64) -> i32 {
    (choices.of(&[0, 1, 2, 999_999_999]) / grain * grain) as i32
}

/// Every field that can be sorted by and has a column.
pub(crate) const SORTABLE: [&str; 22] = [
    "title",
    "pages",
    "words",
    "copies",
    "sold",
    "weight",
    "rating",
    "read",
    "in_print",
    "status",
    "genre",
    "cover",
    "create_time",
    "loan",
    "subtitle",
    "discount",
    "author.given_name",
    "author.birth_year",
    "author.verified",
    "author.pen_name",
    "paperback",
    "name",
];
