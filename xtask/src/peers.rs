//! The peers that ours is measured against, in the versions that the figures name.

use std::{path::PathBuf, process::Command};

use crate::{process, workspace::Workspace};

const VERSION: &str = "0.5.0";

/// protoc-gen-prost and protoc-gen-tonic, installed below `target/peers`.
#[derive(Debug)]
pub(crate) struct Peers {
    pub(crate) prost: PathBuf,
    pub(crate) tonic: PathBuf,
}

impl Peers {
    /// Installs what is missing.
    pub(crate) fn installed(workspace: &Workspace) -> anyhow::Result<Self> {
        let root = workspace.target.join("peers");
        let installed = |name: &str| -> anyhow::Result<PathBuf> {
            let program = root.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
            if !program.is_file() {
                // Without --locked: the newest prost-build and tonic-build that they accept, as ours has.
                process::run(
                    Command::new(env!("CARGO"))
                        .args(["install", "--version", VERSION, "--root"])
                        .arg(&root)
                        .arg(name)
                        .env("CARGO_TARGET_DIR", root.join("build")),
                )?;
            }
            Ok(program)
        };
        Ok(Self { prost: installed("protoc-gen-prost")?, tonic: installed("protoc-gen-tonic")? })
    }
}
