//! Error of the build-script API and of the command.

use std::fmt;

use super::compiler::CompileError;
use crate::text::without_marker;

/// All errors of a failed run, as text for people.
///
/// `Display` omits the marker `error:` of the first error, because cargo prints `Error: ` before the error of a build
/// script. `Debug` gives the same text, because cargo prints errors with `Debug`.
pub struct Error {
    text: String,
}

impl Error {
    pub(super) fn new(text: impl fmt::Display) -> Self {
        Self { text: text.to_string() }
    }

    /// The full text, with a marker on each error.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&without_marker(&self.text, "error: "))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Error {}

impl From<CompileError> for Error {
    fn from(error: CompileError) -> Self {
        Self::new(error)
    }
}
