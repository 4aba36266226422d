//! Tests that compile small projects in temporary folders.

mod backends;
mod descriptor_sets;
mod errors;
mod files;

use std::fs;
use std::path::PathBuf;

use prost::Message;
use prost_types::FileDescriptorProto;
use tempfile::TempDir;

use super::*;

/// Temporary folder with files.
struct Project {
    dir: TempDir,
}

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let project = Self { dir: tempfile::tempdir().unwrap() };
        for (name, content) in files {
            project.write(name, content);
        }
        project
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Removes the path of the folder from a text.
    fn shorten(&self, text: impl ToString) -> String {
        let root = format!("{}/", self.dir.path().display());
        text.to_string().replace(&root, "")
    }
}

/// Returns a compiler for each kind of backend.
fn compilers() -> [Compiler; 2] {
    let protoc = Compiler::new();
    assert!(
        matches!(protoc.backend().unwrap(), Backend::Protoc(_)),
        "these tests need a protoc, from protoc-bin-vendored or on the search path"
    );
    [protoc, Compiler::new().pure_rust()]
}

fn names(paths: &[SourceFile]) -> Vec<&str> {
    paths.iter().map(|source| source.name.as_str()).collect()
}

/// Decodes the file with the import name `name`.
fn descriptor(compiled: &Compiled, name: &str) -> FileDescriptorProto {
    let raw = compiled.set.get(name).unwrap_or_else(|| panic!("no {name}")).raw.clone();
    FileDescriptorProto::decode(raw).unwrap()
}

fn message_names(compiled: &Compiled, name: &str) -> Vec<String> {
    let messages = descriptor(compiled, name).message_type;
    messages.into_iter().map(|message| message.name.unwrap_or_default()).collect()
}
