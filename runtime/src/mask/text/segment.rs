//! Segments of a path: the texts between its dots. The grammar is in [`super::parser`].

use std::borrow::Cow;

use super::path_error::PathError;
use crate::violation::{Reason, quoted};

/// Segment of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment<'p> {
    /// `*`
    Star,
    /// Name, number or boolean.
    Plain(&'p str),
    /// Text between back-ticks, with doubled back-ticks replaced by one.
    Quoted(Cow<'p, str>),
}

/// Removes the first segment from a path. Returns the segment, and `true` if another segment follows.
pub(super) fn next_segment<'p>(rest: &mut &'p str) -> Result<(Segment<'p>, bool), PathError> {
    let malformed = |description: &str| Err(PathError::new(Reason::MalformedPath, description));
    let (segment, tail) = if let Some(after_tick) = rest.strip_prefix('`') {
        let Some((text, tail)) = unquote(after_tick) else {
            return malformed("a back-tick opens a key and none closes it");
        };
        (Segment::Quoted(text), tail)
    } else {
        let end = rest.find('.').unwrap_or(rest.len());
        let (text, tail) = rest.split_at(end);
        match text {
            "" => return malformed("a segment of the path is empty"),
            "*" => (Segment::Star, tail),
            _ => (Segment::Plain(text), tail),
        }
    };
    match tail.strip_prefix('.') {
        Some(following) => *rest = following,
        None if tail.is_empty() => *rest = "",
        None => return malformed(&format!("{} follows a key in back-ticks, where only a dot can", quoted(tail))),
    }
    Ok((segment, !tail.is_empty()))
}

/// Returns the text up to the closing back-tick, and the text after it.
fn unquote(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    loop {
        let end = from + text.get(from..)?.find('`')?;
        let tail = text.get(end + 1..)?;
        if tail.starts_with('`') {
            from = end + 2;
            continue;
        }
        let key = text.get(..end)?;
        let key = if key.contains('`') { Cow::Owned(key.replace("``", "`")) } else { Cow::Borrowed(key) };
        return Some((key, tail));
    }
}
