//! A place in a text that is read byte by byte: what the parsers of orders and filters have in common.

use crate::violation::{Problem, quoted};

/// A text and how far it has been read.
#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    pub(crate) text: &'t str,
    /// The position of the next byte, at the start of a character.
    pub(crate) at: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte.
    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The bytes that have not been read.
    #[inline]
    pub(crate) fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// What has been read since this position.
    #[inline]
    pub(crate) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Takes this byte if it is the next one.
    #[inline]
    pub(crate) fn skip(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Takes all bytes of a kind, and says how many there were.
    #[inline]
    pub(crate) fn skip_while(&mut self, mut is_one: impl FnMut(u8) -> bool) -> usize {
        let mut at = self.at;
        while self.text.as_bytes().get(at).is_some_and(|byte| is_one(*byte)) {
            at += 1;
        }
        at - std::mem::replace(&mut self.at, at)
    }

    /// What has not been read, as text.
    pub(crate) fn rest_text(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The mistake that this stands here, or nothing, and not what is wanted.
    #[cold]
    pub(crate) fn unexpected(&self, found: &str, wanted: &str) -> Problem {
        self.syntax(match found {
            "" => format!("{wanted} is missing"),
            found => format!("{} stands where {wanted} is expected", quoted(found)),
        })
    }

    /// A mistake of syntax here.
    #[cold]
    pub(crate) fn syntax(&self, description: impl Into<String>) -> Problem {
        Problem::syntax(self.at, description)
    }
}
