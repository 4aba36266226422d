//! Beginning of a value that a peer sent, for the text of a status.

use std::fmt::{self, Display, Formatter};

/// Number of bytes that a status repeats. A status travels in headers, and peers limit their headers to 8 KiB in all.
const MAX_LENGTH: usize = 256;

/// Displays at most [`MAX_LENGTH`] bytes, and `…` in place of the rest. Bytes that are not printable ASCII are escaped.
#[derive(Clone, Copy)]
pub(crate) struct Excerpt<'a>(pub(crate) &'a [u8]);

impl Display for Excerpt<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self.0.get(..MAX_LENGTH) {
            Some(beginning) if self.0.len() > MAX_LENGTH => write!(formatter, "{}…", beginning.escape_ascii()),
            _ => write!(formatter, "{}", self.0.escape_ascii()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpt_of_short_value_is_the_whole_value() {
        assert_eq!(Excerpt(b"").to_string(), "");
        assert_eq!(Excerpt(b"/a.B/C\xff\n").to_string(), "/a.B/C\\xff\\n");
        assert_eq!(Excerpt(&[b'x'; MAX_LENGTH]).to_string(), "x".repeat(MAX_LENGTH));
    }

    #[test]
    fn excerpt_of_long_value_is_its_beginning() {
        assert_eq!(Excerpt(&[b'x'; MAX_LENGTH + 1]).to_string(), format!("{}…", "x".repeat(MAX_LENGTH)));
    }
}
