//! Messages of compilers about proto files, in one format for all compilers.

use std::fmt;

use crate::text::{visible, without_marker};

/// Message about a proto file, or about the call of the compiler.
///
/// Displays as `file:line:column: error: message`, with the help on a line of its own. Invisible characters are escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CompilerMessage {
    pub(super) severity: Severity,
    /// The file as the user can open it: the include directory as given, joined with the name. A bundled file has no
    /// path and is given by its name.
    pub(super) file: Option<String>,
    /// The position in the file; `None` if the message is about the whole file.
    pub(super) position: Option<Position>,
    /// The cause, without a final dot.
    pub(super) message: String,
    /// The remedy.
    pub(super) help: Option<String>,
}

/// Severity of a [`CompilerMessage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    Error,
    Warning,
}

/// Position in a file, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) column: u32,
}

impl CompilerMessage {
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

impl fmt::Display for CompilerMessage {
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

/// Failure of a compilation, with all messages in the order in which they were reported.
///
/// Displays one message after the other. `Debug` is the same text without the first `error:`, because cargo prints the
/// error of a build script as `Error: ` and its `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct CompileError {
    /// The errors, and the warnings that came with them; never empty.
    pub(super) messages: Vec<CompilerMessage>,
}

impl From<Vec<CompilerMessage>> for CompileError {
    fn from(messages: Vec<CompilerMessage>) -> Self {
        Self { messages }
    }
}

impl From<CompilerMessage> for CompileError {
    fn from(message: CompilerMessage) -> Self {
        Self::from(vec![message])
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, message) in self.messages.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            message.fmt(f)?;
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
