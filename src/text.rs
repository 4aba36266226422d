//! Text: comments, the header of generated files, suggestions for names, and invisible characters.

pub(crate) mod comment;
pub(crate) mod header;
pub(crate) mod nearest;

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns `true` for the characters with the Unicode property `Bidi_Control`: they reorder the text around them.
pub(crate) fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}') || is_refused_by_rustc(character)
}

/// Returns `true` for the bidirectional characters that rustc refuses in comments and literals
/// (`text_direction_codepoint_in_comment` and `text_direction_codepoint_in_literal`).
pub(crate) fn is_refused_by_rustc(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns `true` for characters that can change what a terminal shows of the text around them.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control() || is_bidi_control(character) || matches!(character, '\u{2028}' | '\u{2029}')
}

/// Replaces invisible characters by their Rust escapes: `\n`, `\u{1b}`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) {
            let _ = match character {
                '\n' | '\r' | '\t' => write!(visible, "{}", character.escape_default()),
                _ => write!(visible, "{}", character.escape_unicode()),
            };
        } else {
            visible.push(character);
        }
    }
    Cow::Owned(visible)
}

/// Removes the severity marker of the first line, such as `error: `, for a printer that adds its own marker.
///
/// Example: `a.proto:1:2: error: no` → `a.proto:1:2: no`.
pub(crate) fn without_marker(text: &str, marker: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    match first.split_once(marker) {
        // Only a place may precede a marker.
        Some((place, _)) if place.is_empty() || place.ends_with(": ") => text.replacen(marker, "", 1),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{visible, without_marker};

    #[test]
    fn without_marker_removes_marker_of_first_line() {
        for (text, expected) in [
            ("error: no\nerror: nor this", "no\nerror: nor this"),
            ("a.proto:1:2: error: no", "a.proto:1:2: no"),
            ("a terror: no", "a terror: no"),
            ("cannot run\nerror: no", "cannot run\nerror: no"),
            ("", ""),
        ] {
            assert_eq!(without_marker(text, "error: "), expected);
        }
    }

    #[test]
    fn visible_escapes_control_characters() {
        assert_eq!(visible("a\u{1b}[2J\nb\u{202e}c\u{2028}"), "a\\u{1b}[2J\\nb\\u{202e}c\\u{2028}");
        assert!(matches!(visible("größe \u{1f980}"), std::borrow::Cow::Borrowed(_)));
    }
}
