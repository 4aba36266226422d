//! Generates the servers that are measured against each other, from one proto.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut config = prost_build::Config::new();
    config.protoc_executable(protoc_bin_vendored::protoc_bin_path()?);
    tonic_prost_build::configure().build_client(false).build_transport(false).compile_with_config(
        config,
        &["proto/items.proto"],
        &["proto"],
    )?;
    Ok(())
}
