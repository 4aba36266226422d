//! Parser of filters. The grammar is in the documentation of the module `filter`.

use smallvec::SmallVec;

use super::tree::{Argument, Call, Comparable, Comparator, Comparison, Member, Node, Part, Restriction};
use crate::text::scanner::Scanner;
use crate::violation::{Problem, Reason};

/// Limits of a filter.
#[derive(Debug, Clone, Copy)]
pub(in crate::filter) struct Limits {
    /// Maximum length of the text, in bytes.
    pub(in crate::filter) bytes: usize,
    /// Maximum number of open parentheses.
    pub(in crate::filter) depth: usize,
    /// Maximum number of restrictions.
    pub(in crate::filter) terms: usize,
}

/// Parses a filter. Returns `None` for the empty filter.
pub(in crate::filter) fn parse(text: &str, limits: Limits) -> Result<Option<Node<'_>>, Problem> {
    if text.len() > limits.bytes {
        return Err(Problem::too_long(text.len(), limits.bytes));
    }
    let mut parser = Parser { scanner: Scanner::new(text), depth: 0, terms: 0, is_in_argument: false, limits };
    parser.spaces();
    if parser.scanner.peek().is_none() {
        return Ok(None);
    }
    let node = parser.expression()?;
    parser.spaces();
    match parser.scanner.peek() {
        None => Ok(Some(node)),
        Some(_) => Err(parser.unexpected("white space or the end")),
    }
}

struct Parser<'t> {
    scanner: Scanner<'t>,
    /// Number of open parentheses.
    depth: usize,
    /// Number of restrictions so far.
    terms: usize,
    /// Whether the parser is inside of the parentheses of an argument.
    is_in_argument: bool,
    limits: Limits,
}

