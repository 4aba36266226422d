//! JSON form of `google.protobuf.FieldMask`: one string, paths in lower camel case, separated by commas.
//!
//! A path that the form cannot represent without loss is an error in both directions. An upper-case letter, or a `_` that no
//! lower-case letter follows, cannot be written. A `_` cannot be read. Empty paths and white space are errors in both
//! directions. `*` is a path like any other. Empty text is a mask without paths, as in the binary form: the parser of the
//! mask, or the update, decides what it selects.

use std::fmt;

use prost_types::FieldMask;

/// Error of a path that cannot be converted.
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

/// Returns the JSON form of a mask, without quotes.
///
/// # Errors
///
/// Returns an error if a path is empty, or has a character that the JSON form cannot represent: an upper-case letter, a comma,
/// white space, or a `_` without a lower-case letter after it.
pub fn to_json_string(mask: &FieldMask) -> Result<String, JsonError> {
    let mut text = String::new();
    for (position, path) in mask.paths.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        let reject = |problem| JsonError { path: path.clone(), problem };
        if path.is_empty() {
            return Err(reject("is empty"));
        }
        let mut characters = path.chars();
        while let Some(character) = characters.next() {
            match character {
                '_' => match characters.next() {
                    Some(letter @ 'a'..='z') => text.push(letter.to_ascii_uppercase()),
                    _ => {
                        return Err(reject(
                            "has a `_` without a lower-case letter after it, which JSON cannot represent",
                        ));
                    }
                },
                'A'..='Z' => return Err(reject("has an upper-case letter, which JSON cannot represent")),
                ',' => return Err(reject("has a comma, which separates paths in JSON")),
                character if character.is_whitespace() => return Err(reject("has white space")),
                character => text.push(character),
            }
        }
    }
    Ok(text)
}

/// Parses the JSON form of a mask.
///
/// # Errors
///
/// Returns an error if a path is empty, or has a `_` or white space.
pub fn from_json_string(text: &str) -> Result<FieldMask, JsonError> {
    if text.is_empty() {
        return Ok(FieldMask::default());
    }
    let paths = text.split(',').map(|path| {
        let reject = |problem| Err(JsonError { path: path.to_owned(), problem });
        if path.is_empty() {
            return reject("is empty");
        }
        let mut snake = String::with_capacity(path.len() + 4);
        for character in path.chars() {
            match character {
                'A'..='Z' => {
                    snake.push('_');
                    snake.push(character.to_ascii_lowercase());
                }
                '_' => return reject("has a `_`: JSON writes `givenName`, not `given_name`"),
                character if character.is_whitespace() => return reject("has white space"),
                character => snake.push(character),
            }
        }
        Ok(snake)
    });
    Ok(FieldMask { paths: paths.collect::<Result<_, _>>()? })
}

/// Splits a list of paths at the commas that are not between back-ticks.
pub(in crate::mask) fn split_paths(text: &str) -> Vec<&str> {
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
