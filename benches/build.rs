//! Generates the servers that are measured against each other, from one proto and with one compiler.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let (protos, includes) = (["proto/items.proto"], ["proto"]);
    let protoc = protoc_bin_vendored::protoc_bin_path()?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let [ours, theirs] = ["transom", "tonic"].map(|name| out.join(name));
    for directory in [&ours, &theirs] {
        fs::create_dir_all(directory)?;
    }
    transom_build::configure()
        .option("client", "false")
        .protoc(&protoc)
        .out_dir(ours)
        .compile_protos(&protos, &includes)?;
    let mut config = prost_build::Config::new();
    config.protoc_executable(protoc);
    tonic_prost_build::configure()
        .build_client(false)
        .build_transport(false)
        .out_dir(theirs)
        .compile_with_config(config, &protos, &includes)?;
    Ok(())
}
