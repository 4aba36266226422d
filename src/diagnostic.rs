//! Diagnostics: what is wrong, where, and what to do about it.
//!
//! Every pass adds to one [`Diagnostics`] and goes on; [`Diagnostics::finish`] is the boundary before anything is
//! emitted. Places are descriptor paths until they are rendered as `file:line:col`. Names and values from protos and
//! options are rendered with their invisible characters escaped.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::descriptor::{SourceInfo, Span};
use crate::text::visible;

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Origin {
    /// The index of the file in the request.
    pub(crate) file: usize,
    /// The path of the element as `SourceCodeInfo.Location.path` writes it; empty for the file itself.
    pub(crate) path: Vec<i32>,
}

impl Origin {
    /// The element `steps` below this one.
    pub(crate) fn child(&self, steps: &[i32]) -> Self {
        let mut path = self.path.clone();
        path.extend_from_slice(steps);
        Self { file: self.file, path }
    }
}

/// What to do about something that protoc and buf refuse, so that only a broken or hand-made request can hold it.
const MALFORMED: &str = "no protobuf compiler lets this through: make the request or the descriptor set anew";

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    origin: Option<Origin>,
    message: String,
    help: String,
    related: Vec<(Origin, String)>,
}

impl Diagnostic {
    /// Something is wrong with the element at `origin`. The message names the element and ends without a dot.
    pub(crate) fn at(origin: &Origin, message: impl Into<String>) -> Self {
        Self { origin: Some(origin.clone()), message: message.into(), help: MALFORMED.to_owned(), related: Vec::new() }
    }

    /// Something is wrong with the plugin's options.
    pub(crate) fn option(message: impl Into<String>) -> Self {
        Self { origin: None, message: message.into(), help: String::new(), related: Vec::new() }
    }

    /// Says what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Names a second place that takes part in the problem.
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

/// A file as far as diagnostics need it.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The file as the user can open it: its path where that is known, else its name in the request.
    pub(crate) name: String,
    /// Its source info.
    pub(crate) info: SourceInfo,
}

impl Diagnostics {
    /// Adds an error; the caller goes on.
    pub(crate) fn error(&mut self, diagnostic: Diagnostic) {
        self.errors.push(diagnostic);
    }

    /// Adds a warning: the run goes on, and its output is used.
    pub(crate) fn warning(&mut self, diagnostic: Diagnostic) {
        self.warnings.push(diagnostic);
    }

    /// Adds all findings of a part that was worked on apart.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.errors.append(&mut other.errors);
        self.warnings.append(&mut other.warnings);
    }

    /// Ends a phase: returns the rendered errors, in the order of files and lines, if there are any.
    pub(crate) fn finish(&self, sources: &[Source]) -> Result<(), String> {
        let errors = render(&self.errors, "error", sources);
        if errors.is_empty() { Ok(()) } else { Err(errors.join("\n")) }
    }

    /// Returns the rendered warnings, in the order of files and lines.
    pub(crate) fn warnings(&self, sources: &[Source]) -> Vec<String> {
        render(&self.warnings, "warning", sources)
    }
}

/// Renders findings of one severity, in the order of files and lines, each once.
fn render(findings: &[Diagnostic], severity: &str, sources: &[Source]) -> Vec<String> {
    let mut places = Places { sources, spans: HashMap::new() };
    let mut rendered: Vec<_> = findings
        .iter()
        .map(|finding| {
            let key = finding.origin.as_ref().map(|origin| (origin.file, places.span(origin), origin.path.clone()));
            (key, places.render(finding, severity))
        })
        .collect();
    rendered.sort();
    rendered.dedup();
    rendered.into_iter().map(|(_, text)| text).collect()
}

/// Finds spans, reading the source info of a file once.
struct Places<'a> {
    sources: &'a [Source],
    spans: HashMap<usize, HashMap<Vec<i32>, Span>>,
}

impl Places<'_> {
    /// The span of the element, or of the nearest one around it that has one.
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
    fn an_error_names_place_cause_and_remedy() {
        let mut diagnostics = Diagnostics::default();
        let message = Origin { file: 0, path: vec![4, 0] };
        diagnostics.error(Diagnostic::at(&message.child(&[2, 3]), "field is odd").help("make it even"));
        diagnostics.error(Diagnostic::option("unknown option \"x\""));
        let rendered = diagnostics.finish(&[source()]).unwrap_err();
        assert_eq!(rendered, "error: unknown option \"x\"\na.proto:7:3: error: field is odd\n  help: make it even");
    }

    #[test]
    fn without_source_info_the_file_is_named() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.error(Diagnostic::at(&Origin { file: 0, path: vec![6, 0] }, "no"));
        let rendered = diagnostics.finish(&[source()]).unwrap_err();
        assert_eq!(rendered, format!("a.proto: error: no\n  help: {MALFORMED}"));
    }
}
