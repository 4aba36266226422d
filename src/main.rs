//! The binary `protoc-gen-transom`.

/// Files of the embedded protoc, as path and content; empty in a cross-compiled binary. Written by `build.rs`.
const EMBEDDED_PROTOC: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded_protoc.rs"));

fn main() -> std::process::ExitCode {
    transom_build::__internal::run(std::env::args_os().skip(1), EMBEDDED_PROTOC)
}
