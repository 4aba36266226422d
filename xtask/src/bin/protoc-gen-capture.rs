//! A protoc plugin that writes nothing.
//!
//! It reads the whole request, as every plugin must, stores it where `TRANSOM_CAPTURE` says, and answers with no files.
//! Without that variable it is the null plugin: what protoc itself costs.

use std::io::{self, Read, Write};

/// `CodeGeneratorResponse { supported_features: FEATURE_PROTO3_OPTIONAL | FEATURE_SUPPORTS_EDITIONS,
/// minimum_edition: EDITION_PROTO2, maximum_edition: EDITION_2024 }` on the wire.
const ANSWER: &[u8] = &[0x10, 3, 0x18, 0xe6, 0x07, 0x20, 0xe9, 0x07];

fn main() -> io::Result<()> {
    let mut request = Vec::new();
    io::stdin().lock().read_to_end(&mut request)?;
    if let Some(path) = std::env::var_os("TRANSOM_CAPTURE") {
        std::fs::write(path, &request)?;
    }
    io::stdout().lock().write_all(ANSWER)
}
