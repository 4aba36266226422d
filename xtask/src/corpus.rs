//! The descriptor set of googleapis: finds it, unpacks it once, and knows the name, package and imports of every file.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;
use bytes::Bytes;
use prost::Message as _;

use crate::{
    options::Shared,
    process,
    wire::{FileHead, FileSet},
    workspace::{Workspace, is_fresh},
};

/// All files of googleapis, in the order of the set.
#[derive(Debug)]
pub(crate) struct Corpus {
    /// The unpacked set, as `protoc --descriptor_set_in` wants it.
    pub(crate) path: PathBuf,
    pub(crate) set: FileSet,
    pub(crate) heads: Vec<FileHead>,
}

impl Corpus {
    /// Opens the corpus that the options name; its absence is an error that says where it was looked for.
    pub(crate) fn open(workspace: &Workspace, options: &Shared) -> anyhow::Result<Self> {
        let path = unpacked(workspace, &location(workspace, options)?)?;
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let set = FileSet::decode(Bytes::from(bytes))
            .with_context(|| format!("`{}` is not a FileDescriptorSet", path.display()))?;
        let heads = heads(&set.file)?;
        Ok(Self { path, set, heads })
    }

    /// The files to generate: all but the well-known types, which come with prost.
    pub(crate) fn to_generate(&self) -> impl Iterator<Item = &FileHead> {
        self.heads.iter().filter(|head| !is_well_known(head))
    }
}

/// The name, package and imports of each file.
pub(crate) fn heads(files: &[Bytes]) -> anyhow::Result<Vec<FileHead>> {
    files.iter().map(|file| FileHead::decode(file.clone()).context("not a FileDescriptorProto")).collect()
}

/// Whether the file belongs to protobuf itself.
pub(crate) fn is_well_known(head: &FileHead) -> bool {
    head.name.starts_with("google/protobuf/")
}

fn location(workspace: &Workspace, options: &Shared) -> anyhow::Result<PathBuf> {
    let path = options
        .corpus
        .clone()
        .or_else(|| std::env::var_os("TRANSOM_CORPUS").map(PathBuf::from))
        .unwrap_or_else(|| workspace.root.join("../shared/corpus/googleapis.binpb.xz"));
    anyhow::ensure!(
        path.is_file(),
        "NOTHING WAS RUN: the descriptor set of googleapis is not at `{}`; name it with --corpus PATH or TRANSOM_CORPUS",
        path.display()
    );
    Ok(path)
}

fn unpacked(workspace: &Workspace, packed: &Path) -> anyhow::Result<PathBuf> {
    if packed.extension().is_none_or(|extension| extension != "xz") {
        return Ok(packed.to_path_buf());
    }
    let folder = workspace.folder("corpus")?;
    let unpacked = folder.join("googleapis.binpb");
    if !is_fresh(&unpacked, packed) {
        let partial = folder.join("googleapis.binpb.partial");
        process::run(Command::new("xz").arg("-dc").arg(packed).stdout(File::create(&partial)?))
            .context("unpacking needs the program `xz` (package xz-utils)")?;
        std::fs::rename(&partial, &unpacked)?;
    }
    Ok(unpacked)
}
