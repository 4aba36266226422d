//! `order_by` from text; the grammar stands in [`super`].

use std::borrow::Cow;

use super::term::Terms;
use super::{Direction, OrderByOptions, Term};
use crate::field_path::FieldPath;
use crate::fields::{FieldSchema, Fields, Kind, Schema, Shape};
use crate::violation::{Reason, Violation, Violations, quoted};

/// What is wrong, and where: a position in bytes.
struct Problem {
    at: usize,
    reason: Reason,
    description: String,
}

/// Parses the text and checks every field of it.
pub(super) fn parse<F: Fields>(
    text: &str,
    root: &'static Schema,
    options: &OrderByOptions<F>,
) -> Result<Terms, Violations> {
    let refuse = |problems: Vec<Problem>| {
        let list = problems.into_iter().map(|Problem { at, reason, description }| Violation {
            field: options.field.to_string(),
            description: format!("at {at}: {description}"),
            reason,
        });
        Violations::check(root.name(), list.collect())
    };
    if text.len() > options.max_bytes {
        let description = format!("{} bytes are more than the {} that are read", text.len(), options.max_bytes);
        refuse(vec![Problem { at: options.max_bytes, reason: Reason::LimitExceeded, description }])?;
    }
    let mut terms = Terms::new();
    let mut parser = Parser { text, at: 0 };
    parser.spaces();
    if parser.peek().is_none() {
        return Ok(terms);
    }
    let mut problems = Vec::new();
    for count in 0.. {
        let start = parser.at;
        if count == options.max_terms {
            let description = format!("there are more than the {} fields that are accepted", options.max_terms);
            problems.push(Problem { at: start, reason: Reason::LimitExceeded, description });
            break;
        }
        match parser.clause(root, options, &terms) {
            Ok(term) => terms.push(term),
            Err(problem) => {
                problems.push(problem);
                parser.at = start;
                parser.skip_clause();
            }
        }
        if parser.peek().is_none() {
            break;
        }
        parser.at += 1;
    }
    if !problems.is_empty() {
        refuse(problems)?;
    }
    Ok(terms)
}

/// The term of a field, if the field can be one.
pub(super) fn term(root: &'static Schema, path: FieldPath, direction: Direction) -> Option<Term> {
    let kind = kind(path.last(root)?).ok()?;
    let is_nullable = path.can_be_absent(root);
    Some(Term { path, root, direction, kind, is_nullable })
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

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    /// The next term, up to a comma or the end.
    #[inline]
    fn clause<F: Fields>(
        &mut self,
        root: &'static Schema,
        options: &OrderByOptions<F>,
        terms: &[Term],
    ) -> Result<Term, Problem> {
        self.spaces();
        let start = self.at;
        let mut path = FieldPath::default();
        let mut is_nullable = false;
        let mut schema = root;
        let field = loop {
            let at = self.at;
            let name = self.segment()?;
            let Some((index, field)) = schema.field(&name) else {
                let description = format!("`{}` has no field {}", schema.name(), quoted(&name));
                return Err(Problem { at, reason: Reason::UnknownField, description });
            };
            path.push(index);
            is_nullable |= matches!(field.shape, Shape::Optional | Shape::Oneof(_));
            if self.peek() != Some(b'.') {
                break field;
            }
            schema = match (field.message(), field.shape) {
                (Some(message), Shape::Implicit | Shape::Optional | Shape::Required | Shape::Oneof(_)) => message,
                _ => return Err(unsortable(at, field, "has no one field below it that could be compared")),
            };
            self.at += 1;
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
        if terms.iter().any(|other| other.path == term.path) {
            let description = format!("{} stands here for the second time", quoted(&term.name()));
            return Err(Problem { at: start, reason: Reason::DuplicateField, description });
        }
        Ok(term)
    }

    /// Goes on at the next comma; one in back-ticks separates nothing.
    fn skip_clause(&mut self) {
        let mut is_quoted = false;
        while let Some(byte) = self.peek()
            && (byte != b',' || is_quoted)
        {
            is_quoted ^= byte == b'`';
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// The run of letters, digits and underscores from here.
    fn word(&mut self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.bytes().position(|byte| !WORD[usize::from(byte)]).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    #[inline]
    fn segment(&mut self) -> Result<Cow<'t, str>, Problem> {
        match self.peek() {
            Some(b'`') => self.quoted(),
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => Ok(Cow::Borrowed(self.word())),
            _ => Err(self.unexpected("the name of a field")),
        }
    }

    #[cold]
    fn quoted(&mut self) -> Result<Cow<'t, str>, Problem> {
        let start = self.at + 1;
        let mut end = start;
        let rest = self.text.as_bytes();
        loop {
            match (rest.get(end), rest.get(end + 1)) {
                (Some(b'`'), Some(b'`')) => end += 2,
                (Some(b'`'), _) => break,
                (Some(_), _) => end += 1,
                (None, _) => return Err(self.syntax("the back-tick is never closed".to_owned())),
            }
        }
        let inner = self.text.get(start..end).unwrap_or_default();
        self.at = end + 1;
        Ok(if inner.contains('`') { Cow::Owned(inner.replace("``", "`")) } else { Cow::Borrowed(inner) })
    }

    fn direction(&mut self, accepts_asc: bool) -> Result<Direction, Problem> {
        let after_name = self.at;
        self.spaces();
        if matches!(self.peek(), None | Some(b',')) {
            return Ok(Direction::Ascending);
        }
        if self.at == after_name {
            return Err(self.unexpected("a space, a dot or a comma"));
        }
        let at = self.at;
        let direction = match self.word() {
            "desc" => Direction::Descending,
            "asc" if accepts_asc => Direction::Ascending,
            _ => {
                self.at = at;
                return Err(self.unexpected("`desc` or a comma"));
            }
        };
        self.spaces();
        if matches!(self.peek(), None | Some(b',')) { Ok(direction) } else { Err(self.unexpected("a comma")) }
    }

    #[cold]
    fn unexpected(&self, wanted: &str) -> Problem {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let found = rest.split([' ', ',']).next().unwrap_or_default();
        self.syntax(match found {
            "" => format!("{wanted} is missing"),
            found => format!("{} stands where {wanted} is expected", quoted(found)),
        })
    }

    #[cold]
    fn syntax(&self, description: String) -> Problem {
        Problem { at: self.at, reason: Reason::InvalidSyntax, description }
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
    Problem { at, reason: Reason::UnsupportedField, description }
}
