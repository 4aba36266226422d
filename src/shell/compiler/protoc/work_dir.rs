//! Temporary directory of a compilation, with the files that protoc reads.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use tempfile::TempDir;

use super::super::bundled;
use super::super::inputs::Inputs;
use crate::shell::temp_dir::{self, FileUse};

/// Name of the file that imports all inputs.
pub(super) const ALL_INPUTS: &str = "transom_all_inputs.proto";

/// Temporary directory of a compilation, private to its owner; removed on drop.
pub(super) struct WorkDir {
    dir: TempDir,
}

impl WorkDir {
    /// Creates the directory, and writes the bundled files that are in no include directory.
    ///
    /// A file that an include directory contains is not written, so that the user's copy has precedence.
    pub(super) fn new(inputs: &Inputs) -> io::Result<Self> {
        let work_dir = Self { dir: temp_dir::create("transom-")? };
        temp_dir::create_dir(&work_dir.bundle())?;
        for file in bundled::FILES {
            if inputs.includes.find(file.name).is_none() {
                temp_dir::write(&work_dir.bundle().join(file.name), file.source, FileUse::Data)?;
            }
        }
        Ok(work_dir)
    }

    /// Returns the include directory of the bundled files.
    pub(super) fn bundle(&self) -> PathBuf {
        self.dir.path().join("bundle")
    }

    /// Returns the path of the output of protoc.
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
        temp_dir::write(&path, source, FileUse::Data)?;
        Ok(path)
    }

    /// Writes the well-known types of protox as a descriptor set.
    pub(super) fn write_well_known_types(&self) -> io::Result<PathBuf> {
        let path = self.dir.path().join("well_known.binpb");
        temp_dir::write(&path, protox::prost_reflect::DescriptorPool::global().encode_to_vec(), FileUse::Data)?;
        Ok(path)
    }

    /// Writes an argument file, because some systems limit the length of the command line.
    pub(super) fn write_arguments(&self, lines: &[&str]) -> io::Result<PathBuf> {
        let path = self.dir.path().join("arguments");
        temp_dir::write(&path, lines.join("\n"), FileUse::Data)?;
        Ok(path)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::super::super::inputs::include_dirs::IncludeDirs;
    use super::*;

    #[test]
    fn work_dir_is_private_to_owner() {
        let inputs = Inputs { files: Vec::new(), includes: IncludeDirs::default(), warnings: Vec::new() };
        let work_dir = WorkDir::new(&inputs).unwrap();
        let list = work_dir.write_arguments(&["a.proto"]).unwrap();
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(work_dir.dir.path()), 0o700);
        assert_eq!(mode(&work_dir.bundle()), 0o700);
        assert_eq!(mode(&list), 0o600);
    }
}
