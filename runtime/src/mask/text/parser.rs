//! Parser of the paths of a mask. It checks them against the schema of the message.
//!
//! ```text
//! path    = "*" | segment { "." segment }
//! segment = ident | int | bool | quoted | "*"
//! ident   = ( ALPHA | "_" ) { ALPHA | DIGIT | "_" }   ; a field, or a text key
//! int     = [ "-" ] DIGIT { DIGIT }                   ; a key, without leading zeros and not "-0"
//! bool    = "true" | "false"                          ; a key
//! quoted  = "`" { not-a-back-tick | "``" } "`"        ; a text key
//! ```
//!
//! The grammar is that of AIP-161. The doubled back-tick inside quotes is an extension. After a message, a segment is one
//! of its fields; after a list, it is `*`; after a map, it is a key or `*`. A trailing `*` has no effect. White space,
//! empty segments, names of oneofs, and indexes of lists are errors.
//!
//! This file has the fast path, for paths through fields of messages. [`Traversal`] accepts all paths.

use super::path_error::PathError;
use super::traversal::{Traversal, TraversalError};
use crate::fields::{Schema, Shape};
use crate::mask::options::{EmptySelection, ParseOptions, Star, Unknown};
use crate::mask::set::{BITS, ROOT, Tree};
use crate::violation::{BoundedList, Collector, Reason, Subject, Violations};

/// Parser that adds paths to a set.
struct Parser<'o> {
    traversal: Traversal<'o>,
    /// Name of the resource field in the request; empty if it is not known.
    resource: &'o str,
    /// Number of rejected paths that still get a hint. A hint takes longer than the rejection.
    hints: u8,
    /// Whether `*` was rejected beside other paths.
    is_star_rejected: bool,
}

/// Rejected paths of a mask.
struct RejectedPaths {
    violations: BoundedList,
    /// Positions of the rejected paths whose violations are kept, in ascending order. Empty if the whole mask is rejected.
    positions: Vec<usize>,
}

/// Largest number of rejected paths that get a hint.
const MAX_HINTS: u8 = 16;

/// Parses all paths into an empty set. `field` is the name of the mask in violations.
#[inline]
pub(in crate::mask) fn parse<P: AsRef<str>>(
    schema: &'static Schema,
    paths: &[P],
    field: &str,
    options: &ParseOptions,
    tree: &mut Tree,
) -> Result<(), Violations> {
    if paths.is_empty() && options.empty == EmptySelection::Everything {
        tree.select_everything();
    }
    let rejected = add_paths(schema, paths, (field, ""), options, tree);
    if rejected.violations.is_empty() { Ok(()) } else { Err(rejected.into_violations(schema)) }
}

/// Parses the valid paths into an empty set, and collects the violations of the others. `names` are the names of the mask
/// and of the resource in the request.
pub(in crate::mask) fn parse_valid(
    schema: &'static Schema,
    paths: &[String],
    names: (&str, &str),
    options: &ParseOptions,
    tree: &mut Tree,
    violations: &mut Collector,
) {
    let rejected = add_paths(schema, paths, names, options, tree);
    if rejected.violations.is_empty() {
        return;
    }
    *tree = Tree::empty();
    // If the list is over-full, violations of the values would not be kept.
    if rejected.violations.count().number() == rejected.positions.len() {
        let is_valid = |position: &usize| rejected.positions.binary_search(position).is_err();
        let valid = (0..paths.len()).filter(is_valid).filter_map(|position| paths.get(position));
        // No path of these is rejected: `*`, which is rejected beside other paths, is not among them.
        add_paths(schema, &valid.collect::<Vec<_>>(), names, options, tree);
    }
    violations.merge(rejected.into_violations(schema));
}

/// Adds all paths to an empty set. If any path is rejected, the set is incomplete and must not be used.
#[inline]
fn add_paths<P: AsRef<str>>(
    schema: &'static Schema,
    paths: &[P],
    (mask_field, resource): (&str, &str),
    options: &ParseOptions,
    tree: &mut Tree,
) -> RejectedPaths {
    let mut rejected = RejectedPaths { violations: BoundedList::new(), positions: Vec::new() };
    let count = paths.len();
    if count > options.max_paths {
        let description = format!("{count} paths are more than the {} that are accepted", options.max_paths);
        rejected.add(mask_field, None, PathError::new(Reason::LimitExceeded, description));
        return rejected;
    }
    let traversal = Traversal { options, schema, tree };
    let mut parser = Parser { traversal, resource, hints: MAX_HINTS, is_star_rejected: false };
    // Most paths are a field of the outermost message, which needs only a look-up of its name.
    let names = schema.names();
    let only_stars = paths.iter().all(|path| path.as_ref() == "*");
    let mut root_fields = 0;
    for (index, path) in paths.iter().enumerate() {
        let path = path.as_ref();
        if let Some((position, _)) = names.find(path.as_bytes())
            && position < BITS
            && !options.struct_keys
            && path.len() <= options.max_path_bytes
        {
            root_fields |= 1 << position;
        } else if let Err(error) = parser.add(path, only_stars) {
            rejected.add(mask_field, Some(index), error);
        }
    }
    parser.traversal.tree.add_root_fields(root_fields);
    rejected
}

