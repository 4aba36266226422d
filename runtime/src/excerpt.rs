//! Excerpts of texts of a peer, for errors that repeat them. AIP-193 limits what an error may repeat of a request.

/// Returns the beginning of a text, of at most `max_bytes` of the result, with control characters escaped.
#[cfg(feature = "_fields")]
pub(crate) fn escaped(text: &str, max_bytes: usize) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        let length = escaped.len();
        escaped.extend(character.escape_debug());
        if escaped.len() > max_bytes {
            escaped.truncate(length);
            escaped.push('…');
            break;
        }
    }
    escaped
}

/// Returns the beginning of a text, of at most `max_bytes` and `…`.
#[cfg(all(feature = "_fields", feature = "_grpc"))]
pub(crate) fn truncated(text: String, max_bytes: usize) -> String {
    match text.char_indices().find(|(start, character)| start + character.len_utf8() > max_bytes) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Displays at most [`MAX_BYTES`](Self::MAX_BYTES) bytes, and `…` in place of the rest. Bytes that are not printable ASCII
/// are escaped.
#[cfg(feature = "_grpc")]
#[derive(Clone, Copy)]
pub(crate) struct Excerpt<'a>(pub(crate) &'a [u8]);

#[cfg(feature = "_grpc")]
impl Excerpt<'_> {
    /// A status is sent in headers, and peers limit their headers to 8 KiB in all.
    const MAX_BYTES: usize = 256;
}

#[cfg(feature = "_grpc")]
impl std::fmt::Display for Excerpt<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.get(..Self::MAX_BYTES) {
            Some(beginning) if self.0.len() > Self::MAX_BYTES => write!(formatter, "{}…", beginning.escape_ascii()),
            _ => write!(formatter, "{}", self.0.escape_ascii()),
        }
    }
}

#[cfg(all(test, feature = "_fields", feature = "_grpc"))]
mod tests {
    use super::*;

    #[test]
    fn excerpt_of_a_short_value_is_the_value() {
        assert_eq!(Excerpt(b"").to_string(), "");
        assert_eq!(Excerpt(b"/a.B/C\xff\n").to_string(), "/a.B/C\\xff\\n");
        assert_eq!(Excerpt(&[b'x'; 256]).to_string(), "x".repeat(256));
    }

    #[test]
    fn excerpt_of_a_long_value_is_its_beginning() {
        assert_eq!(Excerpt(&[b'x'; 257]).to_string(), format!("{}…", "x".repeat(256)));
    }

    #[test]
    fn truncated_text_ends_before_a_character_that_does_not_fit() {
        for (text, max_bytes, wanted) in
            [("", 0, ""), ("abc", 3, "abc"), ("abc", 2, "ab…"), ("aéb", 2, "a…"), ("é", 1, "…")]
        {
            assert_eq!(truncated(text.to_owned(), max_bytes), wanted, "{text}");
        }
    }

    #[test]
    fn escaped_text_is_limited_after_escaping() {
        assert_eq!(escaped("a\n", 3), "a\\n");
        assert_eq!(escaped("a\n", 2), "a…");
    }
}
