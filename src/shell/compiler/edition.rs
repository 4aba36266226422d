//! Check for editions that the backend does not support, before it reports a syntax error at the word `edition`.

use std::fs;

use super::backend::Backend;
use super::inputs::{Inputs, scanner};
use super::message::CompilerMessage;

/// Returns an error for each listed file whose edition `backend` does not support.
pub(super) fn check(backend: &Backend, inputs: &Inputs) -> Vec<CompilerMessage> {
    inputs
        .files
        .iter()
        .filter_map(|file| {
            let path = file.path.as_deref()?;
            // The backend reports a file that cannot be read.
            let source = fs::read(path).ok()?;
            unsupported(backend, &path.display().to_string(), &String::from_utf8_lossy(&source))
        })
        .collect()
}

/// Returns the error for the source of a file, if `backend` does not support its edition.
pub(super) fn unsupported(backend: &Backend, file: &str, source: &str) -> Option<CompilerMessage> {
    if backend.supports_editions() {
        return None;
    }
    let edition = scanner::head(source).edition?;
    let message = format!("edition `{}` needs protoc 27 or newer; the compiler in use is {backend}", edition.value);
    Some(
        CompilerMessage::error(message).at(file, Some(edition.position)).help(
            "install a newer protoc, and put it on the search path or name it in the environment variable `PROTOC`",
        ),
    )
}
