//! What a compilation gives: descriptors, and what is known about where they come from.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use prost::Message;

use super::backend::Backend;
use super::descriptor_set::{self, DescriptorSet, File, Imports};
use super::diagnostic::{CompileError, Diagnostic};
use super::scope::{self, Scope};
use crate::bundled;

/// Compiled proto files, ready for a plugin.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub(super) set: DescriptorSet,
    pub(super) files_to_generate: Vec<String>,
    pub(super) sources: Vec<Source>,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) backend: Option<Backend>,
}

/// A proto file that was read from disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What an `import` calls it, and what descriptors call it.
    pub name: String,
    /// Where it is: the include directory as it was given, joined with the name.
    pub path: PathBuf,
}

impl Compiled {
    /// Takes a serialized `FileDescriptorSet` in place of proto files: from `protoc
    /// --include_imports --include_source_info -o FILE`, or a binary image from `buf build`.
    ///
    /// `files` names the files to generate, as `import` would. Without any, all files count but
    /// the ones that are there only because others import them: the well-known types, the files
    /// that Transom bundles, and those that buf marks as imports. protoc marks none, so a set made by
    /// protoc from files that import more of other people's needs `files`.
    ///
    /// Files may come in any order. Source info may be missing; comments and the positions in
    /// messages are then missing as well.
    ///
    /// # Errors
    ///
    /// When the bytes are no descriptor set, an import is missing, two files have one name, or
    /// there is nothing to generate.
    pub fn from_descriptor_set(bytes: impl Into<Bytes>, files: &[String], scope: Scope) -> Result<Self, CompileError> {
        let set = DescriptorSet::decode(bytes.into())?;
        if set.files().is_empty() {
            let message = "the descriptor set is empty: it has no files";
            return Err(Diagnostic::error(message).help(descriptor_set::REMEDY).into());
        }
        let listed = if files.is_empty() { default_files(&set)? } else { listed_files(&set, files)? };
        Ok(Self {
            files_to_generate: scope::files(&set, listed, scope)?,
            set,
            sources: Vec::new(),
            warnings: Vec::new(),
            backend: None,
        })
    }

    /// Adds the well-known types that are in `scope` to the files to generate, for the option
    /// `compile_well_known_types`.
    pub(crate) fn with_well_known_types(mut self, scope: Scope) -> Result<Self, CompileError> {
        self.files_to_generate = scope::all_files(&self.set, self.files_to_generate, scope)?;
        Ok(self)
    }

    /// The serialized `FileDescriptorSet`: the files to generate and all that they import, every
    /// file after its imports, with options of unknown extensions kept.
    pub fn descriptor_set(&self) -> Vec<u8> {
        DescriptorSet::encode(self.closure())
    }

    /// The names of the files to generate, in the order listed.
    pub fn files_to_generate(&self) -> &[String] {
        &self.files_to_generate
    }

    /// All files that were read from the include directories, imports first. A build script
    /// should run again when one of them changes. Bundled files and a compiler's own well-known
    /// types are not among them.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Where the file called `name` was read.
    pub fn path_of(&self, name: &str) -> Option<&Path> {
        self.sources.iter().find(|source| source.name == name).map(|source| source.path.as_path())
    }

    /// What the compiler warned about.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The compiler that was used; `None` for a ready descriptor set.
    pub fn backend(&self) -> Option<&Backend> {
        self.backend.as_ref()
    }

    /// The `CodeGeneratorRequest` that protoc would send to a plugin, serialized. `parameter` is
    /// the plugin's option string.
    ///
    /// Two fields are left out: `compiler_version`, since the bytes that a plugin reads do not
    /// depend on it, and `source_file_descriptors`, a second copy of the files to generate, with
    /// the options that protoc keeps from plugins otherwise.
    pub fn request(&self, parameter: &str) -> Vec<u8> {
        wire::CodeGeneratorRequest {
            file_to_generate: self.files_to_generate.clone(),
            parameter: (!parameter.is_empty()).then(|| parameter.to_owned()),
            proto_file: self.closure().into_iter().map(|file| file.raw.clone()).collect(),
        }
        .encode_to_vec()
    }

    fn closure(&self) -> Vec<&File> {
        self.set.closure(&self.files_to_generate, Imports::All)
    }
}

fn default_files(set: &DescriptorSet) -> Result<Vec<String>, Diagnostic> {
    let files: Vec<String> = set
        .files()
        .iter()
        .filter(|file| !file.is_import && !bundled::is_common_import(&file.name))
        .map(|file| file.name.clone())
        .collect();
    if files.is_empty() {
        let message = "the descriptor set holds nothing but common imports";
        return Err(Diagnostic::error(message).help("name the files to generate"));
    }
    Ok(files)
}

fn listed_files(set: &DescriptorSet, files: &[String]) -> Result<Vec<String>, Vec<Diagnostic>> {
    let mut listed: Vec<String> = Vec::with_capacity(files.len());
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    for name in files {
        if set.get(name).is_none() {
            errors.push(
                Diagnostic::error(format!("the descriptor set has no file `{name}`"))
                    .help("name it as an `import` would, relative to its include directory"),
            );
        } else if seen.insert(name) {
            listed.push(name.clone());
        }
    }
    if errors.is_empty() { Ok(listed) } else { Err(errors) }
}

/// The messages of `google/protobuf/compiler/plugin.proto`, with the files as raw bytes.
mod wire {
    use bytes::Bytes;

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct CodeGeneratorRequest {
        #[prost(string, repeated, tag = "1")]
        pub(super) file_to_generate: Vec<String>,
        #[prost(string, optional, tag = "2")]
        pub(super) parameter: Option<String>,
        #[prost(bytes = "bytes", repeated, tag = "15")]
        pub(super) proto_file: Vec<Bytes>,
    }
}
