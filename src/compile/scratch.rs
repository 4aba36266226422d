//! The temporary directory of a run of protoc, and the files that protoc reads there.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use tempfile::TempDir;

use super::input::Inputs;
use crate::bundled;
use crate::temporary::{self, Use};

/// The file that imports all inputs, as protoc calls it.
pub(super) const ALL_INPUTS: &str = "transom_all_inputs.proto";

/// A temporary directory for one compilation, private to its owner; removed when dropped.
pub(super) struct Scratch {
    dir: TempDir,
}

impl Scratch {
    /// Writes the bundled files that the include directories lack.
    ///
    /// protoc has no other way to read them. They are written one by one, so that the user's own
    /// copy of a file always wins.
    pub(super) fn new(inputs: &Inputs) -> io::Result<Self> {
        let scratch = Self { dir: temporary::directory("transom-")? };
        temporary::create(&scratch.bundle())?;
        for file in bundled::FILES {
            if inputs.includes.find(file.name).is_none() {
                temporary::write(&scratch.bundle().join(file.name), file.source, Use::Read)?;
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
        temporary::write(&path, source, Use::Read)?;
        Ok(path)
    }

    /// Writes the well-known types that come with protox, as a descriptor set.
    pub(super) fn write_well_known_types(&self) -> io::Result<PathBuf> {
        let path = self.dir.path().join("well_known.binpb");
        temporary::write(&path, protox::prost_reflect::DescriptorPool::global().encode_to_vec(), Use::Read)?;
        Ok(path)
    }

    /// Writes an argument file; a long list of inputs is more than some systems take on a command line.
    pub(super) fn write_arguments(&self, lines: &[&str]) -> io::Result<PathBuf> {
        let path = self.dir.path().join("arguments");
        temporary::write(&path, lines.join("\n"), Use::Read)?;
        Ok(path)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::super::include::Includes;
    use super::*;

    #[test]
    fn scratch_directory_is_only_its_owners() {
        let inputs = Inputs { files: Vec::new(), includes: Includes::default(), warnings: Vec::new() };
        let scratch = Scratch::new(&inputs).unwrap();
        let list = scratch.write_arguments(&["a.proto"]).unwrap();
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(scratch.dir.path()), 0o700);
        assert_eq!(mode(&scratch.bundle()), 0o700);
        assert_eq!(mode(&list), 0o600);
    }
}
