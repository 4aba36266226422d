//! Embeds protoc and its well-known types in the binary, so that `generate` works wherever the binary is copied to.
//!
//! The protoc is that of protoc-bin-vendored. That crate has the protoc of the machine that builds. A build for
//! another system embeds none, and `generate` then looks for a protoc at run time.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let files = match protoc() {
        Some((protoc, include)) => {
            let mut files = vec![(format!("bin/protoc{}", env::consts::EXE_SUFFIX), protoc)];
            protos(&include, "include", &mut files)?;
            files
        }
        None => Vec::new(),
    };
    let entry =
        |(name, path): &(String, PathBuf)| format!("({name:?}, include_bytes!({:?})),\n", path.display().to_string());
    let embedded = format!("&[\n{}]", files.iter().map(entry).collect::<String>());
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR for build scripts"))?;
    fs::write(Path::new(&out).join("embedded_protoc.rs"), embedded)
}

/// Adds the protos below `folder`, with their paths in the unpacked tree, sorted by path.
fn protos(folder: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), format!("{name}/{}", entry.file_name().to_string_lossy()));
        if path.is_dir() {
            protos(&path, &name, files)?;
        } else if name.ends_with(".proto") {
            files.push((name, path));
        }
    }
    Ok(())
}

/// Returns the binary and the folder of the well-known types, if the build is for this system.
fn protoc() -> Option<(PathBuf, PathBuf)> {
    let is_host = |variable: &str, host: &str| env::var(variable).is_ok_and(|target| target == host);
    if !is_host("CARGO_CFG_TARGET_OS", env::consts::OS) || !is_host("CARGO_CFG_TARGET_ARCH", env::consts::ARCH) {
        return None;
    }
    let protoc = protoc_bin_vendored::protoc_bin_path().ok().filter(|path| path.is_file())?;
    Some((protoc, protoc_bin_vendored::include_path().ok()?))
}
