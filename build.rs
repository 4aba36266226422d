//! Finds the protoc that the binary carries, so that `generate` needs nothing but itself wherever it is copied to.
//!
//! It is the binary of protoc-bin-vendored. That crate knows the machine that builds, so a build for another system
//! carries none, and `generate` then looks for a protoc at run time.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let carried = match protoc() {
        Some(path) => format!("Some(include_bytes!({:?}))", path.display().to_string()),
        None => "None".to_owned(),
    };
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR for build scripts"))?;
    fs::write(Path::new(&out).join("carried.rs"), carried)
}

fn protoc() -> Option<PathBuf> {
    let is_host = |variable: &str, host: &str| env::var(variable).is_ok_and(|target| target == host);
    if !is_host("CARGO_CFG_TARGET_OS", env::consts::OS) || !is_host("CARGO_CFG_TARGET_ARCH", env::consts::ARCH) {
        return None;
    }
    protoc_bin_vendored::protoc_bin_path().ok().filter(|path| path.is_file())
}
