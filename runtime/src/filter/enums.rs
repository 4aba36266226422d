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
    let short = name.to_ascii_uppercase();
    let long = format!("{}_{short}", prefix(schema.type_name));
    match ((schema.number)(&short), (schema.number)(&long)) {
        (Some(one), Some(other)) if one != other => Found::Several(short, long),
        (_, Some(number)) => Found::Value(long.into(), number),
        (Some(number), None) => Found::Value(short.into(), number),
        (None, None) => Found::None,
    }
}

/// The name of the enum as its values begin: `super::BookStatus` is `BOOK_STATUS`.
fn prefix(type_name: &str) -> String {
    let name = type_name.rsplit(':').next().unwrap_or_default().trim();
    let name = name.strip_prefix("r#").unwrap_or(name);
    let mut prefix = String::with_capacity(name.len() + 4);
    let mut follows_lower = false;
    for character in name.chars() {
        if follows_lower && character.is_ascii_uppercase() {
            prefix.push('_');
        }
        follows_lower = !character.is_ascii_uppercase();
        prefix.push(character.to_ascii_uppercase());
    }
    prefix
}
