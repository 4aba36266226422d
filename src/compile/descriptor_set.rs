//! A `FileDescriptorSet` as a list of raw files.
//!
//! Only what the order of files needs is decoded. The bytes of a file stay as the compiler wrote
//! them: a decoder that does not know an option's extension would drop the option.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use prost::Message;

use super::diagnostic::Diagnostic;

/// Help for a descriptor set that cannot be used.
pub(super) const REMEDY: &str =
    "make it with `protoc --include_imports --include_source_info -o FILE` or `buf build -o FILE`";

/// The files of a set; every file comes after the files that it imports.
#[derive(Debug, Clone)]
pub(super) struct DescriptorSet {
    files: Vec<File>,
    /// Where each name is in `files`.
    index: HashMap<String, usize>,
}

/// One file of a set.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) name: String,
    /// What it imports for its types.
    pub(super) dependencies: Vec<String>,
    /// What it imports for its options alone (`import option`, edition 2024), as far as the set has it: a set that was
    /// made for running programs may come without.
    option_dependencies: Vec<String>,
    /// The `FileDescriptorProto`.
    pub(super) raw: Bytes,
    /// Whether buf marks the file as one that was only imported.
    pub(super) is_import: bool,
}

/// Which imports lead from file to file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Imports {
    /// Those for types.
    OfTypes,
    /// Those for options too, as in what protoc sends to a plugin.
    All,
}

impl File {
    fn imports(&self, which: Imports) -> impl DoubleEndedIterator<Item = &str> {
        let of_options: &[String] = match which {
            Imports::OfTypes => &[],
            Imports::All => &self.option_dependencies,
        };
        self.dependencies.iter().chain(of_options).map(String::as_str)
    }
}

impl DescriptorSet {
    /// Reads a set that a compiler just made.
    pub(super) fn decode(bytes: Bytes) -> Result<Self, Vec<Diagnostic>> {
        let invalid = |error| {
            let message = format!("the descriptor set is not valid: {error}");
            vec![Diagnostic::error(message).help(REMEDY)]
        };
        let set = wire::FileDescriptorSet::decode(bytes).map_err(invalid)?;
        let mut files: Vec<File> = Vec::with_capacity(set.file.len());
        let mut errors = Vec::new();
        let mut seen: HashMap<String, Bytes> = HashMap::new();
        for raw in set.file {
            let head = wire::FileHead::decode(raw.clone()).map_err(invalid)?;
            // Sets are sometimes joined by appending their bytes; equal files are one file then.
            match seen.get(&head.name) {
                Some(first) if *first == raw => continue,
                Some(_) => {
                    let message = "the descriptor set holds two different files of this name";
                    errors.push(Diagnostic::error(message).at(head.name, None));
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
                    Diagnostic::error(message)
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

    /// The files in `names` and everything that they import, in order.
    pub(super) fn closure(&self, names: &[String], which: Imports) -> Vec<&File> {
        let mut wanted: HashSet<&str> = names.iter().map(String::as_str).collect();
        // Imports come first, so one pass from the end meets every importer before its imports.
        for file in self.files.iter().rev() {
            if wanted.contains(file.name.as_str()) {
                wanted.extend(file.imports(which));
            }
        }
        self.files.iter().filter(|file| wanted.contains(file.name.as_str())).collect()
    }

    /// The bytes of a `FileDescriptorSet` with `files`.
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
        let all_ready = file.imports(Imports::All).all(|name| seen.contains(name));
        seen.insert(file.name.as_str());
        all_ready
    })
}

/// Puts imports first; keeps the order of what does not depend on each other.
fn order(files: &[File]) -> Result<Vec<File>, Diagnostic> {
    /// How far a file is.
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }

    let index = index(files);
    let mut states = vec![State::New; files.len()];
    let mut ordered = Vec::with_capacity(files.len());
    // A stack of our own: the depth of imports is the input's choice.
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
        for name in file.imports(Imports::All).rev() {
            let Some(&next) = index.get(name) else {
                continue;
            };
            match states.get(next) {
                Some(State::New) => stack.push(next),
                Some(State::Open) => {
                    let message = format!("the file imports itself through `{name}`");
                    return Err(Diagnostic::error(message).at(file.name.clone(), None));
                }
                _ => {}
            }
        }
    }
    Ok(ordered)
}

/// The messages of `google/protobuf/descriptor.proto`, as far as they matter here.
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
        /// buf's images are descriptor sets whose files carry this field.
        #[prost(message, optional, tag = "8042")]
        pub(in super::super) buf_extension: Option<BufExtension>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(in super::super) struct BufExtension {
        #[prost(bool, tag = "1")]
        pub(in super::super) is_import: bool,
    }
}
