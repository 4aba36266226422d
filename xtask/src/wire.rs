//! The few messages of `descriptor.proto` and `plugin.proto` that the tasks need, with every descriptor kept as bytes.
//!
//! Cutting or reordering a descriptor set must not lose options or unknown fields,
//! and decoding 155 MB into structs would cost more than the tools under test.

use bytes::Bytes;

/// `google.protobuf.FileDescriptorSet`
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct FileSet {
    #[prost(bytes = "bytes", repeated, tag = "1")]
    pub(crate) file: Vec<Bytes>,
}

/// Name and imports of a file: the head of a `google.protobuf.FileDescriptorProto`
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct FileHead {
    #[prost(string, tag = "1")]
    pub(crate) name: String,
    #[prost(string, tag = "2")]
    pub(crate) package: String,
    #[prost(string, repeated, tag = "3")]
    pub(crate) dependency: Vec<String>,
}

/// `google.protobuf.compiler.CodeGeneratorRequest`
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Request {
    #[prost(string, repeated, tag = "1")]
    pub(crate) file_to_generate: Vec<String>,
    #[prost(string, optional, tag = "2")]
    pub(crate) parameter: Option<String>,
    #[prost(bytes = "bytes", optional, tag = "3")]
    pub(crate) compiler_version: Option<Bytes>,
    #[prost(bytes = "bytes", repeated, tag = "15")]
    pub(crate) proto_file: Vec<Bytes>,
    #[prost(bytes = "bytes", repeated, tag = "17")]
    pub(crate) source_file_descriptors: Vec<Bytes>,
}

/// `google.protobuf.compiler.CodeGeneratorResponse`
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Response {
    #[prost(string, optional, tag = "1")]
    pub(crate) error: Option<String>,
    #[prost(message, repeated, tag = "15")]
    pub(crate) file: Vec<OutputFile>,
}

/// `google.protobuf.compiler.CodeGeneratorResponse.File`
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct OutputFile {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(crate) insertion_point: Option<String>,
    #[prost(string, optional, tag = "15")]
    pub(crate) content: Option<String>,
}
