//! Enum values by the names in filters.

use crate::fields::EnumSchema;
use crate::text::nearest::nearest;

/// Result of the look-up of an enum value.
pub(super) enum EnumMatch {
    /// One value: its declared name and its number.
    One(Box<str>, i32),
    /// No value.
    None,
    /// Two values: their declared names.
    Several(String, String),
}

/// Finds a value by its declared name, or else by the name in upper case, with or without the name of the enum as prefix.
///
/// Example: `active` finds `ACTIVE`, or `USER_STATUS_ACTIVE` of the enum `UserStatus`.
pub(super) fn find_enum_value(schema: &EnumSchema, name: &str) -> EnumMatch {
    if let Some(number) = (schema.number)(name) {
        return EnumMatch::One(name.into(), number);
    }
    let mut short = name.to_owned();
    short.make_ascii_uppercase();
    let short = (schema.number)(&short).map(|number| (short.clone(), number));
    let long = [Digits::End, Digits::Begin].into_iter().find_map(|digits| {
        let mut long = prefix(schema.type_name, digits, name.len());
        long.push_str(name);
        long.make_ascii_uppercase();
        (schema.number)(&long).map(|number| (long, number))
    });
    match (short, long) {
        (Some((short, one)), Some((long, other))) if one != other => EnumMatch::Several(short, long),
        (_, Some((name, number))) | (Some((name, number)), None) => EnumMatch::One(name.into(), number),
        (None, None) => EnumMatch::None,
    }
}

/// Returns the suggestion for a name that the enum does not have: a declared name, or one without the prefix of the enum.
///
/// Only values with the numbers 0 to 255 are suggested.
pub(in crate::filter) fn nearest_enum_value(schema: &EnumSchema, name: &str) -> Option<String> {
    if matches!(find_enum_value(schema, name), EnumMatch::Several(..)) {
        return None;
    }
    let prefix = prefix(schema.type_name, Digits::End, 0);
    let names: Vec<&'static str> = (0..=255).filter_map(schema.name).collect();
    let short = names.iter().filter_map(|name| {
        let (head, tail) = name.split_at_checked(prefix.len())?;
        head.eq_ignore_ascii_case(&prefix).then_some(tail)
    });
    nearest(name, names.iter().copied().chain(short)).map(str::to_owned)
}

/// Position of digits in the words of a name. Both conventions are in use.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Digits {
    /// At the end of a word: `Http2Mode` is `HTTP2_MODE`, `Status2D` is `STATUS2_D`.
    End,
    /// At the start of a word: `STATUS_2D`.
    Begin,
}

/// Returns the prefix of the values of an enum, in any letter case, with capacity for `additional` bytes.
///
/// Examples: `super::BookStatus` → `Book_Status_`, `OAuthKind` → `O_Auth_Kind_`.
fn prefix(type_name: &str, digits: Digits, additional: usize) -> String {
    let name = type_name.rsplit(':').next().unwrap_or_default().trim();
    let name = name.strip_prefix("r#").unwrap_or(name);
    let mut prefix = String::with_capacity(name.len() + 8 + additional);
    let mut characters = name.chars().peekable();
    let mut before = '_';
    while let Some(character) = characters.next() {
        let is_last_capital = before.is_ascii_uppercase() && characters.peek().is_some_and(char::is_ascii_lowercase);
        let begins = match digits {
            Digits::End => character.is_ascii_uppercase() && (!before.is_ascii_uppercase() || is_last_capital),
            Digits::Begin if character.is_ascii_digit() => !before.is_ascii_digit(),
            Digits::Begin => character.is_ascii_uppercase() && (before.is_ascii_lowercase() || is_last_capital),
        };
        if begins && before != '_' {
            prefix.push('_');
        }
        before = character;
        prefix.push(character);
    }
    prefix.push('_');
    prefix
}

#[cfg(test)]
mod tests {
    use super::{Digits, prefix};

    #[test]
    fn prefix_is_snake_case_name_of_enum() {
        for (name, end, begin) in [
            ("Status", "STATUS_", "STATUS_"),
            ("super::r#Type", "TYPE_", "TYPE_"),
            ("BookStatus", "BOOK_STATUS_", "BOOK_STATUS_"),
            ("AType", "A_TYPE_", "A_TYPE_"),
            ("OAuthKind", "O_AUTH_KIND_", "O_AUTH_KIND_"),
            ("TVShow", "TV_SHOW_", "TV_SHOW_"),
            ("Http2Mode", "HTTP2_MODE_", "HTTP_2MODE_"),
            ("Status2D", "STATUS2_D_", "STATUS_2D_"),
            ("user_status", "USER_STATUS_", "USER_STATUS_"),
        ] {
            assert_eq!(prefix(name, Digits::End, 0).to_ascii_uppercase(), end);
            assert_eq!(prefix(name, Digits::Begin, 0).to_ascii_uppercase(), begin);
        }
    }
}
