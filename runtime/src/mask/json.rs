//! `google.protobuf.FieldMask` in JSON: one string, paths in lower camel case, separated by commas.
//!
//! The form loses what it cannot hold, so what would not come back as it was is an error on either side: an upper-case
//! letter or a `_` that no lower-case letter follows cannot be written, a `_` cannot be read. `*` is a path like any
//! other. Empty paths are errors both ways, and white space is. Empty text is a mask without paths, as on the wire; what it
//! selects is decided where the mask is parsed or applied.

use std::fmt;

use prost_types::FieldMask;

/// A mask that has no form in JSON, or text that is no mask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    path: String,
    problem: &'static str,
}

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "path {} {}", crate::violation::quoted(&self.path), self.problem)
    }
}

impl std::error::Error for JsonError {}

/// The mask as JSON writes it, without quotes.
///
/// # Errors
///
/// When a path would not be read as it was: see the module.
pub fn to_json_string(mask: &FieldMask) -> Result<String, JsonError> {
    let mut text = String::new();
    for (position, path) in mask.paths.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        let refuse = |problem| JsonError { path: path.clone(), problem };
        if path.is_empty() {
            return Err(refuse("is empty"));
        }
        let mut characters = path.chars();
        while let Some(character) = characters.next() {
            match character {
                '_' => match characters.next() {
                    Some(letter @ 'a'..='z') => text.push(letter.to_ascii_uppercase()),
                    _ => return Err(refuse("has a `_` without a lower-case letter behind it, which JSON cannot hold")),
                },
                'A'..='Z' => return Err(refuse("has an upper-case letter, which JSON cannot hold")),
                ',' => return Err(refuse("has a comma in it, which separates paths in JSON")),
                character if character.is_whitespace() => return Err(refuse("has white space in it")),
                character => text.push(character),
            }
        }
    }
    Ok(text)
}

/// Reads a mask as JSON writes it.
///
/// # Errors
///
/// When a path is empty, or has a `_` or white space in it.
pub fn from_json_string(text: &str) -> Result<FieldMask, JsonError> {
    if text.is_empty() {
        return Ok(FieldMask::default());
    }
    let paths = text.split(',').map(|path| {
        let refuse = |problem| Err(JsonError { path: path.to_owned(), problem });
        if path.is_empty() {
            return refuse("is empty");
        }
        let mut snake = String::with_capacity(path.len() + 4);
        for character in path.chars() {
            match character {
                'A'..='Z' => {
                    snake.push('_');
                    snake.push(character.to_ascii_lowercase());
                }
                '_' => return refuse("has a `_`: JSON writes `givenName`, not `given_name`"),
                character if character.is_whitespace() => return refuse("has white space in it"),
                character => snake.push(character),
            }
        }
        Ok(snake)
    });
    Ok(FieldMask { paths: paths.collect::<Result<_, _>>()? })
}

/// Splits a list of paths at the commas that are not between back-ticks.
pub(super) fn split(text: &str) -> Vec<&str> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut is_quoted = false;
    text.split(|character: char| {
        is_quoted ^= character == '`';
        character == ',' && !is_quoted
    })
    .collect()
}
