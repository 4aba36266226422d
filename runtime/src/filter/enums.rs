//! The values of an enum by the names that filters write.

use crate::fields::EnumSchema;

/// What a name in a filter stands for.
pub(super) enum Found {
    /// The declared name of the value, and its number.
    Value(Box<str>, i32),
    /// There is no such value.
    None,
    /// Several values could be meant: their declared names.
    Several(String, String),
}

/// Finds a value by its declared name, or else by that name in capital letters, with the enum's own name in front or
/// without.
pub(super) fn find(schema: &EnumSchema, name: &str) -> Found {
    if let Some(number) = (schema.number)(name) {
        return Found::Value(name.into(), number);
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
        (Some((short, one)), Some((long, other))) if one != other => Found::Several(short, long),
        (_, Some((name, number))) | (Some((name, number)), None) => Found::Value(name.into(), number),
        (None, None) => Found::None,
    }
}

/// The name that was probably meant by one that the enum does not have: the declared one, or what it is without the enum's
/// own name.
///
/// Values are looked for by their numbers, from 0 to 255.
pub(super) fn nearest(schema: &EnumSchema, name: &str) -> Option<String> {
    if matches!(find(schema, name), Found::Several(..)) {
        return None;
    }
    let prefix = prefix(schema.type_name, Digits::End, 0);
    let names: Vec<&'static str> = (0..=255).filter_map(schema.name).collect();
    let short = names.iter().filter_map(|name| {
        let (head, tail) = name.split_at_checked(prefix.len())?;
        head.eq_ignore_ascii_case(&prefix).then_some(tail)
    });
    crate::nearest::nearest(name, names.iter().copied().chain(short)).map(str::to_owned)
}

/// Where digits stand in the words of a name: people disagree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Digits {
    /// At the end of one: `Http2Mode` is `HTTP2_MODE`, `Status2D` is `STATUS2_D`.
    End,
    /// At the beginning: `STATUS_2D`.
    Begin,
}

/// The name of the enum as its values begin, in any letter case: `super::BookStatus` is `Book_Status_`, `OAuthKind` is
/// `O_Auth_Kind_`. There is room for so many bytes more.
fn prefix(type_name: &str, digits: Digits, more: usize) -> String {
    let name = type_name.rsplit(':').next().unwrap_or_default().trim();
    let name = name.strip_prefix("r#").unwrap_or(name);
    let mut prefix = String::with_capacity(name.len() + 8 + more);
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
    fn the_name_of_an_enum_as_its_values_begin() {
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
