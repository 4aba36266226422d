//! Command line of protoc.

use std::path::{Path, PathBuf};

use super::super::inputs::Inputs;
use super::super::message::CompilerMessage;
use super::stderr::Roots;
use super::work_dir::WorkDir;

/// Arguments that all runs over the same inputs have in common.
pub(super) struct Arguments {
    /// The options, one argument for each line.
    pub(super) options: Vec<String>,
    /// The inputs, one argument for each line.
    pub(super) files: Vec<String>,
    /// The include directories.
    pub(super) roots: Roots,
}

impl Arguments {
    pub(super) fn new(work_dir: &WorkDir, inputs: &Inputs) -> Result<Self, CompilerMessage> {
        let mut roots = Roots::default();
        for dir in inputs.includes.dirs() {
            roots.add(argument(&absolute(dir)?)?, Some(dir.clone()));
        }
        roots.add(argument(&work_dir.bundle())?, None);

        let mut options = vec![
            "--include_imports".to_owned(),
            "--include_source_info".to_owned(),
            format!("--descriptor_set_out={}", argument(&work_dir.descriptor_set())?),
        ];
        // protoc splits `a=b` into a virtual and a real path. With the empty virtual path, the real path may have
        // a `=`.
        options.extend(roots.absolute().map(|root| format!("--proto_path=={root}")));

        let files = inputs.files.iter().map(|file| {
            let path = match &file.path {
                Some(path) => absolute(path)?,
                None => work_dir.bundle().join(&file.name),
            };
            argument(&path)
        });
        Ok(Self { options, files: files.collect::<Result<_, _>>()?, roots })
    }
}

/// Returns the absolute path, because protoc resolves a relative path as an import name first.
fn absolute(path: &Path) -> Result<PathBuf, CompilerMessage> {
    std::path::absolute(path)
        .map_err(|error| CompilerMessage::error(format!("cannot resolve `{}`: {error}", path.display())))
}

/// Returns a path as an argument of protoc, or an error for a path that protoc cannot read.
fn argument(path: &Path) -> Result<String, CompilerMessage> {
    let error = |reason: &str| {
        CompilerMessage::error(format!("protoc cannot read `{}`: {reason}", path.display()))
            .help("rename the folder, or link to it from another folder")
    };
    let text = path.to_str().ok_or_else(|| error("the path is not valid UTF-8"))?;
    let separator = if cfg!(windows) { ';' } else { ':' };
    if text.contains(separator) {
        return Err(error(&format!("protoc splits the path at `{separator}`")));
    }
    if text.contains(['\n', '\r']) {
        return Err(error("the path has a line break"));
    }
    Ok(text.to_owned())
}
