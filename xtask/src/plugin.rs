//! Programs of this workspace that the tasks start: the plugin under test and the null plugin.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;
use bytes::Bytes;
use prost::Message as _;

use crate::{
    measure::{Cost, Run},
    options::Shared,
    process,
    wire::{OutputFile, Response},
    workspace::Workspace,
};

/// The plugin under test: the one that the options name, or ours, built in release.
pub(crate) fn under_test(workspace: &Workspace, options: &Shared) -> anyhow::Result<PathBuf> {
    match &options.plugin {
        Some(path) => Ok(std::path::absolute(path)?),
        None => built(workspace, "transom-build", "protoc-gen-transom"),
    }
}

/// The plugin that reads everything and writes nothing; it stores the request where `TRANSOM_CAPTURE` says.
pub(crate) fn null(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    built(workspace, "xtask", "protoc-gen-capture")
}

fn built(workspace: &Workspace, package: &str, binary: &str) -> anyhow::Result<PathBuf> {
    process::run(
        Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--release", "--package", package, "--bin", binary])
            .current_dir(&workspace.root)
            .env("CARGO_TARGET_DIR", &workspace.target),
    )?;
    Ok(workspace.target.join("release").join(format!("{binary}{}", std::env::consts::EXE_SUFFIX)))
}

/// Runs a plugin alone on a stored request; the answer goes to a file.
pub(crate) fn alone(workspace: &Workspace, program: &Path, request: &Path, answer: &Path) -> anyhow::Result<Cost> {
    Run {
        program: program.to_path_buf(),
        arguments: Vec::new(),
        folder: workspace.root.clone(),
        stdin: Some(request.to_path_buf()),
        stdout: Some(answer.to_path_buf()),
    }
    .cost(workspace)
}

/// The files of a stored answer; an answer that carries an error is one.
pub(crate) fn files(answer: &Path) -> anyhow::Result<Vec<OutputFile>> {
    let bytes = std::fs::read(answer).with_context(|| format!("cannot read `{}`", answer.display()))?;
    let response = Response::decode(Bytes::from(bytes))
        .with_context(|| format!("`{}` is not a CodeGeneratorResponse", answer.display()))?;
    match response.error {
        Some(error) => anyhow::bail!("the plugin reports: {error}"),
        None => Ok(response.file),
    }
}

/// Bytes of source in the files of an answer.
pub(crate) fn source_size(files: &[OutputFile]) -> u64 {
    files.iter().map(|file| file.content.as_ref().map_or(0, |content| content.len() as u64)).sum()
}
