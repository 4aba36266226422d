//! Scratch crates that hold generated code, in a cargo workspace of their own below `target/xtask`.
//!
//! They use this workspace's lock file, so that they compile against the very versions that the project is tested with.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::workspace::Workspace;

/// Dependencies of a crate with our generated code.
pub(crate) const TRANSOM: &str = "prost.workspace = true\nprost-types.workspace = true\ntransom.workspace = true\n";

/// Dependencies of a crate with code of prost and tonic.
pub(crate) const TONIC: &str =
    "prost.workspace = true\nprost-types.workspace = true\ntonic.workspace = true\ntonic-prost.workspace = true\n";

/// Profile of the derive macros.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Derives {
    /// As cargo does by default: what a user waits for.
    AsInEveryBuild,
    /// With optimisation: over a million lines they are otherwise the larger part of the time.
    Optimised,
}

/// Writes the workspace around the crates.
pub(crate) fn write_workspace(
    workspace: &Workspace,
    folder: &Path,
    members: &[&str],
    derives: Derives,
) -> anyhow::Result<()> {
    let runtime = workspace.root.join("runtime");
    let profile = match derives {
        Derives::Optimised => "\n[profile.dev.build-override]\nopt-level = 3\n",
        Derives::AsInEveryBuild => "",
    };
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
         [workspace.dependencies]\nprost = \"0.14\"\nprost-types = \"0.14\"\ntonic = \"0.14\"\ntonic-prost = \"0.14\"\n\
         transom = {{ path = {runtime:?} }}\n\n\
         [profile.dev]\nincremental = false\n{profile}"
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    let lock = workspace.root.join("Cargo.lock");
    std::fs::copy(&lock, folder.join("Cargo.lock")).with_context(|| format!("cannot copy `{}`", lock.display()))?;
    Ok(())
}

/// Writes one crate: its manifest and its only source file.
pub(crate) fn write_crate(folder: &Path, name: &str, dependencies: &str, library: &str) -> anyhow::Result<()> {
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{dependencies}"
    );
    write(&folder.join(name).join("Cargo.toml"), &manifest)?;
    write(&root(folder, name), library)
}

/// The source file of a crate.
pub(crate) fn root(folder: &Path, name: &str) -> PathBuf {
    folder.join(name).join("src/lib.rs")
}

/// Makes a cargo command run in the scratch workspace, with a target folder of its own.
pub(crate) fn prepare(command: &mut Command, workspace: &Workspace, folder: &Path) {
    command.current_dir(folder).env("CARGO_TARGET_DIR", workspace.target.join("xtask/target"));
}

/// Writes only what changed, so that an unchanged crate is not compiled again.
pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}
