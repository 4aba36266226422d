//! Diagnostics: errors and warnings with place, cause and remedy.
//!
//! Each pass adds to one [`Diagnostics`] and continues. [`Diagnostics::finish`] is the boundary before output is emitted.
//! Places are descriptor paths, rendered as `file:line:col`. Invisible characters in names and values are escaped.
//!
//! A diagnostic records the position of its constructor call. The test `diagnostics` of the crate `transom-testdata`
//! fails if no case reaches a call.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::panic::Location;

use crate::descriptor::{SourceInfo, Span};
use crate::text::visible;

/// Place of an element: a file and a descriptor path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Origin {
    /// The index of the file in the request.
    pub(crate) file: usize,
    /// The path of the element, as in `SourceCodeInfo.Location.path`; empty for the file.
    pub(crate) path: Vec<i32>,
}

impl Origin {
    /// Returns the place of the element `steps` below this one.
    pub(crate) fn child(&self, steps: &[i32]) -> Self {
        let mut path = self.path.clone();
        path.extend_from_slice(steps);
        Self { file: self.file, path }
    }
}

/// Help for errors that protoc and buf report too. Only an invalid request or descriptor set contains them.
const MALFORMED: &str = "protobuf compilers reject this: create the request or the descriptor set again";

/// Error or warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    origin: Option<Origin>,
    message: String,
    help: String,
    related: Vec<(Origin, String)>,
    /// Position of the constructor call in the source of the generator.
    call: &'static Location<'static>,
}

impl Diagnostic {
    /// Creates a diagnostic for the element at `origin`. The message names the element and has no final dot.
    #[track_caller]
    pub(crate) fn at(origin: &Origin, message: impl Into<String>) -> Self {
        Self {
            origin: Some(origin.clone()),
            message: message.into(),
            help: MALFORMED.to_owned(),
            related: Vec::new(),
            call: Location::caller(),
        }
    }

    /// Creates a diagnostic for the options.
    #[track_caller]
    pub(crate) fn option(message: impl Into<String>) -> Self {
        let call = Location::caller();
        Self { origin: None, message: message.into(), help: String::new(), related: Vec::new(), call }
    }

    /// Sets the remedy.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds a second place that is part of the cause.
    pub(crate) fn related(mut self, origin: &Origin, note: impl Into<String>) -> Self {
        self.related.push((origin.clone(), note.into()));
        self
    }
}

/// All errors and warnings of a run.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

/// File in diagnostics.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The path of the file if it is known, else its name in the request.
    pub(crate) name: String,
    pub(crate) info: SourceInfo,
}

impl Diagnostics {
    /// Adds an error.
    pub(crate) fn error(&mut self, diagnostic: Diagnostic) {
        self.errors.push(diagnostic);
    }

    /// Adds a warning. Warnings do not prevent the output.
    pub(crate) fn warning(&mut self, diagnostic: Diagnostic) {
        self.warnings.push(diagnostic);
    }

    /// Adds all diagnostics of another collection.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.errors.append(&mut other.errors);
        self.warnings.append(&mut other.warnings);
    }

    /// Returns the rendered errors sorted by file and line, if there is one.
    pub(crate) fn finish(&self, sources: &[Source]) -> Result<(), String> {
        let errors = render(&self.errors, "error", sources);
        if errors.is_empty() { Ok(()) } else { Err(errors.join("\n")) }
    }

    /// Returns the positions of the constructor calls of all diagnostics, as `file:line`.
    pub(crate) fn calls(&self) -> impl Iterator<Item = String> {
        let all = self.errors.iter().chain(&self.warnings);
        all.map(|diagnostic| format!("{}:{}", diagnostic.call.file(), diagnostic.call.line()))
    }

    /// Returns the rendered warnings, sorted by file and line.
    pub(crate) fn warnings(&self, sources: &[Source]) -> Vec<String> {
        render(&self.warnings, "warning", sources)
    }
}

/// Renders diagnostics of one severity, sorted by file and line, without duplicates.
fn render(diagnostics: &[Diagnostic], severity: &str, sources: &[Source]) -> Vec<String> {
    let mut places = Places { sources, spans: HashMap::new() };
    let mut rendered: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| {
            let key = diagnostic.origin.as_ref().map(|origin| (origin.file, places.span(origin), origin.path.clone()));
            (key, places.render(diagnostic, severity))
        })
        .collect();
    rendered.sort();
    rendered.dedup();
    rendered.into_iter().map(|(_, text)| text).collect()
}

/// Look-up of spans. The source info of a file is decoded once.
struct Places<'a> {
    sources: &'a [Source],
    spans: HashMap<usize, HashMap<Vec<i32>, Span>>,
}

impl Places<'_> {
    /// Returns the span of the element, or of the innermost element around it that has a span.
    fn span(&mut self, origin: &Origin) -> Option<Span> {
        let sources = self.sources;
        let spans = self
            .spans
            .entry(origin.file)
            .or_insert_with(|| sources.get(origin.file).map(|source| source.info.spans()).unwrap_or_default());
        (1..=origin.path.len()).rev().find_map(|length| spans.get(&origin.path[..length]).copied())
    }

    fn place(&mut self, origin: &Origin) -> String {
        let name = self.sources.get(origin.file).map_or("<unnamed file>", |source| source.name.as_str());
        let name = visible(name);
        match self.span(origin) {
            Some(Span { line, column }) => format!("{name}:{line}:{column}"),
            None => name.into_owned(),
        }
    }

    fn render(&mut self, diagnostic: &Diagnostic, severity: &str) -> String {
        let message = visible(&diagnostic.message);
        let mut text = match &diagnostic.origin {
            Some(origin) => format!("{}: {severity}: {message}", self.place(origin)),
            None => format!("{severity}: {message}"),
        };
        for (origin, note) in &diagnostic.related {
            let place = self.place(origin);
            let _ = write!(text, "\n  {place}: {}", visible(note));
        }
        if !diagnostic.help.is_empty() {
            let _ = write!(text, "\n  help: {}", visible(&diagnostic.help));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        // Location { path: [4, 0], span: [6, 2, 10] }
        let location = [0x0a, 9, 0x0a, 2, 4, 0, 0x12, 3, 6, 2, 10];
        Source { name: "a.proto".to_owned(), info: SourceInfo::new(bytes::Bytes::copy_from_slice(&location)) }
    }

    #[test]
    fn finish_renders_place_cause_and_remedy() {
        let mut diagnostics = Diagnostics::default();
        let message = Origin { file: 0, path: vec![4, 0] };
        diagnostics.error(Diagnostic::at(&message.child(&[2, 3]), "field is odd").help("make it even"));
        diagnostics.error(Diagnostic::option("unknown option \"x\""));
        let rendered = diagnostics.finish(&[source()]).unwrap_err();
        assert_eq!(rendered, "error: unknown option \"x\"\na.proto:7:3: error: field is odd\n  help: make it even");
    }

    #[test]
    fn finish_renders_file_without_source_info() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.error(Diagnostic::at(&Origin { file: 0, path: vec![6, 0] }, "no"));
        let rendered = diagnostics.finish(&[source()]).unwrap_err();
        assert_eq!(rendered, format!("a.proto: error: no\n  help: {MALFORMED}"));
    }
}
