//! The segments of a path: what stands between its dots. The grammar is in [`super::parse`].

use std::borrow::Cow;

use super::parse::Problem;
use crate::violation::{Reason, quoted};

/// One segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment<'p> {
    Star,
    /// Without quotes: a name, a number or a boolean.
    Plain(&'p str),
    /// Between back-ticks, with these resolved.
    Quoted(Cow<'p, str>),
}

/// Takes the first segment off a path, and says whether another one follows.
pub(super) fn next<'p>(rest: &mut &'p str) -> Result<(Segment<'p>, bool), Problem> {
    let malformed = |description: &str| Err(Problem::new(Reason::MalformedPath, description));
    let (segment, tail) = if let Some(inner) = rest.strip_prefix('`') {
        let Some((text, tail)) = unquote(inner) else {
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

/// Reads up to the closing back-tick, and gives what follows it.
fn unquote(inner: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    loop {
        let end = from + inner.get(from..)?.find('`')?;
        let tail = inner.get(end + 1..)?;
        if tail.starts_with('`') {
            from = end + 2;
            continue;
        }
        let text = inner.get(..end)?;
        let text = if text.contains('`') { Cow::Owned(text.replace("``", "`")) } else { Cow::Borrowed(text) };
        return Some((text, tail));
    }
}
