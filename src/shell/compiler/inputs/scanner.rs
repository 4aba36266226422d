//! Scanner for the facts about a proto file that are needed before a backend reads it: package, edition and nesting.
//!
//! It is not a parser. For a file with syntax errors it returns nothing, and the backend reports the errors.

use super::super::message::Position;

/// Statements before the first definition.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Head {
    pub(in super::super) edition: Option<Edition>,
    /// The segments of the package; empty without a package.
    pub(in super::super) package: Vec<String>,
}

/// Edition statement, such as `edition = "2023";`.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Edition {
    /// The edition, such as `2023`.
    pub(in super::super) value: String,
    pub(in super::super) position: Position,
}

/// Scans the statements before the first definition.
pub(in super::super) fn head(source: &str) -> Head {
    let mut head = Head::default();
    let mut statement = Vec::new();
    let mut tokens = Tokens { rest: source };
    let mut start = 0;
    while let Some(token) = tokens.next() {
        if statement.is_empty() {
            start = source.len() - tokens.rest.len() - token.len();
        }
        if token != ";" {
            statement.push(token);
            if let ["message" | "enum" | "service" | "extend" | "export" | "local"] = statement[..] {
                break;
            }
            continue;
        }
        match statement[..] {
            ["edition", "=", value] => {
                head.edition = Some(Edition {
                    value: value.trim_matches(['"', '\'']).to_owned(),
                    position: position(source, start),
                });
            }
            ["package", ref parts @ ..] => {
                head.package = parts.iter().filter(|part| **part != ".").map(|part| (*part).to_owned()).collect();
            }
            _ => {}
        }
        statement.clear();
    }
    head
}

/// Returns the first position with more than `limit` open brackets.
pub(in super::super) fn deeper_than(limit: usize, source: &str) -> Option<Position> {
    let mut depth = 0_usize;
    let mut tokens = Tokens { rest: source };
    while let Some(token) = tokens.next() {
        match token {
            "{" | "[" | "(" | "<" => depth += 1,
            "}" | "]" | ")" | ">" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return Some(position(source, source.len() - tokens.rest.len() - token.len()));
        }
    }
    None
}

fn position(source: &str, offset: usize) -> Position {
    let before = source.get(..offset).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position { line: count(before.matches('\n').count() + 1), column: count(line.chars().count() + 1) }
}

/// Tokens of a source: words, quoted strings and single punctuation marks. Comments are skipped.
struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (token, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        token
    }

    fn skip_blank(&mut self) {
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            if self.rest.starts_with("//") {
                let end = self.rest.find('\n').unwrap_or(self.rest.len());
                self.take(end);
            } else if self.rest.starts_with("/*") {
                let end = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
                self.take(end);
            } else {
                return;
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.skip_blank();
        let first = self.rest.chars().next()?;
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if is_word(first) {
            self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len())
        } else if first == '"' || first == '\'' {
            quoted_length(self.rest, first)
        } else {
            first.len_utf8()
        };
        Some(self.take(length))
    }
}

fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Option<String>, String) {
        let Head { edition, package } = head(source);
        (edition.map(|edition| edition.value), package.join("."))
    }

    #[test]
    fn head_has_package_and_edition() {
        assert_eq!(
            read("// x; package no;\nedition = '2023';\npackage a . b.c ;\nmessage package {}"),
            (Some("2023".to_owned()), "a.b.c".to_owned())
        );
        assert_eq!(
            read("\u{feff}/* edition = \"2024\"; */ syntax = \"proto3\"; package shop;"),
            (None, "shop".to_owned())
        );
    }

    #[test]
    fn head_has_position_of_edition() {
        let edition = head("/* a\n b */ // c\n  edition = '2023';").edition.unwrap();
        assert_eq!((edition.position.line, edition.position.column), (3, 3));
    }

    #[test]
    fn head_ignores_statements_after_first_definition() {
        assert_eq!(read("message M { } package late;"), (None, String::new()));
    }

    #[test]
    fn head_ignores_statements_in_strings() {
        assert_eq!(
            read(r#"option x = "; package wrong; \"; package wrong;"; package right;"#),
            (None, "right".to_owned())
        );
    }

    #[test]
    fn deeper_than_ignores_strings_and_comments() {
        assert_eq!(deeper_than(3, "message A { /* { */ string s = 1 [(x) = '{{{{']; // {{{\n}"), None);
        assert_eq!(deeper_than(2, "{}{}{}}}}[<\n (>"), Some(Position { line: 2, column: 2 }));
    }

    #[test]
    fn head_of_broken_source_is_empty() {
        for source in ["", "/*", "\"", "'\\", "package", "package ;", "\u{1f980}"] {
            assert_eq!(read(source), (None, String::new()), "{source:?}");
        }
    }
}
