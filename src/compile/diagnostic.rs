//! What a compiler has to say about proto files, in one style for all compilers.
//!
//! Reading a compiler's own text or error type is the business of the module that runs it.

use std::fmt;

use crate::text::{visible, without_marker};

/// A message about a proto file, or about the way the compiler was called.
///
/// Displays as `file:line:column: error: message`, with the help on a line of its own, and invisible characters escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether the compilation can succeed in spite of it.
    pub severity: Severity,
    /// The file as the reader can open it: the include directory as it was given, joined with the
    /// name. A file that is not on disk (a bundled import) goes by its name.
    pub file: Option<String>,
    /// Where in the file; `None` when the message is about the whole file.
    pub position: Option<Position>,
    /// What is wrong, without a final dot.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// How much a [`Diagnostic`] weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The compilation failed.
    Error,
    /// The compilation may have succeeded.
    Warning,
}

/// A place in a file; both numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl Diagnostic {
    pub(super) fn error(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, file: None, position: None, message: message.into(), help: None }
    }

    pub(super) fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    pub(super) fn at(self, file: impl Into<String>, position: Option<Position>) -> Self {
        Self { file: Some(file.into()), position, ..self }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", visible(file))?;
            if let Some(Position { line, column }) = self.position {
                write!(f, "{line}:{column}:")?;
            }
            f.write_str(" ")?;
        }
        match self.severity {
            Severity::Error => f.write_str("error: ")?,
            Severity::Warning => f.write_str("warning: ")?,
        }
        f.write_str(&visible(&self.message))?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {}", visible(help)),
            None => Ok(()),
        }
    }
}

/// Why a compilation failed: everything that was found, in the order in which it was found.
///
/// Displays one [`Diagnostic`] after the other. `Debug` is the same text without the first `error:`, because cargo shows
/// the error of a build script as `Error: ` and its `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct CompileError {
    diagnostics: Vec<Diagnostic>,
}

impl CompileError {
    /// The errors, and the warnings that came with them; never empty.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl From<Vec<Diagnostic>> for CompileError {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }
}

impl From<Diagnostic> for CompileError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::from(vec![diagnostic])
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_marker(&self.to_string(), "error: "))
    }
}

impl std::error::Error for CompileError {}
