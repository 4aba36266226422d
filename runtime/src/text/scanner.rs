//! Scanner of a text, shared by the parsers of `order_by` and `filter`.

use crate::violation::{Problem, quoted};

/// Text and the position up to which it was read.
#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    pub(crate) text: &'t str,
    /// Position of the next byte, at a character boundary.
    pub(crate) at: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns the next byte.
    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Returns the remaining bytes.
    #[inline]
    pub(crate) fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Returns the text that was read since a position.
    #[inline]
    pub(crate) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Skips this byte and returns `true`, if it is the next byte.
    #[inline]
    pub(crate) fn skip(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Skips the bytes that match a predicate, and returns their number.
    #[inline]
    pub(crate) fn skip_while(&mut self, mut is_one: impl FnMut(u8) -> bool) -> usize {
        let mut at = self.at;
        while self.text.as_bytes().get(at).is_some_and(|byte| is_one(*byte)) {
            at += 1;
        }
        at - std::mem::replace(&mut self.at, at)
    }

    /// Returns the remaining text.
    pub(crate) fn rest_text(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Returns the syntax error for a text that was found instead of what was expected.
    #[cold]
    pub(crate) fn unexpected(&self, found: &str, expected: &str) -> Problem {
        self.syntax(match found {
            "" => format!("{expected} is missing"),
            found => format!("found {} where {expected} is expected", quoted(found)),
        })
    }

    /// Returns a syntax error at the current position.
    #[cold]
    pub(crate) fn syntax(&self, description: impl Into<String>) -> Problem {
        Problem::syntax(self.at, description)
    }
}
