//! The request: what protoc or buf writes to the plugin's stdin.
//!
//! Only the outer layer is decoded here. Each file stays a slice of the input until [`crate::descriptor`] reads it,
//! and `source_file_descriptors` (the second copy of every file that protoc 27 and later send) is never read at all.

use std::fmt;

use bytes::Bytes;
use prost::Message;

use crate::descriptor::File;

/// A request whose files are decoded and whose files to generate are known to be among them.
#[derive(Debug)]
pub(crate) struct Request {
    /// The plugin's parameter, as the user wrote it.
    pub(crate) parameter: String,
    /// All files, imports before importers.
    pub(crate) files: Vec<RequestFile>,
}

/// One file of the request.
#[derive(Debug)]
pub(crate) struct RequestFile {
    /// The decoded file.
    pub(crate) descriptor: File,
    /// The bytes it was decoded from.
    pub(crate) encoded: Bytes,
    /// Whether code is asked for this file, or it is there as an import.
    pub(crate) role: Role,
}

/// Why a file is part of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Code is to be generated for it.
    Generate,
    /// Something to be generated imports it.
    Import,
}

/// The request is not one: nothing can be answered, so the process fails.
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

/// The fields of `google.protobuf.compiler.CodeGeneratorRequest` that are used.
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
                message: "stdin holds no CodeGeneratorRequest: it names no file; \
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
