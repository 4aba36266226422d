//! Parser of `order_by`. The grammar is in the documentation of the module `order`.

use std::borrow::Cow;

use super::options::OrderByOptions;
use super::term::{Direction, Term, Terms};
use crate::field_path::{FieldPath, MAX_DEPTH, can_be_absent};
use crate::fields::{FieldSchema, Fields, Kind, Schema, Shape};
use crate::text::scanner::Scanner;
use crate::violation::{Hints, Problem, Problems, Reason, Subject, Violations, quoted};

/// Parses a text, checks its fields, and adds its terms to `terms`.
pub(super) fn parse<F: Fields>(
    text: &str,
    root: &'static Schema,
    options: &OrderByOptions<F>,
    terms: &mut Terms,
) -> Result<(), Violations> {
    let subject = Subject::from_schema(root);
    if text.len() > options.max_bytes {
        return Err(Problem::too_long(text.len(), options.max_bytes).refuse(&options.field, subject));
    }
    let mut parser = Parser(Scanner::new(text));
    parser.spaces();
    if parser.0.peek().is_none() {
        return Ok(());
    }
    let mut problems = Problems::default();
    for count in 0.. {
        let start = parser.0.at;
        if count == options.max_terms {
            let description = format!("there are more than {} fields", options.max_terms);
            problems.push(Problem::new(start, Reason::LimitExceeded, description));
            break;
        }
        match parser.clause(root, options, terms, problems.hints()) {
            Ok(term) => terms.push(term),
            Err(problem) => {
                problems.push(problem);
                parser.0.at = start;
                parser.skip_clause();
            }
        }
        if parser.0.peek().is_none() {
            break;
        }
        parser.0.at += 1;
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.refuse(&options.field, subject)) }
}

/// Creates the term of a field, or returns the reason for which the field is not sortable.
pub(super) fn sortable_term(
    root: &'static Schema,
    path: &FieldPath,
    direction: Direction,
) -> Result<Term, &'static str> {
    let kind = sortable_kind(path.last(root).ok_or("is not a field")?)?;
    Ok(Term { path: path.clone(), root, direction, kind, is_nullable: path.can_be_absent(root) })
}

/// Bytes of names. A table costs one look-up for each byte, and most bytes of an order are in names.
static WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

struct Parser<'t>(Scanner<'t>);

impl<'t> Parser<'t> {
    /// Parses the next term, up to a comma or the end.
    #[inline]
    fn clause<F: Fields>(
        &mut self,
        root: &'static Schema,
        options: &OrderByOptions<F>,
        terms: &[Term],
        hints: &Hints,
    ) -> Result<Term, Problem> {
        self.spaces();
        let start = self.0.at;
        let mut path = FieldPath::default();
        let mut schema = root;
        let (mut is_nullable, mut depth) = (false, 0);
        let field = loop {
            let at = self.0.at;
            let name = self.segment()?;
            let found = schema.field(&name).filter(|(index, field)| {
                path.push(*index);
                path.is_visible(field, options.sortable.as_deref())
            });
            let Some((_, field)) = found else {
                path.truncate(depth);
                let fields = path.visible_names(schema, options.sortable.as_deref());
                return Err(Problem::no_field(at, schema.name(), &name, fields, hints));
            };
            if depth == MAX_DEPTH {
                return Err(Problem::too_deep(at));
            }
            depth += 1;
            is_nullable |= can_be_absent(field);
            if self.0.peek() != Some(b'.') {
                break field;
            }
            schema = match (field.message(), field.shape) {
                (Some(message), Shape::Implicit | Shape::Optional | Shape::Required | Shape::Oneof(_)) => message,
                _ => return Err(unsortable(at, field, "has no single field below it")),
            };
            self.0.at += 1;
        };
        let kind = sortable_kind(field).map_err(|why| unsortable(start, field, why))?;
        match kind {
            Kind::Bool if !options.accepts_bools => return Err(unsortable(start, field, "is `bool`")),
            Kind::Bytes if !options.accepts_bytes => return Err(unsortable(start, field, "is `bytes`")),
            _ => {}
        }
        if options.sortable.as_ref().is_some_and(|sortable| !sortable.contains(&path)) {
            return Err(unsortable(start, field, "is not one of the sortable fields"));
        }
        let direction = self.direction(options.accepts_asc)?;
        let term = Term { path, root, direction, kind, is_nullable };
        if terms.iter().any(|other| other.path.is_same(&term.path)) {
            let description = format!("{} appears a second time", quoted(&term.name()));
            return Err(Problem::new(start, Reason::DuplicateField, description));
        }
        Ok(term)
    }

