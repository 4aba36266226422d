//! The command line of protoc.

use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostic;
use super::input::Inputs;
use super::scratch::Scratch;
use super::stderr::Roots;

/// What every run over the same inputs has in common.
pub(super) struct Arguments {
    /// The options, one argument a line.
    pub(super) options: Vec<String>,
    /// The inputs, one argument a line.
    pub(super) files: Vec<String>,
    /// The include directories.
    pub(super) roots: Roots,
}

impl Arguments {
    pub(super) fn new(scratch: &Scratch, inputs: &Inputs) -> Result<Self, Diagnostic> {
        let mut roots = Roots::default();
        for dir in inputs.includes.dirs() {
            roots.add(argument(&absolute(dir)?)?, Some(dir.clone()));
        }
        roots.add(argument(&scratch.bundle())?, None);

        let mut options = vec![
            "--include_imports".to_owned(),
            "--include_source_info".to_owned(),
            format!("--descriptor_set_out={}", argument(&scratch.descriptor_set())?),
        ];
        // protoc splits `a=b` into a virtual and a real path; with the empty virtual path, the real
        // one may hold a `=`.
        options.extend(roots.absolute().map(|root| format!("--proto_path=={root}")));

        let files = inputs.files.iter().map(|file| {
            let path = match &file.path {
                Some(path) => absolute(path)?,
                None => scratch.bundle().join(&file.name),
            };
            argument(&path)
        });
        Ok(Self { options, files: files.collect::<Result<_, _>>()?, roots })
    }
}

/// Absolute, because protoc takes a relative path for an import name when it can.
fn absolute(path: &Path) -> Result<PathBuf, Diagnostic> {
    std::path::absolute(path)
        .map_err(|error| Diagnostic::error(format!("cannot resolve `{}`: {error}", path.display())))
}

/// A path as protoc takes it; some it cannot take at all.
fn argument(path: &Path) -> Result<String, Diagnostic> {
    let refuse = |reason: &str| {
        Diagnostic::error(format!("protoc cannot read `{}`: {reason}", path.display()))
            .help("rename the folder, or link to it from elsewhere")
    };
    let text = path.to_str().ok_or_else(|| refuse("the path is not valid UTF-8"))?;
    let separator = if cfg!(windows) { ';' } else { ':' };
    if text.contains(separator) {
        return Err(refuse(&format!("it takes the `{separator}` in the path for the end of a directory")));
    }
    if text.contains(['\n', '\r']) {
        return Err(refuse("the path has a line break"));
    }
    Ok(text.to_owned())
}