impl<'t> Parser<'t> {
    fn expression(&mut self) -> Result<Node<'t>, Problem> {
        let first = self.sequence()?;
        self.operands("AND", first, Self::sequence, Node::All)
    }

    fn sequence(&mut self) -> Result<Node<'t>, Problem> {
        let mut operands = Operands::new(self.factor()?);
        loop {
            let end = self.scanner.at;
            let is_next = self.spaces()
                && !matches!(self.scanner.peek(), None | Some(b')'))
                && !self.is_keyword("AND")
                && !self.is_keyword("OR");
            if !is_next {
                self.scanner.at = end;
                return Ok(operands.combined(Node::All));
            }
            operands.push(self.factor()?);
        }
    }

    fn factor(&mut self) -> Result<Node<'t>, Problem> {
        let first = self.term()?;
        self.operands("OR", first, Self::term, Node::Any)
    }

    /// Parses the operator and the operands after the first one.
    fn operands(
        &mut self,
        operator: &str,
        first: Node<'t>,
        operand: fn(&mut Self) -> Result<Node<'t>, Problem>,
        combine: fn(Vec<Node<'t>>) -> Node<'t>,
    ) -> Result<Node<'t>, Problem> {
        let mut operands = Operands::new(first);
        loop {
            let end = self.scanner.at;
            if !(self.spaces() && self.is_keyword(operator)) {
                self.scanner.at = end;
                return Ok(operands.combined(combine));
            }
            self.scanner.at += operator.len();
            self.spaces();
            operands.push(operand(self)?);
        }
    }

    fn term(&mut self) -> Result<Node<'t>, Problem> {
        let is_negated = if self.is_keyword("NOT") {
            self.scanner.at += 3;
            self.spaces();
            true
        } else {
            !self.is_negative_number() && self.scanner.skip(b'-')
        };
        let simple = if self.scanner.peek() == Some(b'(') { self.composite()? } else { self.restriction()? };
        Ok(if is_negated { Node::Not(Box::new(simple)) } else { simple })
    }

    fn composite(&mut self) -> Result<Node<'t>, Problem> {
        self.open()?;
        let node = self.expression()?;
        self.close()?;
        Ok(node)
    }

    /// Parses an opening parenthesis. The limit on open parentheses bounds the stack of the parser.
    fn open(&mut self) -> Result<(), Problem> {
        if self.depth == self.limits.depth {
            let description = format!("there are more than {} open parentheses", self.limits.depth);
            return Err(Problem::new(self.scanner.at, Reason::LimitExceeded, description));
        }
        self.depth += 1;
        self.scanner.at += 1;
        self.spaces();
        Ok(())
    }

    fn close(&mut self) -> Result<(), Problem> {
        self.spaces();
        if !self.scanner.skip(b')') {
            return Err(self.unexpected("`)`"));
        }
        self.depth -= 1;
        Ok(())
    }

    fn restriction(&mut self) -> Result<Node<'t>, Problem> {
        if self.terms == self.limits.terms {
            let description = format!("there are more than {} restrictions", self.limits.terms);
            return Err(Problem::new(self.scanner.at, Reason::LimitExceeded, description));
        }
        self.terms += 1;
        let left = self.comparable()?;
        let end = self.scanner.at;
        self.spaces();
        let at = self.scanner.at;
        let Some(comparator) = self.comparator() else {
            self.scanner.at = end;
            return Ok(Node::Restriction(Restriction { left, comparison: None }));
        };
        self.spaces();
        let argument = self.argument()?;
        Ok(Node::Restriction(Restriction { left, comparison: Some(Comparison { comparator, at, argument }) }))
    }

    fn comparator(&mut self) -> Option<Comparator> {
        let (comparator, length) = match (self.scanner.peek()?, self.scanner.text.as_bytes().get(self.scanner.at + 1)) {
            (b'<', Some(b'=')) => (Comparator::LessOrEqual, 2),
            (b'<', _) => (Comparator::Less, 1),
            (b'>', Some(b'=')) => (Comparator::GreaterOrEqual, 2),
            (b'>', _) => (Comparator::Greater, 1),
            (b'!', Some(b'=')) => (Comparator::NotEqual, 2),
            (b'=', _) => (Comparator::Equal, 1),
            (b':', _) => (Comparator::Has, 1),
            _ => return None,
        };
        self.scanner.at += length;
        Some(comparator)
    }

    fn comparable(&mut self) -> Result<Comparable<'t>, Problem> {
        let start = self.scanner.at;
        let mut parts = SmallVec::new();
        self.scanner.at += usize::from(self.is_negative_number());
        loop {
            let is_first = parts.is_empty();
            let part = self.part("the name of a field or a value")?;
            let is_name = self.scanner.peek() == Some(b'(');
            if is_first && !is_name && is_keyword(&part) {
                self.scanner.at = start;
                return Err(self
                    .scanner
                    .syntax(format!("`{}` is an operator: put it in quotes to use it as a value", part.text)));
            }
            parts.push(part);
            if is_name {
                return self.call(start, &parts).map(Comparable::Call);
            }
            if !self.scanner.skip(b'.') {
                let source = self.scanner.since(start);
                return Ok(Comparable::Member(Member { parts, source }));
            }
        }
    }

    fn call(&mut self, start: usize, names: &[Part<'t>]) -> Result<Call<'t>, Problem> {
        if let Some(part) = names.iter().find(|part| part.is_quoted) {
            self.scanner.at = part.at;
            return Err(self.scanner.syntax("the name of a function must not be in quotes"));
        }
        let name = self.scanner.since(start);
        self.open()?;
        let mut arguments = Vec::new();
        if self.scanner.peek() != Some(b')') {
            arguments.push(self.argument()?);
            self.spaces();
            while self.scanner.skip(b',') {
                self.spaces();
                arguments.push(self.argument()?);
                self.spaces();
            }
        }
        self.close()?;
        Ok(Call { at: start, name, arguments })
    }

    fn argument(&mut self) -> Result<Argument<'t>, Problem> {
        let at = self.scanner.at;
        match self.scanner.peek() {
            Some(b'(') => {
                let is_in_argument = std::mem::replace(&mut self.is_in_argument, true);
                let node = Box::new(self.composite()?);
                self.is_in_argument = is_in_argument;
                Ok(Argument::Composite { at, node })
            }
            Some(b'"' | b'\'') => {
                let Part { text, .. } = self.string()?;
                Ok(Argument::Quoted { at, text })
            }
            Some(b'-') if !self.scanner.text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit) => {
                Err(self.scanner.syntax("a `-` in a value must come before a digit: put other text in quotes"))
            }
            _ => self.plain_argument(),
        }
    }

    /// Parses text without quotes, in which dots and colons are part of the text; or a path, or a call.
    fn plain_argument(&mut self) -> Result<Argument<'t>, Problem> {
        let at = self.scanner.at;
        // A path has no sign, and no colon.
        let mut can_be_path = !self.scanner.skip(b'-');
        let mut is_plain = true;
        let mut parts: SmallVec<[Part<'t>; 3]> = SmallVec::new();
        loop {
            let part = self.part("a value")?;
            parts.push(part);
            if self.scanner.peek() == Some(b'(') {
                return self.call(at, &parts).map(Argument::Call);
            }
            if part.is_quoted && (!can_be_path || parts.len() == 1) {
                return Err(quote_whole_value(part.at));
            }
            is_plain &= !part.is_quoted;
            if self.scanner.skip(b'.') {
                continue;
            }
            if !self.scanner.skip(b':') {
                break;
            }
            can_be_path = false;
        }
        if !is_plain {
            let member = Member { parts, source: self.scanner.since(at) };
            return if can_be_path {
                Ok(Argument::Path(Box::new(member)))
            } else {
                Err(quote_whole_value(member.quoted_at()))
            };
        }
        if let [part] = parts.as_slice()
            && is_keyword(part)
        {
            self.scanner.at = at;
            return Err(self
                .scanner
                .syntax(format!("`{}` is an operator: put it in quotes to use it as a value", part.text)));
        }
        Ok(Argument::Plain { at, text: self.scanner.since(at) })
    }

    /// Returns `true` if the next byte is a `-` that is a sign, not a negation.
    fn is_negative_number(&self) -> bool {
        self.is_in_argument && matches!(self.scanner.rest(), [b'-', digit, ..] if digit.is_ascii_digit())
    }

    /// Parses `TEXT` or `STRING`.
    fn part(&mut self, expected: &str) -> Result<Part<'t>, Problem> {
        if matches!(self.scanner.peek(), Some(b'"' | b'\'')) {
            return self.string();
        }
        let at = self.scanner.at;
        if self.scanner.peek() != Some(b'-') {
            self.scanner.skip_while(is_text);
        }
        match self.scanner.since(at) {
            "" => Err(self.unexpected(expected)),
            text => Ok(Part { at, text, is_quoted: false }),
        }
    }

    fn string(&mut self) -> Result<Part<'t>, Problem> {
        let at = self.scanner.at;
        let mark = self.scanner.peek();
        self.scanner.at += 1;
        let start = self.scanner.at;
        loop {
            match self.scanner.peek() {
                None => {
                    self.scanner.at = at;
                    return Err(self.scanner.syntax("the quote is not closed"));
                }
                // The databases treat this character differently.
                Some(0) => return Err(self.scanner.syntax("text must not contain the character NUL")),
                Some(b'\\') => self.scanner.at += 2,
                byte if byte == mark => break,
                Some(_) => self.scanner.at += 1,
            }
        }
        let text = self.scanner.since(start);
        self.scanner.at += 1;
        Ok(Part { at, text, is_quoted: true })
    }

    /// Skips white space, and returns `true` if there was any.
    fn spaces(&mut self) -> bool {
        self.scanner.skip_while(is_space) > 0
    }

    /// Returns `true` if the operator is next: a whole word, followed by white space or the end.
    fn is_keyword(&self, word: &str) -> bool {
        self.scanner
            .rest()
            .strip_prefix(word.as_bytes())
            .is_some_and(|rest| rest.first().is_none_or(|byte| is_space(*byte)))
    }

    #[cold]
    fn unexpected(&self, expected: &str) -> Problem {
        let rest = self.scanner.rest_text();
        let word = rest.split(|character: char| character.is_ascii_whitespace()).next().unwrap_or_default();
        self.scanner.unexpected(if word.is_empty() { rest.get(..1).unwrap_or_default() } else { word }, expected)
    }
}

