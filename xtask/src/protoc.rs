//! Runs protoc 36 (from the crate `protoc-bin-vendored`) with plugins over the descriptor set of googleapis.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::{corpus::Corpus, measure::Run, workspace::Workspace};

/// The compiler behind every figure: one version everywhere, whatever the machine has installed.
pub(crate) fn program() -> anyhow::Result<PathBuf> {
    protoc_bin_vendored::protoc_bin_path().context("protoc-bin-vendored has no protoc for this system")
}

/// The folder with the well-known types.
pub(crate) fn include() -> anyhow::Result<PathBuf> {
    protoc_bin_vendored::include_path().context("protoc-bin-vendored has no include folder")
}

/// A plugin as protoc takes it: `--plugin=protoc-gen-NAME=PROGRAM --NAME_out=FOLDER --NAME_opt=PARAMETER`.
#[derive(Debug, Clone)]
pub(crate) struct Plugin<'a> {
    pub(crate) name: &'a str,
    pub(crate) program: &'a Path,
    pub(crate) parameter: &'a str,
}

/// One run over all files of the corpus, in the order of the descriptor set.
pub(crate) fn over_corpus(
    workspace: &Workspace,
    corpus: &Corpus,
    plugins: &[Plugin<'_>],
    out: &Path,
) -> anyhow::Result<Run> {
    let names: Vec<&str> = corpus.to_generate().map(|head| head.name.as_str()).collect();
    over(workspace, &corpus.path, &names, plugins, out)
}

/// One run over some files of a descriptor set.
pub(crate) fn over(
    workspace: &Workspace,
    set: &Path,
    names: &[&str],
    plugins: &[Plugin<'_>],
    out: &Path,
) -> anyhow::Result<Run> {
    // 7,234 names are longer than some systems allow for a command line.
    let list = workspace.folder("measure")?.join("files.txt");
    std::fs::write(&list, names.join("\n"))?;
    let mut arguments = vec![format!("--descriptor_set_in={}", set.display())];
    arguments.extend(plugin_arguments(plugins, out));
    arguments.push(format!("@{}", list.display()));
    Ok(Run { program: program()?, arguments, folder: workspace.root.clone(), stdin: None, stdout: None })
}

/// The arguments that make protoc run plugins.
pub(crate) fn plugin_arguments(plugins: &[Plugin<'_>], out: &Path) -> Vec<String> {
    let mut arguments = Vec::new();
    for Plugin { name, program, parameter } in plugins {
        arguments.push(format!("--plugin=protoc-gen-{name}={}", program.display()));
        arguments.push(format!("--{name}_out={}", out.display()));
        if !parameter.is_empty() {
            arguments.push(format!("--{name}_opt={parameter}"));
        }
    }
    arguments
}
