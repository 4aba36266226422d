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

use super::hint::UnknownField;
use super::options::{EmptySelection, ParseOptions, Star, Unknown};
use super::tree::{BITS, ROOT, Tree};
use crate::fields::{Schema, Shape};
use crate::violation::{BoundedList, Collector, Reason, Subject, Violation, Violations, quoted};

/// Why a path is refused.
pub(super) struct Problem {
    pub(super) reason: Reason,
    pub(super) description: String,
}

/// Refusal of a path, with the segment that is not a field, if that is the reason.
pub(super) struct Refusal<'p> {
    problem: Problem,
    unknown: Option<UnknownField<'p>>,
}

impl<'p> Refusal<'p> {
    pub(super) fn of_unknown(problem: Problem, unknown: UnknownField<'p>) -> Self {
        Self { problem, unknown: Some(unknown) }
    }

    fn into_problem(self) -> Problem {
        self.problem
    }
}

impl From<Problem> for Refusal<'_> {
    fn from(problem: Problem) -> Self {
        Self { problem, unknown: None }
    }
}

/// Reads paths into one set.
pub(super) struct Parser<'o> {
    pub(super) options: &'o ParseOptions,
    pub(super) schema: &'static Schema,
    pub(super) tree: &'o mut Tree,
    /// Name of the resource in the request; empty if it is not known.
    resource: &'o str,
    /// Number of refused paths that still get a hint. To find a hint takes longer than to refuse a path.
    hints: u8,
    /// Whether `*` was refused beside other paths.
    is_star_refused: bool,
}

/// Number of refused paths that get a hint.
const MAX_HINTS: u8 = 16;

/// Parses all paths into an empty set; `field` names the mask in violations.
#[inline]
pub(super) fn parse<P: AsRef<str>>(
    schema: &'static Schema,
    paths: &[P],
    field: &str,
    options: &ParseOptions,
    tree: &mut Tree,
) -> Result<(), Violations> {
    if paths.is_empty() && options.empty == EmptySelection::Everything {
        tree.select_everything();
    }
    let refusals = read(schema, paths, "", options, tree);
    if refusals.found == 0 { Ok(()) } else { Err(refusals.violations(schema, field)) }
}

/// Parses the valid paths into an empty set, and collects the violations of the others. `resource` is the name of the
/// resource in the request.
pub(super) fn parse_right(
    schema: &'static Schema,
    paths: &[String],
    (field, resource): (&str, &str),
    options: &ParseOptions,
    tree: &mut Tree,
    violations: &mut Collector,
) {
    let refusals = read(schema, paths, resource, options, tree);
    if let Some(last) = refusals.list.last() {
        *tree = Tree::empty();
        // Violations of the values would not be kept if all that can be kept are violations of paths.
        if last.position.is_some() && refusals.found == refusals.list.len() {
            let is_right =
                |position: &usize| refusals.list.binary_search_by_key(&Some(*position), |one| one.position).is_err();
            let right = (0..paths.len()).filter(is_right).filter_map(|position| paths.get(position));
            // What was refused for another path beside it, as `*` is, is not among them.
            read(schema, &right.collect::<Vec<_>>(), resource, options, tree);
        }
        violations.merge(refusals.violations(schema, field));
    }
}

/// The first paths that are refused, and the number of all.
struct Refusals {
    list: Vec<Refused>,
    found: usize,
}

/// A path that is refused, by its position; without one, all of them.
struct Refused {
    position: Option<usize>,
    problem: Problem,
}

impl Refusals {
    fn push(&mut self, position: Option<usize>, problem: Problem) {
        if self.list.len() < Violations::MAX {
            self.list.push(Refused { position, problem });
        }
        self.found += 1;
    }

    /// The violations of a mask that has any.
    #[cold]
    fn violations(self, schema: &'static Schema, field: &str) -> Violations {
        let mut violations = BoundedList::new();
        let others = self.found - self.list.len();
        self.list.into_iter().for_each(|refused| violations.add_with(|| refused.violation(field)));
        (0..others).for_each(|_| violations.add_with(|| Violation::new("", Reason::UnknownField, "")));
        Violations::from_list(Subject::from_schema(schema), violations)
    }
}

impl Refused {
    fn violation(self, field: &str) -> Violation {
        let field = match self.position {
            Some(position) => format!("{field}.paths[{position}]"),
            None => format!("{field}.paths"),
        };
        Violation { field, description: self.problem.description, reason: self.problem.reason }
    }
}

