//! Generates what is measured, and what it is measured against, from the same protos and with one compiler.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use prost::Message;

fn main() -> Result<(), Box<dyn Error>> {
    let protoc = protoc_bin_vendored::protoc_bin_path()?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let [ours, theirs] = ["transom", "tonic"].map(|name| out.join(name));
    for directory in [&ours, &theirs] {
        fs::create_dir_all(directory)?;
    }
    transom_build::configure().option("client", "false").protoc(&protoc).out_dir(ours).compile_protos(
        &["proto/items.proto", "proto/library.proto", "proto/annotated.proto", "proto/catalog.proto"],
        &["proto"],
    )?;
    let mut config = prost_build::Config::new();
    config.protoc_executable(&protoc);
    tonic_prost_build::configure().build_client(false).build_transport(false).out_dir(theirs).compile_with_config(
        config,
        &["proto/items.proto"],
        &["proto"],
    )?;
    describe_library(&protoc, &out.join("library.binpb"))?;
    // The benchmark makes the Go peers' stubs with the same compiler.
    println!("cargo::rustc-env=PROTOC={}", protoc.display());
    println!("cargo::rustc-env=PROTOC_INCLUDE={}", protoc_bin_vendored::include_path()?.display());
    Ok(())
}

/// Writes the descriptors that dynamic messages are made of.
fn describe_library(protoc: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let mut config = prost_build::Config::new();
    config.protoc_executable(protoc);
    let include = protoc_bin_vendored::include_path()?;
    let set = config.load_fds(&[Path::new("proto/library.proto")], &[Path::new("proto"), &include])?;
    fs::write(target, set.encode_to_vec())?;
    Ok(())
}
