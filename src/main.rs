//! The binary `protoc-gen-transom`; all of it is [`transom_build::cli`], but for the protoc that it carries.

/// A protoc for this system and its well-known types, if the build had one; see `build.rs`.
const CARRIED_PROTOC: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/carried.rs"));

fn main() -> std::process::ExitCode {
    transom_build::cli::run(std::env::args_os().skip(1), CARRIED_PROTOC)
}
