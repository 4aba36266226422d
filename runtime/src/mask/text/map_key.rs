//! Map keys as segments of a path.

use super::path_error::PathError;
use super::segment::Segment;
use crate::fields::{FieldSchema, KeyKind, KeyRef};
use crate::mask::set::OwnedKey;
use crate::violation::{Reason, quoted};

/// Returns a key as a segment. Text that is not an identifier is between back-ticks.
pub(super) fn key_segment(key: KeyRef<'_>) -> String {
    match key {
        KeyRef::Bool(key) => key.to_string(),
        KeyRef::Int(key) => key.to_string(),
        KeyRef::Uint(key) => key.to_string(),
        KeyRef::Text(key) if is_identifier(key) => key.to_owned(),
        KeyRef::Text(key) => format!("`{}`", key.replace('`', "``")),
    }
}

/// Parses a segment as a key of the given kind.
pub(super) fn parse_key(kind: KeyKind, segment: &Segment<'_>) -> Option<OwnedKey> {
    let text = match (kind, segment) {
        (KeyKind::String, Segment::Quoted(text)) => return Some(OwnedKey::Text(text.as_ref().into())),
        (_, Segment::Plain(text)) => *text,
        _ => return None,
    };
    match kind {
        KeyKind::String => is_identifier(text).then(|| OwnedKey::Text(text.into())),
        KeyKind::Bool => match text {
            "true" => Some(OwnedKey::Bool(true)),
            "false" => Some(OwnedKey::Bool(false)),
            _ => None,
        },
        _ if !is_canonical_integer(text) => None,
        KeyKind::Int32 => text.parse::<i32>().ok().map(|key| OwnedKey::Int(key.into())),
        KeyKind::Int64 => text.parse().ok().map(OwnedKey::Int),
        KeyKind::Uint32 => text.parse::<u32>().ok().map(|key| OwnedKey::Uint(key.into())),
        KeyKind::Uint64 => text.parse().ok().map(OwnedKey::Uint),
    }
}

/// Creates the error of a segment that is not a key of the given kind.
pub(super) fn invalid_key(field: &FieldSchema, kind: KeyKind, segment: &Segment<'_>) -> PathError {
    let text = match segment {
        Segment::Plain(text) => quoted(text),
        Segment::Quoted(text) => quoted(&format!("`{text}`")),
        Segment::Star => "`*`".to_owned(),
    };
    let expected = match kind {
        KeyKind::String => "a name, or any text between back-ticks",
        KeyKind::Bool => "`true` or `false`",
        KeyKind::Int32 => "a number of 32 bits without leading zeros",
        KeyKind::Int64 => "a number of 64 bits without leading zeros",
        KeyKind::Uint32 => "a number of 32 bits, not negative, without leading zeros",
        KeyKind::Uint64 => "a number of 64 bits, not negative, without leading zeros",
    };
    PathError::new(Reason::InvalidKey, format!("a key of `{}` is {expected}, not {text}", field.name))
}

/// Returns `true` if text can be a key without back-ticks.
fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Returns `true` if text matches `[ "-" ] DIGIT { DIGIT }` without leading zeros and is not `-0`.
fn is_canonical_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_zero = digits == "0";
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (is_zero || !digits.starts_with('0'))
        && !(is_zero && text.starts_with('-'))
}
