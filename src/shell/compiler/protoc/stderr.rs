//! Parser for the messages that protoc prints to stderr.
//!
//! protoc prints one message for each line, in one of these forms, where FILE is a path below an include directory or
//! an import name. A line of another form is a message as a whole, so that no message is lost.
//!
//! ```text
//! FILE:LINE:COLUMN: MESSAGE
//! FILE:LINE:COLUMN: warning: MESSAGE
//! FILE: MESSAGE
//! ```

use std::collections::HashSet;
use std::path::PathBuf;

use super::super::inputs::include_dirs::IncludeDirs;
use super::super::message::{CompilerMessage, Position, Severity};

/// Include directories in the arguments of protoc, with the paths that the user gives.
#[derive(Debug, Default)]
pub(super) struct Roots {
    /// Absolute path in the arguments of protoc, and the path that the user gives; `None` for the bundled files.
    roots: Vec<(String, Option<PathBuf>)>,
}

impl Roots {
    pub(super) fn add(&mut self, absolute: String, given: Option<PathBuf>) {
        self.roots.push((absolute, given));
    }

    pub(super) fn absolute(&self) -> impl Iterator<Item = &str> {
        self.roots.iter().map(|(absolute, _)| absolute.as_str())
    }

    /// Returns the path that the user gives for a path that protoc prints.
    fn given_path(&self, file: &str, includes: &IncludeDirs) -> String {
        let below = self.roots.iter().find_map(|(absolute, given)| {
            let rest = file.strip_prefix(absolute.as_str())?;
            let name = rest.strip_prefix(['/', '\\'])?;
            Some((name, given))
        });
        let name = match below {
            Some((name, None)) => return name.to_owned(),
            Some((name, Some(_))) => name,
            None => file,
        };
        includes.find(name).map_or_else(|| file.to_owned(), |path| path.display().to_string())
    }
}

/// Returns `true` if protoc did not find a well-known type.
pub(super) fn lacks_well_known_types(stderr: &[u8]) -> bool {
    String::from_utf8_lossy(stderr).lines().filter_map(missing_file).any(|name| name.starts_with("google/protobuf/"))
}

/// Parses all messages, in the order printed.
pub(super) fn parse(stderr: &[u8], roots: &Roots, includes: &IncludeDirs) -> Vec<CompilerMessage> {
    let text = String::from_utf8_lossy(stderr);
    let imported: HashSet<&str> = text.lines().filter_map(missing_import).collect();
    let missing: HashSet<&str> = text.lines().filter_map(missing_file).collect();
    text.lines()
        .filter(|line| !line.trim().is_empty())
        // The message about the import has the same cause, and a position.
        .filter(|line| missing_file(line).is_none_or(|name| !imported.contains(name)))
        .map(|line| {
            let message = parse_line(line, roots, includes);
            match missing_import(line) {
                Some(name) if missing.contains(name) => import_not_found(message, name),
                _ => message,
            }
        })
        .collect()
}

/// Replaces the text and the help of a message about an import that is in no include directory.
pub(in super::super) fn import_not_found(message: CompilerMessage, name: &str) -> CompilerMessage {
    let help = if name.starts_with("google/protobuf/") {
        "this compiler has no such file; add the include directory of a newer protoc".to_owned()
    } else {
        format!("add the include directory (`-I`) that contains `{name}`")
    };
    CompilerMessage { message: format!("import `{name}` was not found"), ..message.help(help) }
}

/// Returns `NAME` of the line `NAME: File not found.`
fn missing_file(line: &str) -> Option<&str> {
    line.trim_end().strip_suffix(": File not found.")
}

/// Returns `NAME` of the line `FILE:LINE:COLUMN: Import "NAME" was not found or had errors.`
fn missing_import(line: &str) -> Option<&str> {
    let (before, name) = line.trim_end().strip_suffix("\" was not found or had errors.")?.rsplit_once('"')?;
    before.ends_with(": Import ").then_some(name)
}

fn parse_line(line: &str, roots: &Roots, includes: &IncludeDirs) -> CompilerMessage {
    let (place, message) = split(line.trim_end());
    let (severity, message) = match message.strip_prefix("warning: ") {
        Some(message) => (Severity::Warning, message),
        None => (Severity::Error, message.strip_prefix("error: ").unwrap_or(message)),
    };
    CompilerMessage {
        severity,
        file: place.map(|(file, _)| roots.given_path(file, includes)),
        position: place.and_then(|(_, position)| position),
        message: message.strip_suffix('.').unwrap_or(message).to_owned(),
        help: None,
    }
}

/// File and position.
type Place<'a> = (&'a str, Option<Position>);

/// Splits a line into place and message.
fn split(line: &str) -> (Option<Place<'_>>, &str) {
    // The first `:LINE:COLUMN: ` separates them. Both the path and the message may have colons.
    for (at, _) in line.match_indices(':') {
        let (file, rest) = line.split_at(at);
        if let Some((position, message)) = position(rest) {
            return (Some((file, Some(position))), message);
        }
    }
    match line.split_once(": ") {
        Some((file, message)) if file.ends_with(".proto") => (Some((file, None)), message),
        _ => (None, line),
    }
}

/// Parses `:LINE:COLUMN: ` and returns the position and the rest.
fn position(text: &str) -> Option<(Position, &str)> {
    let (line, rest) = text.strip_prefix(':')?.split_once(':')?;
    let (column, message) = rest.split_once(": ")?;
    let position = Position { line: line.parse().ok()?, column: column.parse().ok()? };
    Some((position, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(stderr: &str) -> Vec<String> {
        let mut roots = Roots::default();
        roots.add("/abs/proto".to_owned(), Some(PathBuf::from("proto")));
        roots.add("/tmp/bundle".to_owned(), None);
        parse(stderr.as_bytes(), &roots, &IncludeDirs::default()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn parse_accepts_every_form_of_line() {
        assert_eq!(
            rendered(
                "a.proto:5:46: \"Foo\" is not defined.\n\
                 /tmp/bundle/google/api/http.proto:3:1: warning: Import x.proto is unused.\n\
                 \n\
                 c:\\d.proto: File not found.\n\
                 protoc: out of luck: 1:2\n"
            ),
            [
                "a.proto:5:46: error: \"Foo\" is not defined",
                "google/api/http.proto:3:1: warning: Import x.proto is unused",
                "c:\\d.proto: error: File not found",
                "error: protoc: out of luck: 1:2",
            ]
        );
    }

    #[test]
    fn parse_reports_missing_import_once() {
        assert_eq!(
            rendered(
                "x/nope.proto: File not found.\n\
                 a.proto:4:1: Import \"x/nope.proto\" was not found or had errors.\n\
                 a.proto:5:1: Import \"x/bad.proto\" was not found or had errors.\n"
            ),
            [
                "a.proto:4:1: error: import `x/nope.proto` was not found\n  \
                 help: add the include directory (`-I`) that contains `x/nope.proto`",
                "a.proto:5:1: error: Import \"x/bad.proto\" was not found or had errors",
            ]
        );
    }
}
