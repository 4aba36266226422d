//! The messages and the mask of every measurement.

use prost_types::{FieldMask, Timestamp};

use super::schema::{Address, Author, Book, Format};

/// The paths of the mask: eight leaves on all three levels.
pub const PATHS: [&str; 8] =
    ["title", "rating", "author.given_name", "author.address.city", "tags", "pages", "price", "description"];

/// Difference between the strings of the two sources. The sources alternate, so every update changes every field of the
/// mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lengths {
    /// In their letters alone.
    Same,
    /// In their length too.
    Different,
}

impl Lengths {
    /// Its name in those of contestants.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
        }
    }
}

/// A stored message, and what it is updated from.
#[derive(Debug, Clone)]
pub struct Case {
    /// The message to update.
    pub stored: Book,
    /// Sources of the new values, used alternately.
    pub sources: [Book; 2],
}

impl Case {
    /// The case with sources of this kind.
    #[must_use]
    pub fn new(lengths: Lengths) -> Self {
        let second = match lengths {
            Lengths::Same => "Candle Books No. 21",
            Lengths::Different => "Candle",
        };
        Self {
            stored: book("Answer Books No. 42", 100),
            sources: [book("Bridge Books No. 13", 200), book(second, 300)],
        }
    }
}

/// The mask, as a request carries it.
#[must_use]
pub fn mask() -> FieldMask {
    FieldMask { paths: PATHS.map(str::to_owned).to_vec() }
}

/// A book with a value in each field, none of which another word or number shares.
fn book(word: &str, number: i32) -> Book {
    let unsigned = number.unsigned_abs();
    let wide = i64::from(number);
    let real = f64::from(number);
    Book {
        name: format!("books/{number}"),
        title: word.into(),
        subtitle: format!("after {word}"),
        author: Some(Author {
            given_name: format!("A. {word}"),
            family_name: format!("B. {word}"),
            address: Some(Address {
                street: format!("{word} street"),
                city: format!("{word} city"),
                postal_code: format!("C-{number}"),
                country: format!("{word} land"),
            }),
            birth_year: 1600 + unsigned,
        }),
        tags: ["early", "late", "new"].map(|tag| format!("{word} {tag}")).to_vec(),
        rating: Some(real / 100.0),
        pages: number + 1,
        price: wide + 2,
        description: format!("What {word} holds"),
        isbn: format!("978-{number}"),
        publisher: format!("{word} press"),
        language: "en".into(),
        format: Format::Hardcover.into(),
        edition: unsigned + 3,
        in_print: true,
        stock: wide + 4,
        weight: 0.5,
        cover: word.as_bytes().to_vec(),
        printings: vec![number, number + 1],
        create_time: Some(Timestamp { seconds: wide, nanos: 5 }),
    }
}
