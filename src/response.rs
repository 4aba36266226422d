//! Response: files or errors, and the supported features.
//!
//! The response is encoded file by file, because a second copy of the output would double the memory.

use std::io::{self, Write};

use prost::encoding::{encode_varint, encoded_len_varint};

use crate::descriptor::SUPPORTED_EDITIONS;

/// `CodeGeneratorResponse.Feature`: `FEATURE_PROTO3_OPTIONAL | FEATURE_SUPPORTS_EDITIONS`.
const SUPPORTED_FEATURES: u64 = 1 | 2;

/// Generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path relative to the output directory, with `/` as separator.
    pub name: String,
    /// Text of the file.
    pub content: String,
}

/// Response to a valid request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The output, or all errors as text. An error is a line with place and cause, and indented lines with help.
    pub result: Result<Generated, String>,
    /// The warnings. The encoded response has no field for them, so the caller prints them.
    pub warnings: Vec<String>,
}

/// Output of a successful run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Generated {
    /// One file for each package, sorted by package, then the files that options request.
    pub files: Vec<OutputFile>,
    /// Number of packages with a file.
    pub packages: usize,
    /// Number of services in the packages.
    pub services: usize,
}

impl Response {
    /// Writes the encoded `google.protobuf.compiler.CodeGeneratorResponse`.
    ///
    /// # Errors
    ///
    /// Errors of `output`.
    pub fn write_to(&self, output: &mut impl Write) -> io::Result<()> {
        let mut head = Vec::new();
        if let Err(error) = &self.result {
            prost::encoding::string::encode(1, error, &mut head);
        }
        prost::encoding::uint64::encode(2, &SUPPORTED_FEATURES, &mut head);
        prost::encoding::int32::encode(3, &SUPPORTED_EDITIONS.0, &mut head);
        prost::encoding::int32::encode(4, &SUPPORTED_EDITIONS.1, &mut head);
        output.write_all(&head)?;
        for file in self.result.iter().flat_map(|generated| &generated.files) {
            // CodeGeneratorResponse.file = 15; File.name = 1, File.content = 15: all length-delimited.
            let field = |length: usize| 1 + encoded_len_varint(length as u64) + length;
            let mut head = vec![0x7a];
            encode_varint((field(file.name.len()) + field(file.content.len())) as u64, &mut head);
            head.push(0x0a);
            encode_varint(file.name.len() as u64, &mut head);
            head.extend_from_slice(file.name.as_bytes());
            head.push(0x7a);
            encode_varint(file.content.len() as u64, &mut head);
            output.write_all(&head)?;
            output.write_all(file.content.as_bytes())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prost::Message as _;
    use prost_types::compiler::CodeGeneratorResponse;

    fn decoded(response: &Response) -> CodeGeneratorResponse {
        let mut bytes = Vec::new();
        response.write_to(&mut bytes).unwrap();
        CodeGeneratorResponse::decode(bytes.as_slice()).unwrap()
    }

    #[test]
    fn write_to_encodes_files() {
        let content = "x".repeat(70_000);
        let files = vec![OutputFile { name: "a.rs".to_owned(), content: content.clone() }];
        let response =
            decoded(&Response { result: Ok(Generated { files, packages: 1, services: 0 }), warnings: Vec::new() });
        assert_eq!(response.file.len(), 1);
        assert_eq!((response.file[0].name(), response.file[0].content()), ("a.rs", content.as_str()));
        assert_eq!((response.error, response.supported_features), (None, Some(3)));
    }

    #[test]
    fn write_to_encodes_features_with_error() {
        let response = decoded(&Response { result: Err("no".to_owned()), warnings: Vec::new() });
        assert_eq!((response.error(), response.supported_features()), ("no", 3));
    }
}
