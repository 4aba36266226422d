//! Conversion of protox's errors.

use miette::Diagnostic;
use protox::Error;

use super::super::inputs::include_dirs::IncludeDirs;
use super::super::message::{CompilerMessage, Position};
use super::super::protoc::stderr::import_not_found;

/// Returns a message for the error, and one for each related error.
pub(super) fn convert(error: &Error, includes: &IncludeDirs) -> Vec<CompilerMessage> {
    let file = error.file().map(|name| {
        let path = includes.find(name);
        path.map_or_else(|| name.to_owned(), |path| path.display().to_string())
    });
    let related = error.related().into_iter().flatten();
    let mut messages: Vec<CompilerMessage> = std::iter::once(error as &dyn Diagnostic)
        .chain(related)
        .map(|diagnostic| CompilerMessage {
            file: file.clone(),
            position: position(diagnostic, error),
            help: diagnostic.help().map(|help| help.to_string()),
            ..CompilerMessage::error(diagnostic.to_string())
        })
        .collect();
    if error.is_file_not_found()
        && let Some(first) = messages.first_mut()
        && let Some(name) = first.message.split('\'').nth(1).map(str::to_owned)
    {
        *first = import_not_found(first.clone(), &name);
    }
    messages
}

/// Returns the position of a diagnostic in the source of `error`.
fn position(diagnostic: &dyn Diagnostic, error: &Error) -> Option<Position> {
    let labels: Vec<_> = diagnostic.labels()?.collect();
    let labelled = |words: &[&str]| {
        labels.iter().find(|label| {
            let text = label.label().unwrap_or_default();
            words.iter().any(|word| text.contains(word))
        })
    };
    // Of two labels, one marks the error and the other the definition that conflicts with it.
    let label = labelled(&["again", "found"]).or(labels.first())?;
    let source = diagnostic.source_code().or_else(|| error.source_code())?;
    let span = source.read_span(label.inner(), 0, 0).ok()?;
    Some(Position { line: u32::try_from(span.line() + 1).ok()?, column: u32::try_from(span.column() + 1).ok()? })
}
