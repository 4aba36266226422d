//! Beginning of what a peer sent, for the text of a status.

use std::fmt::{self, Display, Formatter};

/// Number of bytes that a status repeats. A status travels in headers, and peers limit their headers to 8 KiB in all.
const MOST: usize = 256;

/// Displays at most [`MOST`] bytes, and `…` in place of the rest. Bytes that are not printable ASCII are escaped.
#[derive(Clone, Copy)]
pub(crate) struct Excerpt<'a>(pub(crate) &'a [u8]);

impl Display for Excerpt<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self.0.get(..MOST) {
            Some(beginning) if self.0.len() > MOST => write!(formatter, "{}…", beginning.escape_ascii()),
            _ => write!(formatter, "{}", self.0.escape_ascii()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpt_repeats_short_values_whole() {
        assert_eq!(Excerpt(b"").to_string(), "");
        assert_eq!(Excerpt(b"/a.B/C\xff\n").to_string(), "/a.B/C\\xff\\n");
        assert_eq!(Excerpt(&[b'x'; MOST]).to_string(), "x".repeat(MOST));
    }

    #[test]
    fn excerpt_repeats_the_beginning_of_long_values() {
        assert_eq!(Excerpt(&[b'x'; MOST + 1]).to_string(), format!("{}…", "x".repeat(MOST)));
    }
}
