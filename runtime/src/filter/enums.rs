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

/// Finds a value by its declared name, or else by that name without letter case and without the enum's own name in front.
pub(super) fn find(schema: &EnumSchema, name: &str) -> Found {
    if let Some(number) = (schema.number)(name) {
        return Found::Value(name.into(), number);
    }
    let mut long = prefix(schema.type_name, name.len());
    let start = long.len();
    long.push_str(name);
    long.make_ascii_uppercase();
    let short = long.get(start..).unwrap_or_default();
    match ((schema.number)(short), (schema.number)(&long)) {
        (Some(one), Some(other)) if one != other => Found::Several(short.to_owned(), long),
        (_, Some(number)) => Found::Value(long.into(), number),
        (Some(number), None) => Found::Value(short.into(), number),
        (None, None) => Found::None,
    }
}

/// The name of the enum as its values begin, in any letter case: `super::BookStatus` is `Book_Status_`. There is room for
/// so many bytes more.
fn prefix(type_name: &str, more: usize) -> String {
    let name = type_name.rsplit(':').next().unwrap_or_default().trim();
    let name = name.strip_prefix("r#").unwrap_or(name);
    let mut prefix = String::with_capacity(name.len() + 8 + more);
    let mut follows_lower = false;
    for character in name.chars() {
        if follows_lower && character.is_ascii_uppercase() {
            prefix.push('_');
        }
        follows_lower = !character.is_ascii_uppercase();
        prefix.push(character);
    }
    prefix.push('_');
    prefix
}
