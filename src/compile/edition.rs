//! Refuses files with an edition where the compiler cannot read them.
//!
//! Without this, the user would see a syntax error at the word `edition`.

use std::fs;

use super::backend::Backend;
use super::diagnostic::Diagnostic;
use super::input::Inputs;
use super::scan;

/// One error for each listed file that `backend` is too old, or too simple, for.
pub(super) fn check(backend: &Backend, inputs: &Inputs) -> Vec<Diagnostic> {
    if backend.knows_editions() {
        return Vec::new();
    }
    inputs
        .files
        .iter()
        .filter_map(|file| {
            let path = file.path.as_deref()?;
            // A file that cannot be read is reported by the compiler.
            let source = fs::read(path).ok()?;
            refuse(backend, &path.display().to_string(), &String::from_utf8_lossy(&source))
        })
        .collect()
}

/// The error for `source`, if it has an edition.
pub(super) fn refuse(backend: &Backend, file: &str, source: &str) -> Option<Diagnostic> {
    let edition = scan::head(source).edition?;
    let message = format!("edition `{}` needs protoc 27 or newer; the compiler in use is {backend}", edition.value);
    Some(Diagnostic::error(message).at(file, Some(edition.position)).help(
        "install a newer protoc, and put it on the search path or name it in the \
                 environment variable `PROTOC`",
    ))
}