impl RejectedPaths {
    #[cold]
    fn add(&mut self, mask_field: &str, position: Option<usize>, error: PathError) {
        if !self.violations.is_full() {
            self.positions.extend(position);
        }
        self.violations.add_with(|| error.into_violation(mask_field, position));
    }

    #[cold]
    fn into_violations(self, schema: &'static Schema) -> Violations {
        Violations::from_list(Subject::from_schema(schema), self.violations)
    }
}

impl Parser<'_> {
    /// Adds one path of several. After an error the set has part of the path and must not be used.
    fn add(&mut self, path: &str, only_stars: bool) -> Result<(), PathError> {
        let options = self.traversal.options;
        if path.len() > options.max_path_bytes {
            let max = options.max_path_bytes;
            let description = format!("{} bytes are more than the {max} that a path may have", path.len());
            return self.reject(|| PathError { reason: Reason::LimitExceeded, description });
        }
        // A path that is ignored must not change the set, so it is checked first. With `struct_keys`, a segment that is
        // the name of a field is a key.
        let is_fast = options.unknown == Unknown::Reject && !options.struct_keys;
        if is_fast && self.add_fields(path) {
            return Ok(());
        }
        self.add_any(path, only_stars)
    }

    /// Adds a path of two or more segments through fields of messages. Returns `false` for any other path.
    #[inline]
    fn add_fields(&mut self, path: &str) -> bool {
        let mut schema = self.traversal.schema;
        let mut node = Some(ROOT);
        let mut rest = path.as_bytes();
        for _ in 1..self.traversal.max_depth() {
            let Some((name, tail)) = split_at_dot(rest) else { return false };
            let Some((index, field)) = schema.names().find(name) else { return false };
            let Some(message) = field.message() else { return false };
            if matches!(field.shape, Shape::Repeated | Shape::Map(_)) {
                return false;
            }
            node = node.and_then(|node| self.traversal.tree.enter_field(node, index));
            schema = message;
            rest = tail;
            if let Some((index, _)) = schema.names().find(rest) {
                if let Some(node) = node {
                    self.traversal.tree.add_field(node, index);
                }
                return true;
            }
        }
        false
    }

    #[cold]
    fn add_any(&mut self, path: &str, only_stars: bool) -> Result<(), PathError> {
        let options = self.traversal.options;
        if path == "*" && options.star != Star::Unknown {
            if options.star == Star::Alone && !only_stars {
                // One violation is enough for all `*`.
                if std::mem::replace(&mut self.is_star_rejected, true) {
                    return Ok(());
                }
                let description = "`*` selects every field: send it alone, or leave it out".to_owned();
                return self.reject(|| PathError { reason: Reason::InvalidWildcard, description });
            }
            self.traversal.tree.select_everything();
            return Ok(());
        }
        match self.traversal.traverse(path, None) {
            Ok(()) if self.traversal.tree.is_everything() => Ok(()),
            Ok(()) => self.traversal.traverse(path, Some(ROOT)).map_err(|rejected| rejected.error),
            Err(_) if options.unknown == Unknown::Ignore => Ok(()),
            Err(rejected) => Err(self.with_hint(rejected)),
        }
    }

    /// Adds a hint to an error, if a similar path exists.
    fn with_hint(&mut self, rejected: TraversalError<'_>) -> PathError {
        let mut error = rejected.error;
        if let Some(unknown) = rejected.unknown
            && self.hints > 0
        {
            self.hints -= 1;
            let hint = unknown.hint(self.resource, |path| self.traversal.traverse(path, None).is_ok());
            error.description.push_str(&hint.unwrap_or_default());
        }
        error
    }

    /// Returns the error, unless the options ignore unknown paths.
    fn reject(&self, error: impl FnOnce() -> PathError) -> Result<(), PathError> {
        match self.traversal.options.unknown {
            Unknown::Reject => Err(error()),
            Unknown::Ignore => Ok(()),
        }
    }
}

/// Splits a path at its first dot.
#[inline]
fn split_at_dot(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name, tail) = text.split_at_checked(find_dot(text)?)?;
    Some((name, tail.get(1..)?))
}

/// Returns the position of the first dot. Compares eight bytes at a time: most names are too short for `memchr` to be
/// faster.
#[inline]
fn find_dot(bytes: &[u8]) -> Option<usize> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks::<8>();
    for (position, word) in words.iter().enumerate() {
        // A dot becomes a zero byte. The lowest set high bit of `zeros` is that of the lowest zero byte.
        let difference = u64::from_le_bytes(*word) ^ (LOW * u64::from(b'.'));
        let zeros = difference.wrapping_sub(LOW) & !difference & HIGH;
        if zeros != 0 {
            return Some(position * 8 + zeros.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|&byte| byte == b'.').map(|position| words.len() * 8 + position)
}
