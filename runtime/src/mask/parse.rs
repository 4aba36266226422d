//! Paths from text, checked against the message that they are for.
//!
//! ```text
//! path    = "*" | segment { "." segment }
//! segment = ident | int | bool | quoted | "*"
//! ident   = ( ALPHA | "_" ) { ALPHA | DIGIT | "_" }   ; a field; or a text key
//! int     = [ "-" ] DIGIT { DIGIT }                   ; a key; no leading zeros, no "-0"
//! bool    = "true" | "false"                          ; a key
//! quoted  = "`" { not-a-back-tick | "``" } "`"        ; a text key
//! ```
//!
//! (AIP-161; the doubled back-tick inside quotes is ours.) A segment of a message is one of its fields, that of a list
//! is `*`, that of a map is a key or `*`. A trailing `*` says no more than the path before it. Nothing else is accepted:
//! no white space, no empty segment, no name of a oneof, no index of a list.
//!
//! Here is the short way, through fields of messages; [`super::traverse`] takes paths with keys and wildcards.

use super::options::{ParseOptions, Star, Unknown};
use super::tree::{ROOT, Tree};
use crate::fields::{Schema, Shape};
use crate::violation::{Reason, Violation, Violations, quoted};

/// Why a path is refused.
pub(super) struct Problem {
    pub(super) reason: Reason,
    pub(super) description: String,
}

/// Reads paths into one set.
pub(super) struct Parser<'o> {
    pub(super) options: &'o ParseOptions,
    pub(super) schema: &'static Schema,
    pub(super) tree: Tree,
}

/// Parses all paths; `field` names the mask in violations.
pub(super) fn parse<P: AsRef<str>>(
    schema: &'static Schema,
    paths: &[P],
    field: &str,
    options: &ParseOptions,
) -> Result<Tree, Violations> {
    let mut parser = Parser { options, schema, tree: Tree::empty() };
    let count = paths.len();
    if count > options.max_paths {
        let description = format!("{count} paths are more than the {} that are accepted", options.max_paths);
        let violation = Violation { field: format!("{field}.paths"), description, reason: Reason::LimitExceeded };
        return Err(Violations::one(schema.name(), violation));
    }
    let mut violations = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        if let Err(Problem { reason, description }) = parser.add(path.as_ref(), count) {
            violations.push(Violation { field: format!("{field}.paths[{index}]"), description, reason });
        }
    }
    Violations::check(schema.name(), violations)?;
    Ok(parser.tree)
}

impl Parser<'_> {
    /// Adds one path of several. After an error the set holds part of the path and is of no use.
    #[inline]
    fn add(&mut self, path: &str, count: usize) -> Result<(), Problem> {
        if path.len() > self.options.max_path_bytes {
            return self.unless_ignored(|| Problem {
                reason: Reason::LimitExceeded,
                description: format!(
                    "{} bytes are more than the {} that a path may have",
                    path.len(),
                    self.options.max_path_bytes
                ),
            });
        }
        if self.insert_fields(path) { Ok(()) } else { self.add_slowly(path, count) }
    }

    /// Adds a path that leads through fields of messages alone; of any other it says that it could not.
    #[inline]
    fn insert_fields(&mut self, path: &str) -> bool {
        let mut schema = self.schema;
        let mut node = Some(ROOT);
        let mut rest = path;
        for _ in 0..self.options.max_depth {
            let (name, tail) = match find_dot(rest.as_bytes()) {
                Some(dot) => (rest.get(..dot).unwrap_or_default(), rest.get(dot + 1..)),
                None => (rest, None),
            };
            let Some((index, field)) = schema.field(name) else { return false };
            let Some(tail) = tail else {
                if let Some(node) = node {
                    self.tree.add_field(node, index);
                }
                return true;
            };
            let Some(message) = field.message() else { return false };
            if matches!(field.shape, Shape::Repeated | Shape::Map(_)) {
                return false;
            }
            node = node.and_then(|node| self.tree.enter_field(node, index));
            schema = message;
            rest = tail;
        }
        false
    }

    #[cold]
    fn add_slowly(&mut self, path: &str, count: usize) -> Result<(), Problem> {
        if path == "*" && self.options.star != Star::Unknown {
            if self.options.star == Star::Alone && count > 1 {
                let description = "`*` selects every field, so no other path may stand beside it".to_owned();
                return self.unless_ignored(|| Problem { reason: Reason::InvalidWildcard, description });
            }
            self.tree.select_everything();
            return Ok(());
        }
        match self.traverse(path, None) {
            Ok(()) if self.tree.is_everything() => Ok(()),
            Ok(()) => self.traverse(path, Some(ROOT)),
            Err(problem) => self.unless_ignored(|| problem),
        }
    }

    fn unless_ignored(&self, problem: impl FnOnce() -> Problem) -> Result<(), Problem> {
        match self.options.unknown {
            Unknown::Refuse => Err(problem()),
            Unknown::Ignore => Ok(()),
        }
    }
}

/// The position of the first dot, eight bytes at a time: names are too short for a general search to pay.
#[inline]
fn find_dot(bytes: &[u8]) -> Option<usize> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks::<8>();
    for (position, word) in words.iter().enumerate() {
        // A byte that is a dot becomes zero, and the lowest zero byte is the lowest whose high bit shows up here.
        let difference = u64::from_le_bytes(*word) ^ (LOW * u64::from(b'.'));
        let zeros = difference.wrapping_sub(LOW) & !difference & HIGH;
        if zeros != 0 {
            return Some(position * 8 + zeros.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|&byte| byte == b'.').map(|position| words.len() * 8 + position)
}

impl Problem {
    pub(super) fn new(reason: Reason, description: impl Into<String>) -> Self {
        Self { reason, description: description.into() }
    }

    pub(super) fn unknown_field(schema: &Schema, name: &str) -> Self {
        let description = format!("`{}` has no field {}", schema.name(), quoted(name));
        Self { reason: Reason::UnknownField, description }
    }
}
