//! Source info: comments for the output, and places for diagnostics.
//!
//! It is two thirds of a request, so it is scanned for what is wanted and never decoded as a whole.

use std::borrow::Cow;
use std::collections::HashMap;

use bytes::Bytes;

use super::wire::{Reader, Value};

/// The encoded `SourceCodeInfo` of one file.
#[derive(Debug, Clone, Default)]
pub(crate) struct SourceInfo(Bytes);

/// A place in a file, counted from one as editors do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// The comments of a file by the path of the element that they belong to.
#[derive(Debug, Default)]
pub(crate) struct Comments<'a> {
    by_path: HashMap<Vec<i32>, Comment<'a>>,
    /// The messages, enums and services, and elements in them, whose comments have bytes that are not UTF-8.
    repaired: Vec<Vec<i32>>,
}

/// The comment before an element and the one behind it. U+FFFD replaces bytes that are not UTF-8, which protoc accepts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Comment<'a> {
    pub(crate) leading: Option<Cow<'a, str>>,
    pub(crate) trailing: Option<Cow<'a, str>>,
}

impl Comment<'_> {
    /// Returns `true` if bytes that are not UTF-8 were replaced.
    fn is_repaired(&self) -> bool {
        [&self.leading, &self.trailing].into_iter().any(|text| matches!(text, Some(Cow::Owned(_))))
    }
}

/// One `SourceCodeInfo.Location`, its packed numbers still encoded.
#[derive(Default)]
struct Location<'a> {
    path: &'a [u8],
    span: &'a [u8],
    comment: Comment<'a>,
}

impl SourceInfo {
    /// Wraps the bytes of a `SourceCodeInfo`.
    pub(crate) fn new(bytes: Bytes) -> Self {
        Self(bytes)
    }

    fn locations(&self) -> impl Iterator<Item = Location<'_>> {
        Reader::new(&self.0).map_while(Result::ok).filter_map(|entry| match entry.value {
            Value::Delimited(bytes) if entry.number == 1 => Some(Location::read(bytes)),
            _ => None,
        })
    }

    /// All elements that have a comment. Detached comments (section headings, licences) belong to no element.
    pub(crate) fn comments(&self) -> Comments<'_> {
        let mut comments = Comments::default();
        for location in self.locations().filter(|location| location.comment != Comment::default()) {
            let path = numbers(location.path);
            if location.comment.is_repaired() && matches!(path.first(), Some(4..=6)) {
                comments.repaired.push(path.clone());
            }
            comments.by_path.insert(path, location.comment);
        }
        comments
    }

    /// Start of every element.
    pub(crate) fn spans(&self) -> HashMap<Vec<i32>, Span> {
        let mut spans = HashMap::new();
        for location in self.locations() {
            if let [line, column, _] | [line, column, _, _] = numbers(location.span).as_slice()
                && let (Ok(line), Ok(column)) = (u32::try_from(*line), u32::try_from(*column))
            {
                let span = Span { line: line.saturating_add(1), column: column.saturating_add(1) };
                spans.entry(numbers(location.path)).or_insert(span);
            }
        }
        spans
    }
}

impl<'a> Comments<'a> {
    /// The comment of the element with this path.
    pub(crate) fn get(&self, path: &[i32]) -> Comment<'a> {
        self.by_path.get(path).cloned().unwrap_or_default()
    }

    /// Returns the comments with bytes that are not UTF-8, as the path of the first and their number.
    pub(crate) fn repaired(&self) -> Option<(&[i32], usize)> {
        let first = self.repaired.first()?;
        Some((first, self.repaired.len()))
    }
}

impl<'a> Location<'a> {
    fn read(bytes: &'a [u8]) -> Self {
        let mut location = Self::default();
        for entry in Reader::new(bytes).map_while(Result::ok) {
            let Value::Delimited(value) = entry.value else { continue };
            match entry.number {
                1 => location.path = value,
                2 => location.span = value,
                3 => location.comment.leading = Some(String::from_utf8_lossy(value)),
                4 => location.comment.trailing = Some(String::from_utf8_lossy(value)),
                _ => {}
            }
        }
        location
    }
}

/// Decodes packed `int32`s; what does not fit one is dropped with the rest.
fn numbers(packed: &[u8]) -> Vec<i32> {
    let mut numbers = Vec::with_capacity(packed.len());
    let mut value = 0u64;
    let mut shift = 0u32;
    for &byte in packed {
        value |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if byte < 0x80 {
            numbers.push(value as i32);
            (value, shift) = (0, 0);
        } else {
            shift += 7;
        }
    }
    numbers
}
