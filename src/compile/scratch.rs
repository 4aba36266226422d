//! The temporary directory of a run of protoc, and the files that protoc reads there.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;

use tempfile::TempDir;

use super::input::Inputs;
use crate::bundled;

/// The file that imports all inputs, as protoc calls it.
pub(super) const ALL_INPUTS: &str = "transom_all_inputs.proto";

/// A temporary directory for one compilation; removed when dropped.
pub(super) struct Scratch {
    dir: TempDir,
}

impl Scratch {
    /// Writes the bundled files that the include directories lack.
    ///
    /// protoc has no other way to read them. They are written one by one, so that the user's own
    /// copy of a file always wins.
    pub(super) fn new(inputs: &Inputs) -> io::Result<Self> {
        let scratch = Self { dir: tempfile::Builder::new().prefix("transom-").tempdir()? };
        fs::create_dir(scratch.bundle())?;
        for file in bundled::FILES {
            if inputs.includes.find(file.name).is_none() {
                let path = scratch.bundle().join(file.name);
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::write(path, file.source)?;
            }
        }
        Ok(scratch)
    }

    /// An include directory.
    pub(super) fn bundle(&self) -> PathBuf {
        self.dir.path().join("bundle")
    }

    /// Where protoc writes.
    pub(super) fn descriptor_set(&self) -> PathBuf {
        self.dir.path().join("out.binpb")
    }

    /// Writes a file that imports all inputs.
    pub(super) fn write_all_inputs(&self, inputs: &Inputs) -> io::Result<PathBuf> {
        let mut source = "syntax = \"proto3\";\n".to_owned();
        for file in &inputs.files {
            let name = file.name.replace('\\', "\\\\").replace('"', "\\\"");
            // Writing to a string cannot fail.
            let _ = writeln!(source, "import \"{name}\";");
        }
        let path = self.bundle().join(ALL_INPUTS);
        fs::write(&path, source)?;
        Ok(path)
    }

    /// Writes the well-known types that come with protox, as a descriptor set.
    pub(super) fn write_well_known_types(&self) -> io::Result<PathBuf> {
        let path = self.dir.path().join("well_known.binpb");
        fs::write(&path, protox::prost_reflect::DescriptorPool::global().encode_to_vec())?;
        Ok(path)
    }

    /// Writes an argument file; a long list of inputs is more than some systems take on a command line.
    pub(super) fn write_arguments(&self, lines: &[&str]) -> io::Result<PathBuf> {
        let path = self.dir.path().join("arguments");
        fs::write(&path, lines.join("\n"))?;
        Ok(path)
    }
}
