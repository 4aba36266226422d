//! Embedded protoc: unpacked for one run if no other protoc with editions is found.
//!
//! The protoc of protoc-bin-vendored is in cargo's registry folder. Cargo removes old files from that folder, and a
//! machine to which only the binary was copied does not have it.

use std::io;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::shell::compiler::{Backend, Compiler, ProtocOrigin};
use crate::shell::temp_dir::{self, FileUse};

/// Unpacked protoc; removed on drop.
#[derive(Debug)]
pub(super) struct UnpackedProtoc {
    /// Removes the folder on drop.
    _folder: TempDir,
    path: PathBuf,
}

/// Selects the embedded protoc, unless `compiler` uses a selected protoc or that of protoc-bin-vendored.
///
/// The compiler is unchanged if the embedded protoc does not run, for example in a folder that is mounted `noexec`.
pub(super) fn prefer(compiler: Compiler, embedded: &[(&str, &[u8])]) -> (Compiler, Option<UnpackedProtoc>) {
    let is_preferred = match compiler.backend() {
        Ok(Backend::Protoc(protoc)) => protoc.origin != ProtocOrigin::SearchPath,
        Ok(Backend::Protox) => false,
        // The selected protoc does not run; `compile` reports the error.
        Err(_) => true,
    };
    if is_preferred || embedded.is_empty() {
        return (compiler, None);
    }
    let Ok(unpacked) = unpack(embedded) else { return (compiler, None) };
    let with_embedded = compiler.clone().protoc(&unpacked.path);
    if with_embedded.backend().is_ok() { (with_embedded, Some(unpacked)) } else { (compiler, None) }
}

fn unpack(files: &[(&str, &[u8])]) -> io::Result<UnpackedProtoc> {
    let folder = temp_dir::create("transom-protoc")?;
    let path = folder.path().join(format!("bin/protoc{}", std::env::consts::EXE_SUFFIX));
    for (name, content) in files {
        let file = folder.path().join(name);
        temp_dir::write(&file, content, if file == path { FileUse::Program } else { FileUse::Data })?;
    }
    Ok(UnpackedProtoc { _folder: folder, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacked_protoc_compiles_editions_and_well_known_types() {
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

    #[cfg(unix)]
    #[test]
    fn unpacked_protoc_is_private_to_owner() {
        use std::os::unix::fs::PermissionsExt as _;
        let unpacked = unpack(&[("bin/protoc", b"not a program"), ("include/a.proto", b"")]).unwrap();
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(unpacked._folder.path()), 0o700);
        assert_eq!(mode(&unpacked.path), 0o700);
    }

    #[test]
    fn prefer_keeps_compiler_if_embedded_protoc_does_not_run() {
        let (compiler, unpacked) = prefer(Compiler::new().pure_rust(), &[("bin/protoc", b"not a program")]);
        assert!(unpacked.is_none());
        assert_eq!(compiler.backend().unwrap(), Backend::Protox);
    }
}
