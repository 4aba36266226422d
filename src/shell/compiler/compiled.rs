//! Result of a compilation: descriptors, and the files that they were compiled from.

use std::collections::HashSet;
use std::path::PathBuf;

use bytes::Bytes;
use prost::Message;

use super::backend::Backend;
use super::bundled;
use super::descriptor_set::{self, DescriptorSet, File, ImportKinds};
use super::import_scope::{self, ImportScope};
use super::message::{CompileError, CompilerMessage};

/// Compiled proto files, with the list of files to generate.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub(super) set: DescriptorSet,
    pub(super) files_to_generate: Vec<String>,
    pub(super) sources: Vec<SourceFile>,
    pub(super) warnings: Vec<CompilerMessage>,
    pub(super) backend: Option<Backend>,
}

/// Proto file that was read from disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// Import name.
    pub(crate) name: String,
    /// Path on disk: the include directory as given, joined with the name.
    pub(crate) path: PathBuf,
}

impl Compiled {
    /// Decodes a serialized `FileDescriptorSet`, as `protoc --include_imports --include_source_info` and `buf build`
    /// write it.
    ///
    /// `files` contains the import names of the files to generate. If it is empty, all files are generated except the
    /// well-known types, the bundled files, and those that buf marks as imports. protoc does not mark imports, so a
    /// set of protoc with other imports needs `files`.
    ///
    /// The files may have any order. Without source info, comments and the positions in messages are missing.
    ///
    /// # Errors
    ///
    /// When the bytes are not a descriptor set, an import is missing, two different files have one name, or there is no
    /// file to generate.
    pub fn from_descriptor_set(
        bytes: impl Into<Bytes>,
        files: &[String],
        imports: ImportScope,
    ) -> Result<Self, CompileError> {
        let set = DescriptorSet::decode(bytes.into())?;
        if set.files().is_empty() {
            let message = "the descriptor set has no files";
            return Err(CompilerMessage::error(message).help(descriptor_set::REMEDY).into());
        }
        let listed = if files.is_empty() { default_files(&set)? } else { listed_files(&set, files)? };
        Ok(Self {
            files_to_generate: import_scope::files(&set, listed, imports)?,
            set,
            sources: Vec::new(),
            warnings: Vec::new(),
            backend: None,
        })
    }

    /// Adds the well-known types in the import scope to the files to generate, for the option
    /// `compile_well_known_types`.
    pub(crate) fn with_well_known_types(mut self, imports: ImportScope) -> Result<Self, CompileError> {
        self.files_to_generate = import_scope::all_files(&self.set, self.files_to_generate, imports)?;
        Ok(self)
    }

    /// Returns the serialized `FileDescriptorSet` of the files to generate and their imports. A file follows its
    /// imports. Options of unknown extensions are kept.
    pub fn descriptor_set(&self) -> Vec<u8> {
        DescriptorSet::encode(self.closure())
    }

    /// Returns the names of the files to generate, in the order listed.
    pub fn files_to_generate(&self) -> &[String] {
        &self.files_to_generate
    }

    /// Returns the files that were read from the include directories, imports first. A build script depends on them.
    /// Bundled files and the compiler's own well-known types are not included.
    pub(crate) fn sources(&self) -> &[SourceFile] {
        &self.sources
    }

    /// Returns the warnings of the compiler.
    pub(crate) fn warnings(&self) -> &[CompilerMessage] {
        &self.warnings
    }

    /// Returns the backend that compiled the files; `None` for a descriptor set.
    pub fn backend(&self) -> Option<&Backend> {
        self.backend.as_ref()
    }

    /// Returns the serialized `CodeGeneratorRequest`, as protoc sends it to a plugin. `parameter` is the option string
    /// of the plugin.
    ///
    /// Two fields are omitted. `compiler_version` does not affect the output. `source_file_descriptors` is a second
    /// copy of the files to generate, with options that protoc hides from plugins.
    pub fn request(&self, parameter: &str) -> Vec<u8> {
        wire::CodeGeneratorRequest {
            file_to_generate: self.files_to_generate.clone(),
            parameter: (!parameter.is_empty()).then(|| parameter.to_owned()),
            proto_file: self.closure().into_iter().map(|file| file.raw.clone()).collect(),
        }
        .encode_to_vec()
    }

    fn closure(&self) -> Vec<&File> {
        self.set.closure(&self.files_to_generate, ImportKinds::TypesAndOptions)
    }
}

fn default_files(set: &DescriptorSet) -> Result<Vec<String>, CompilerMessage> {
    let files: Vec<String> = set
        .files()
        .iter()
        .filter(|file| !file.is_import && !bundled::is_common_import(&file.name))
        .map(|file| file.name.clone())
        .collect();
    if files.is_empty() {
        let message = "the descriptor set contains only well-known types and bundled files";
        return Err(CompilerMessage::error(message).help("name the files to generate"));
    }
    Ok(files)
}

fn listed_files(set: &DescriptorSet, files: &[String]) -> Result<Vec<String>, Vec<CompilerMessage>> {
    let mut listed: Vec<String> = Vec::with_capacity(files.len());
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    for name in files {
        if set.get(name).is_none() {
            errors.push(
                CompilerMessage::error(format!("the descriptor set has no file `{name}`"))
                    .help("use the import name: the path relative to the include directory"),
            );
        } else if seen.insert(name) {
            listed.push(name.clone());
        }
    }
    if errors.is_empty() { Ok(listed) } else { Err(errors) }
}

/// Messages of `google/protobuf/compiler/plugin.proto`, with the files as raw bytes.
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
