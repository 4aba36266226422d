//! The `protoc-gen-transom` binary.
fn main() {}
