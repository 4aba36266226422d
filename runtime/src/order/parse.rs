//! `order_by` from text; the grammar stands in [`super`].

use std::borrow::Cow;

use super::term::Terms;
use super::{Direction, OrderByOptions, Term};
use crate::field_path::{FieldPath, MAX_DEPTH, can_be_absent};
use crate::fields::{FieldSchema, Fields, Kind, Schema, Shape};
use crate::scanner::Scanner;
use crate::violation::{Hints, Problem, Problems, Reason, Subject, Violations, quoted};

/// Parses the text and checks every field of it. The terms are added where they are to stay.
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
            let description = format!("there are more than the {} fields that are accepted", options.max_terms);
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

/// The term of a field, or why it is not sortable.
pub(super) fn term(root: &'static Schema, path: &FieldPath, direction: Direction) -> Result<Term, &'static str> {
    let kind = kind(path.last(root).ok_or("is no field")?)?;
    Ok(Term { path: path.clone(), root, direction, kind, is_nullable: path.can_be_absent(root) })
}

/// The bytes of names. A look-up is what a byte costs, and names are most of an order.
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
    /// The next term, up to a comma or the end.
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
                path.is_open(field, options.sortable.as_deref())
            });
            let Some((_, field)) = found else {
                path.truncate(depth);
                let fields = path.open_names(schema, options.sortable.as_deref());
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
                _ => return Err(unsortable(at, field, "has no one field below it that could be compared")),
            };
            self.0.at += 1;
        };
        let kind = kind(field).map_err(|why| unsortable(start, field, why))?;
        match kind {
            Kind::Bool if !options.accepts_bools => return Err(unsortable(start, field, "is `bool`")),
            Kind::Bytes if !options.accepts_bytes => return Err(unsortable(start, field, "is `bytes`")),
            _ => {}
        }
        if options.sortable.as_ref().is_some_and(|sortable| !sortable.contains(&path)) {
            return Err(unsortable(start, field, "is not among the fields that can be sorted by"));
        }
        let direction = self.direction(options.accepts_asc)?;
        let term = Term { path, root, direction, kind, is_nullable };
        if terms.iter().any(|other| other.path.is(&term.path)) {
            let description = format!("{} stands here for the second time", quoted(&term.name()));
            return Err(Problem::new(start, Reason::DuplicateField, description));
        }
        Ok(term)
    }

    /// Goes on at the next comma; one in back-ticks separates nothing.
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

    /// The run of letters, digits and underscores from here.
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
                (None, _) => return Err(self.0.syntax("the back-tick is never closed")),
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
    fn unexpected(&self, wanted: &str) -> Problem {
        let found = self.0.rest_text().split([' ', ',']).next().unwrap_or_default();
        self.0.unexpected(found, wanted)
    }
}

/// What the values of a sortable field are, or why it is not sortable.
fn kind(field: &FieldSchema) -> Result<Kind, &'static str> {
    match (field.shape, field.kind) {
        (Shape::Repeated, _) => Err("is a list"),
        (Shape::Map(_), _) => Err("is a map"),
        (_, Kind::Message(_)) => Err("is a message: name a field of it"),
        (_, Kind::Opaque(_)) => Err("is a message without an order"),
        (_, Kind::Wrapper(kind)) => Ok(*kind),
        (_, kind) => Ok(kind),
    }
}

#[cold]
fn unsortable(at: usize, field: &FieldSchema, why: &str) -> Problem {
    let description = format!("there is no order by `{}`, which {why}", field.name);
    Problem::new(at, Reason::UnsupportedField, description)
}
