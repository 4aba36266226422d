//! Errors for editions that are not supported, in place of the syntax errors that backends report.

use std::fs;

use super::backend::Backend;
use super::inputs::{InputFile, scanner};
use super::message::CompilerMessage;

/// Editions that the generator supports.
const SUPPORTED: [&str; 2] = ["2023", "2024"];

/// Returns an error for each listed file whose edition is not supported. Called after `backend` failed.
pub(super) fn check(backend: &Backend, files: &[InputFile]) -> Vec<CompilerMessage> {
    files
        .iter()
        .filter_map(|file| {
            let path = file.path.as_deref()?;
            // The backend has reported a file that cannot be read.
            let source = fs::read(path).ok()?;
            unsupported(backend, &path.display().to_string(), &String::from_utf8_lossy(&source))
        })
        .collect()
}

/// Returns the error for the source of a file, if the generator or `backend` does not support its edition.
pub(super) fn unsupported(backend: &Backend, file: &str, source: &str) -> Option<CompilerMessage> {
    let edition = scanner::head(source).edition?;
    let (message, help) = if !SUPPORTED.contains(&edition.value.as_str()) {
        (format!("edition `{}` is not supported", edition.value), "use proto2, proto3, edition 2023 or edition 2024")
    } else if !backend.supports_editions() {
        (
            format!("edition `{}` needs protoc 27 or newer; the compiler in use is {backend}", edition.value),
            "install a newer protoc, and put it on the search path or name it in the environment variable `PROTOC`",
        )
    } else {
        return None;
    };
    Some(CompilerMessage::error(message).at(file, Some(edition.position)).help(help))
}
