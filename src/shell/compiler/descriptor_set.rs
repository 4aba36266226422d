//! `FileDescriptorSet` as a list of encoded files.
//!
//! Only names and imports are decoded. The bytes of a file are kept: a decoder drops the options whose extensions it
//! does not know.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use prost::Message;

use super::message::CompilerMessage;

/// Help for an invalid descriptor set.
pub(super) const REMEDY: &str =
    "make it with `protoc --include_imports --include_source_info -o FILE` or `buf build -o FILE`";

/// Files of a set. Each file follows the files that it imports.
#[derive(Debug, Clone)]
pub(super) struct DescriptorSet {
    files: Vec<File>,
    /// Position in `files` by name.
    index: HashMap<String, usize>,
}

/// File of a set.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) name: String,
    /// Names of the imports for types.
    pub(super) dependencies: Vec<String>,
    /// Names of the imports for options (`import option`, edition 2024) that the set contains. A set that was made for
    /// use at run time may lack them.
    option_dependencies: Vec<String>,
    /// The encoded `FileDescriptorProto`.
    pub(super) raw: Bytes,
    /// Whether buf marks the file as an import.
    pub(super) is_import: bool,
}

/// Kinds of imports that a closure follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ImportKinds {
    /// Imports for types.
    Types,
    /// Imports for types and for options, as in the request of protoc.
    TypesAndOptions,
}

impl File {
    fn imports(&self, kinds: ImportKinds) -> impl DoubleEndedIterator<Item = &str> {
        let of_options: &[String] = match kinds {
            ImportKinds::Types => &[],
            ImportKinds::TypesAndOptions => &self.option_dependencies,
        };
        self.dependencies.iter().chain(of_options).map(String::as_str)
    }
}

impl DescriptorSet {
    /// Decodes a set.
    pub(super) fn decode(bytes: Bytes) -> Result<Self, Vec<CompilerMessage>> {
        let invalid = |error| {
            let message = format!("the descriptor set is not valid: {error}");
            vec![CompilerMessage::error(message).help(REMEDY)]
        };
        let set = wire::FileDescriptorSet::decode(bytes).map_err(invalid)?;
        let mut files: Vec<File> = Vec::with_capacity(set.file.len());
        let mut errors = Vec::new();
        let mut seen: HashMap<String, Bytes> = HashMap::new();
        for raw in set.file {
            let head = wire::FileHead::decode(raw.clone()).map_err(invalid)?;
            // Two sets can be joined by concatenation. Equal files are then one file.
            match seen.get(&head.name) {
                Some(first) if *first == raw => continue,
                Some(_) => {
                    let message = "the descriptor set contains two different files of this name";
                    errors.push(CompilerMessage::error(message).at(head.name, None));
                    continue;
                }
                None => seen.insert(head.name.clone(), raw.clone()),
            };
            files.push(File {
                name: head.name,
                dependencies: head.dependency,
                option_dependencies: head.option_dependency,
                raw,
                is_import: head.buf_extension.is_some_and(|buf| buf.is_import),
            });
        }
        for file in &files {
            let missing = |name: &&String| !seen.contains_key(*name);
            for dependency in file.dependencies.iter().filter(missing) {
                let message = format!("the descriptor set lacks the import `{dependency}`");
                errors.push(
                    CompilerMessage::error(message)
                        .at(file.name.clone(), None)
                        .help("make the set with `--include_imports`"),
                );
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        for file in &mut files {
            file.option_dependencies.retain(|name| seen.contains_key(name));
        }
        if !is_ordered(&files) {
            files = order(&files).map_err(|diagnostic| vec![diagnostic])?;
        }
        Ok(Self { index: index(&files), files })
    }

    pub(super) fn files(&self) -> &[File] {
        &self.files
    }

    pub(super) fn get(&self, name: &str) -> Option<&File> {
        self.files.get(*self.index.get(name)?)
    }

    /// Returns the files in `names` and all their imports, in order.
    pub(super) fn closure(&self, names: &[String], kinds: ImportKinds) -> Vec<&File> {
        let mut wanted: HashSet<&str> = names.iter().map(String::as_str).collect();
        // Files follow their imports, so one pass from the end visits each importer before its imports.
        for file in self.files.iter().rev() {
            if wanted.contains(file.name.as_str()) {
                wanted.extend(file.imports(kinds));
            }
        }
        self.files.iter().filter(|file| wanted.contains(file.name.as_str())).collect()
    }

    /// Encodes a `FileDescriptorSet` with `files`.
    pub(super) fn encode<'a>(files: impl IntoIterator<Item = &'a File>) -> Vec<u8> {
        let file = files.into_iter().map(|file| file.raw.clone()).collect();
        wire::FileDescriptorSet { file }.encode_to_vec()
    }
}

fn index(files: &[File]) -> HashMap<String, usize> {
    let entries = files.iter().enumerate();
    entries.map(|(at, file)| (file.name.clone(), at)).collect()
}

fn is_ordered(files: &[File]) -> bool {
    let mut seen = HashSet::new();
    files.iter().all(|file| {
        let all_ready = file.imports(ImportKinds::TypesAndOptions).all(|name| seen.contains(name));
        seen.insert(file.name.as_str());
        all_ready
    })
}

/// Sorts files after their imports, by a depth-first search from the files in the given order.
fn order(files: &[File]) -> Result<Vec<File>, CompilerMessage> {
    /// State of a file in the depth-first search.
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }

    let index = index(files);
    let mut states = vec![State::New; files.len()];
    let mut ordered = Vec::with_capacity(files.len());
    // An explicit stack, because the input determines the depth of imports.
    let mut stack: Vec<usize> = (0..files.len()).rev().collect();
    while let Some(&at) = stack.last() {
        let (Some(file), Some(state)) = (files.get(at), states.get_mut(at)) else {
            break;
        };
        if *state != State::New {
            stack.pop();
            if *state == State::Open {
                *state = State::Done;
                ordered.push(file.clone());
            }
            continue;
        }
        *state = State::Open;
        for name in file.imports(ImportKinds::TypesAndOptions).rev() {
            let Some(&next) = index.get(name) else {
                continue;
            };
            match states.get(next) {
                Some(State::New) => stack.push(next),
                Some(State::Open) => {
                    let message = format!("the file imports itself through `{name}`");
                    return Err(CompilerMessage::error(message).at(file.name.clone(), None));
                }
                _ => {}
            }
        }
    }
    Ok(ordered)
}

/// Messages of `google/protobuf/descriptor.proto`, with the fields that are used here.
pub(super) mod wire {
    use bytes::Bytes;

    #[derive(Clone, PartialEq, prost::Message)]
    pub(in super::super) struct FileDescriptorSet {
        #[prost(bytes = "bytes", repeated, tag = "1")]
        pub(in super::super) file: Vec<Bytes>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(in super::super) struct FileHead {
        #[prost(string, tag = "1")]
        pub(in super::super) name: String,
        #[prost(string, repeated, tag = "3")]
        pub(in super::super) dependency: Vec<String>,
        #[prost(string, repeated, tag = "15")]
        pub(in super::super) option_dependency: Vec<String>,
        /// Extension of buf's images.
        #[prost(message, optional, tag = "8042")]
        pub(in super::super) buf_extension: Option<BufExtension>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(in super::super) struct BufExtension {
        #[prost(bool, tag = "1")]
        pub(in super::super) is_import: bool,
    }
}