/// Operands of one operator. A single operand is returned as it is.
struct Operands<'t> {
    first: Option<Node<'t>>,
    list: Vec<Node<'t>>,
}

impl<'t> Operands<'t> {
    fn new(first: Node<'t>) -> Self {
        Self { first: Some(first), list: Vec::new() }
    }

    fn push(&mut self, node: Node<'t>) {
        self.list.extend(self.first.take());
        self.list.push(node);
    }

    fn combined(self, combine: fn(Vec<Node<'t>>) -> Node<'t>) -> Node<'t> {
        match self.first {
            Some(only) => only,
            None => combine(self.list),
        }
    }
}

/// Returns the violation of a value of which only a part is in quotes.
#[cold]
pub(in crate::filter) fn quote_whole_value(at: usize) -> Problem {
    Problem::new(at, Reason::InvalidSyntax, "put the whole value in quotes")
}

fn is_keyword(part: &Part<'_>) -> bool {
    !part.is_quoted && matches!(part.text, "AND" | "OR" | "NOT")
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Returns `true` for the bytes of `TEXT`. Bytes of characters beyond ASCII are text.
fn is_text(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, 0 | b'.' | b',' | b'(' | b')' | b'=' | b'<' | b'>' | b'!' | b':' | b'"' | b'\'')
}
