//! The CodeGeneratorRequest for all of googleapis as protoc 36 sends it, and smaller or reordered requests cut from it.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
};

use anyhow::Context as _;
use bytes::Bytes;
use prost::Message as _;

use crate::{
    corpus::{self, Corpus},
    plugin, process, protoc,
    wire::{FileHead, Request},
    workspace::{Workspace, is_fresh},
};

/// The captured request, with the head of each of its files.
#[derive(Debug)]
pub(crate) struct Captured {
    pub(crate) request: Request,
    /// Of `request.proto_file`, in its order.
    pub(crate) heads: Vec<FileHead>,
    /// Place of each file in `request.source_file_descriptors`: protoc sends only the files to generate there.
    sources: HashMap<String, usize>,
}

impl Captured {
    /// Captures the request if there is no fresh copy of it, and reads it.
    pub(crate) fn open(workspace: &Workspace, corpus: &Corpus) -> anyhow::Result<Self> {
        let path = capture(workspace, corpus)?;
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let request = Request::decode(Bytes::from(bytes))?;
        let heads = corpus::heads(&request.proto_file)?;
        let sources = corpus::heads(&request.source_file_descriptors)?
            .into_iter()
            .enumerate()
            .map(|(at, head)| (head.name, at))
            .collect();
        Ok(Self { request, heads, sources })
    }

    /// The request for these files, in this order; it generates all of them but the well-known types.
    pub(crate) fn with_files(&self, order: &[usize], parameter: &str) -> Request {
        let mut cut = Request {
            parameter: (!parameter.is_empty()).then(|| parameter.to_owned()),
            compiler_version: self.request.compiler_version.clone(),
            ..Request::default()
        };
        let generated: HashSet<&String> = self.request.file_to_generate.iter().collect();
        for &file in order {
            let (Some(head), Some(bytes)) = (self.heads.get(file), self.request.proto_file.get(file)) else { continue };
            cut.proto_file.push(bytes.clone());
            if generated.contains(&head.name) {
                cut.file_to_generate.push(head.name.clone());
                let source = self.sources.get(&head.name).and_then(|&at| self.request.source_file_descriptors.get(at));
                cut.source_file_descriptors.extend(source.cloned());
            }
        }
        cut
    }

    /// The whole request with a parameter.
    pub(crate) fn whole(&self, parameter: &str) -> Request {
        Request { parameter: (!parameter.is_empty()).then(|| parameter.to_owned()), ..self.request.clone() }
    }
}

/// Stores a request below `target/xtask/request`.
pub(crate) fn store(workspace: &Workspace, name: &str, request: &Request) -> anyhow::Result<PathBuf> {
    let path = workspace.folder("request")?.join(format!("{name}.bin"));
    std::fs::write(&path, request.encode_to_vec()).with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(path)
}

/// Lets protoc make the request for the whole corpus, unless a fresh one is there; says where it is.
pub(crate) fn capture(workspace: &Workspace, corpus: &Corpus) -> anyhow::Result<PathBuf> {
    let path = workspace.folder("request")?.join("captured.bin");
    if !is_fresh(&path, &corpus.path) {
        let partial = path.with_extension("partial");
        let program = plugin::null(workspace)?;
        let plugins = [protoc::Plugin { name: "capture", program: &program, parameter: "" }];
        let out = workspace.empty_folder("out/capture")?;
        let run = protoc::over_corpus(workspace, corpus, &plugins, &out)?;
        process::run(run.command().env("TRANSOM_CAPTURE", &partial))?;
        std::fs::rename(&partial, &path)?;
    }
    Ok(path)
}