    /// Skips to the next comma outside of back-ticks.
    fn skip_clause(&mut self) {
        let mut is_quoted = false;
        self.0.skip_while(|byte| {
            is_quoted ^= byte == b'`';
            byte != b',' || is_quoted
        });
    }

    #[inline]
    fn spaces(&mut self) {
        self.0.skip_while(|byte| byte == b' ');
    }

    /// Parses letters, digits and underscores.
    #[inline]
    fn word(&mut self) -> &'t str {
        let start = self.0.at;
        self.0.skip_while(|byte| WORD[usize::from(byte)]);
        self.0.since(start)
    }

    #[inline]
    fn segment(&mut self) -> Result<Cow<'t, str>, Problem> {
        match self.0.peek() {
            Some(b'`') => self.quoted(),
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => Ok(Cow::Borrowed(self.word())),
            _ => Err(self.unexpected("the name of a field")),
        }
    }

    #[cold]
    fn quoted(&mut self) -> Result<Cow<'t, str>, Problem> {
        let start = self.0.at + 1;
        let mut end = start;
        let bytes = self.0.text.as_bytes();
        loop {
            match (bytes.get(end), bytes.get(end + 1)) {
                (Some(b'`'), Some(b'`')) => end += 2,
                (Some(b'`'), _) => break,
                (Some(_), _) => end += 1,
                (None, _) => return Err(self.0.syntax("the back-tick is not closed")),
            }
        }
        let inner = self.0.text.get(start..end).unwrap_or_default();
        self.0.at = end + 1;
        Ok(if inner.contains('`') { Cow::Owned(inner.replace("``", "`")) } else { Cow::Borrowed(inner) })
    }

    fn direction(&mut self, accepts_asc: bool) -> Result<Direction, Problem> {
        let after_name = self.0.at;
        self.spaces();
        if matches!(self.0.peek(), None | Some(b',')) {
            return Ok(Direction::Ascending);
        }
        if self.0.at == after_name {
            return Err(self.unexpected("a space, a dot or a comma"));
        }
        let at = self.0.at;
        let direction = match self.word() {
            "desc" => Direction::Descending,
            "asc" if accepts_asc => Direction::Ascending,
            _ => {
                self.0.at = at;
                return Err(self.unexpected("`desc` or a comma"));
            }
        };
        self.spaces();
        if matches!(self.0.peek(), None | Some(b',')) { Ok(direction) } else { Err(self.unexpected("a comma")) }
    }

    #[cold]
    fn unexpected(&self, expected: &str) -> Problem {
        let found = self.0.rest_text().split([' ', ',']).next().unwrap_or_default();
        self.0.unexpected(found, expected)
    }
}

/// Returns the kind of the values of a field, or the reason for which the field is not sortable.
fn sortable_kind(field: &FieldSchema) -> Result<Kind, &'static str> {
    match (field.shape, field.kind) {
        (Shape::Repeated, _) => Err("is a list"),
        (Shape::Map(_), _) => Err("is a map"),
        (_, Kind::Message(_)) => Err("is a message: use one of its fields"),
        (_, Kind::Opaque(_)) => Err("is a message without an order"),
        (_, Kind::Wrapper(kind)) => Ok(*kind),
        (_, kind) => Ok(kind),
    }
}

#[cold]
fn unsortable(at: usize, field: &FieldSchema, why: &str) -> Problem {
    let description = format!("the list cannot be sorted by `{}`, which {why}", field.name);
    Problem::new(at, Reason::UnsupportedField, description)
}
