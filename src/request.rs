//! Decoding of the `CodeGeneratorRequest` that protoc or buf sends.
//!
//! Option bytes and source info stay slices of the input. `source_file_descriptors`, the second copy of the files that
//! protoc 27 and later send, is skipped.

use std::fmt;

use bytes::Bytes;
use prost::Message;

use crate::descriptor::File;

/// Decoded request. The files to generate are among `files`.
#[derive(Debug)]
pub(crate) struct Request {
    /// The option string as the user gives it.
    pub(crate) parameter: String,
    /// All files, imports before importers.
    pub(crate) files: Vec<RequestFile>,
}

/// File of the request.
#[derive(Debug)]
pub(crate) struct RequestFile {
    /// The decoded bytes.
    pub(crate) descriptor: File,
    /// The encoded bytes.
    pub(crate) encoded: Bytes,
    pub(crate) role: Role,
}

/// Role of a file in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The file gets code.
    Generate,
    /// The file is only imported.
    Import,
}

/// Error for input that is not a `CodeGeneratorRequest`. There is no response to it, so the process fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError {
    message: String,
}

impl fmt::Display for RequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for RequestError {}

/// Used fields of `google.protobuf.compiler.CodeGeneratorRequest`.
#[derive(Clone, PartialEq, Message)]
struct CodeGeneratorRequest {
    #[prost(string, repeated, tag = "1")]
    file_to_generate: Vec<String>,
    #[prost(string, optional, tag = "2")]
    parameter: Option<String>,
    #[prost(bytes = "bytes", repeated, tag = "15")]
    proto_file: Vec<Bytes>,
}

impl Request {
    /// Decodes a request; option bytes and source info stay slices of `bytes`.
    pub(crate) fn decode(bytes: Bytes) -> Result<Self, RequestError> {
        let envelope = CodeGeneratorRequest::decode(bytes)
            .map_err(|error| RequestError { message: format!("stdin is not a CodeGeneratorRequest: {error}") })?;
        if envelope.file_to_generate.is_empty() && envelope.proto_file.is_empty() {
            return Err(RequestError {
                message: "stdin is not a CodeGeneratorRequest: it has no file; \
                          this program is run by protoc or buf, or as `protoc-gen-transom generate`"
                    .to_owned(),
            });
        }
        let descriptors = crate::parallel::map(&envelope.proto_file, |encoded| File::decode(encoded.clone()));
        let generate: std::collections::HashSet<&str> = envelope.file_to_generate.iter().map(String::as_str).collect();
        let mut files = Vec::with_capacity(descriptors.len());
        for (index, (descriptor, encoded)) in descriptors.into_iter().zip(envelope.proto_file).enumerate() {
            let descriptor = descriptor.map_err(|error| RequestError {
                message: format!("CodeGeneratorRequest: proto_file {index} is not a FileDescriptorProto: {error}"),
            })?;
            let role = if generate.contains(descriptor.name()) { Role::Generate } else { Role::Import };
            files.push(RequestFile { descriptor, encoded, role });
        }
        let known: std::collections::HashSet<&str> = files.iter().map(|file| file.descriptor.name()).collect();
        if let Some(missing) = envelope.file_to_generate.iter().find(|name| !known.contains(name.as_str())) {
            return Err(RequestError {
                message: format!("CodeGeneratorRequest: file_to_generate {missing:?} is not among its proto_file"),
            });
        }
        Ok(Self { parameter: envelope.parameter.unwrap_or_default(), files })
    }
}