/// Reads all paths into an empty set. If any is refused, the set holds parts of it and is of no use.
#[inline]
fn read<P: AsRef<str>>(
    schema: &'static Schema,
    paths: &[P],
    resource: &str,
    options: &ParseOptions,
    tree: &mut Tree,
) -> Refusals {
    let mut refusals = Refusals { list: Vec::new(), found: 0 };
    let count = paths.len();
    if count > options.max_paths {
        let description = format!("{count} paths are more than the {} that are accepted", options.max_paths);
        refusals.push(None, Problem::new(Reason::LimitExceeded, description));
        return refusals;
    }
    let mut parser = Parser { options, schema, tree, resource, hints: MAX_HINTS, is_star_refused: false };
    // Most paths are a field of the outermost message: those need no more than a look at its names.
    let names = schema.names();
    let only_stars = paths.iter().all(|path| path.as_ref() == "*");
    let mut outermost = 0;
    for (index, path) in paths.iter().enumerate() {
        let path = path.as_ref();
        if let Some((position, _)) = names.find(path.as_bytes())
            && position < BITS
            && !options.struct_keys
            && path.len() <= options.max_path_bytes
        {
            outermost |= 1 << position;
        } else if let Err(problem) = parser.add(path, only_stars) {
            refusals.push(Some(index), problem);
        }
    }
    parser.tree.add_outermost(outermost);
    refusals
}

impl Parser<'_> {
    /// Maximum number of segments of a path.
    #[inline]
    pub(super) fn max_depth(&self) -> usize {
        self.options.max_depth.min(ParseOptions::MAX_DEPTH)
    }

    /// Adds one path of several. After an error the set holds part of the path and is of no use.
    fn add(&mut self, path: &str, only_stars: bool) -> Result<(), Problem> {
        if path.len() > self.options.max_path_bytes {
            let most = self.options.max_path_bytes;
            let description = format!("{} bytes are more than the {most} that a path may have", path.len());
            return self.unless_ignored(|| Problem { reason: Reason::LimitExceeded, description });
        }
        // What is ignored must leave no trace, so it is checked before. Where a `Struct` is gone into by its keys alone,
        // a segment that is the name of a field is a key.
        let is_plain = self.options.unknown == Unknown::Refuse && !self.options.struct_keys;
        if is_plain && self.insert_fields(path) {
            return Ok(());
        }
        self.add_slowly(path, only_stars)
    }

    /// Adds a path that leads through fields of messages alone, and is longer than one; of any other it says that it
    /// could not.
    #[inline]
    fn insert_fields(&mut self, path: &str) -> bool {
        let mut schema = self.schema;
        let mut node = Some(ROOT);
        let mut rest = path.as_bytes();
        for _ in 1..self.max_depth() {
            let Some((name, tail)) = split_at_dot(rest) else { return false };
            let Some((index, field)) = schema.names().find(name) else { return false };
            let Some(message) = field.message() else { return false };
            if matches!(field.shape, Shape::Repeated | Shape::Map(_)) {
                return false;
            }
            node = node.and_then(|node| self.tree.enter_field(node, index));
            schema = message;
            rest = tail;
            if let Some((index, _)) = schema.names().find(rest) {
                if let Some(node) = node {
                    self.tree.add_field(node, index);
                }
                return true;
            }
        }
        false
    }

    #[cold]
    fn add_slowly(&mut self, path: &str, only_stars: bool) -> Result<(), Problem> {
        if path == "*" && self.options.star != Star::Unknown {
            if self.options.star == Star::Alone && !only_stars {
                // Once is enough: the others are the same mistake.
                if std::mem::replace(&mut self.is_star_refused, true) {
                    return Ok(());
                }
                let description = "`*` selects every field: send it alone, or leave it out".to_owned();
                return self.unless_ignored(|| Problem { reason: Reason::InvalidWildcard, description });
            }
            self.tree.select_everything();
            return Ok(());
        }
        match self.traverse(path, None) {
            Ok(()) if self.tree.is_everything() => Ok(()),
            Ok(()) => self.traverse(path, Some(ROOT)).map_err(Refusal::into_problem),
            Err(_) if self.options.unknown == Unknown::Ignore => Ok(()),
            Err(refusal) => Err(self.hinted(refusal)),
        }
    }

    /// Adds to a problem what to write instead, if that can be guessed.
    fn hinted(&mut self, refusal: Refusal<'_>) -> Problem {
        let mut problem = refusal.problem;
        if let Some(unknown) = refusal.unknown
            && self.hints > 0
        {
            self.hints -= 1;
            let hint = unknown.hint(self.resource, |path| self.traverse(path, None).is_ok());
            problem.description.push_str(&hint.unwrap_or_default());
        }
        problem
    }

    fn unless_ignored(&self, problem: impl FnOnce() -> Problem) -> Result<(), Problem> {
        match self.options.unknown {
            Unknown::Refuse => Err(problem()),
            Unknown::Ignore => Ok(()),
        }
    }
}

/// What stands before the first dot, and what behind it.
#[inline]
fn split_at_dot(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name, tail) = text.split_at_checked(find_dot(text)?)?;
    Some((name, tail.get(1..)?))
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
