//! The protoc inside the binary: unpacked for one run where no other is at hand.
//!
//! Cargo's registry folder, where the shipped protoc lies, is cleaned up from time to time, and is not there at all
//! where only the binary was copied to.

use std::io;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::compile::{Backend, Compiler, Origin};
use crate::temporary::{self, Use};

/// An unpacked protoc; it is gone when this is dropped.
#[derive(Debug)]
pub(super) struct Carried {
    /// Only kept so that the folder stays.
    _folder: TempDir,
    path: PathBuf,
}

/// Makes `compiler` use the carried protoc, unless it has a better one: one that was asked for, or the shipped one.
/// Where the carried one does not run, such as in a folder that forbids it, the compiler stays as it is.
pub(super) fn prefer(compiler: Compiler, carried: &[(&str, &[u8])]) -> (Compiler, Option<Carried>) {
    let is_enough = match compiler.backend() {
        Ok(Backend::Protoc(protoc)) => protoc.origin != Origin::SearchPath,
        Ok(Backend::Protox) => false,
        // What was asked for does not run: the caller will say so.
        Err(_) => true,
    };
    if is_enough || carried.is_empty() {
        return (compiler, None);
    }
    let Ok(unpacked) = unpack(carried) else { return (compiler, None) };
    let with_carried = compiler.clone().protoc(&unpacked.path);
    if with_carried.backend().is_ok() { (with_carried, Some(unpacked)) } else { (compiler, None) }
}

fn unpack(files: &[(&str, &[u8])]) -> io::Result<Carried> {
    let folder = temporary::directory("transom-protoc")?;
    let path = folder.path().join(format!("bin/protoc{}", std::env::consts::EXE_SUFFIX));
    for (name, content) in files {
        let file = folder.path().join(name);
        temporary::write(&file, content, if file == path { Use::Run } else { Use::Read })?;
    }
    Ok(Carried { _folder: folder, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unpacked_protoc_knows_its_editions_and_well_known_types() {
        let include = protoc_bin_vendored::include_path().unwrap();
        let read = |path: &std::path::Path| std::fs::read(path).unwrap();
        let protoc = read(&protoc_bin_vendored::protoc_bin_path().unwrap());
        let descriptor = read(&include.join("google/protobuf/descriptor.proto"));
        let files: [(&str, &[u8]); 2] =
            [("bin/protoc", &protoc), ("include/google/protobuf/descriptor.proto", &descriptor)];
        let unpacked = unpack(&files).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let source = "edition = \"2024\"; import \"google/protobuf/descriptor.proto\"; \
                      option features.default_symbol_visibility = EXPORT_ALL; \
                      message A { google.protobuf.FileOptions options = 1; }";
        std::fs::write(folder.path().join("a.proto"), source).unwrap();
        let compiler = Compiler::new().protoc(&unpacked.path).include(folder.path()).file("a.proto");
        assert_eq!(compiler.compile().unwrap().files_to_generate(), ["a.proto"]);
    }

    /// A user who can write into the folder can replace protoc before it runs.
    #[cfg(unix)]
    #[test]
    fn unpacked_protoc_is_only_its_owners() {
        use std::os::unix::fs::PermissionsExt as _;
        let unpacked = unpack(&[("bin/protoc", b"no program"), ("include/a.proto", b"")]).unwrap();
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(unpacked._folder.path()), 0o700);
        assert_eq!(mode(&unpacked.path), 0o700);
    }

    #[test]
    fn what_does_not_run_changes_nothing() {
        let (compiler, carried) = prefer(Compiler::new().pure_rust(), &[("bin/protoc", b"no program")]);
        assert!(carried.is_none());
        assert_eq!(compiler.backend().unwrap(), Backend::Protox);
    }
}
