//! Fields and extensions: `google.protobuf.FieldDescriptorProto`.

use bytes::Bytes;

/// `google.protobuf.FieldDescriptorProto`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Field {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(crate) extendee: Option<String>,
    #[prost(int32, optional, tag = "3")]
    pub(crate) number: Option<i32>,
    #[prost(enumeration = "Label", optional, tag = "4")]
    pub(crate) label: Option<i32>,
    #[prost(enumeration = "Type", optional, tag = "5")]
    pub(crate) r#type: Option<i32>,
    #[prost(string, optional, tag = "6")]
    pub(crate) type_name: Option<String>,
    /// Bytes, although the descriptor says string: protoc lets a default through that is no UTF-8.
    #[prost(bytes = "bytes", optional, tag = "7")]
    pub(crate) default_value: Option<Bytes>,
    #[prost(bytes = "bytes", tag = "8")]
    pub(crate) options: Bytes,
    #[prost(int32, optional, tag = "9")]
    pub(crate) oneof_index: Option<i32>,
    /// Bytes for the same reason as the default.
    #[prost(bytes = "bytes", optional, tag = "10")]
    pub(crate) json_name: Option<Bytes>,
    #[prost(bool, optional, tag = "17")]
    pub(crate) proto3_optional: Option<bool>,
}

/// `google.protobuf.FieldDescriptorProto.Label`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
#[repr(i32)]
pub(crate) enum Label {
    Optional = 1,
    Required = 2,
    Repeated = 3,
}

/// `google.protobuf.FieldDescriptorProto.Type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
#[repr(i32)]
pub(crate) enum Type {
    Double = 1,
    Float = 2,
    Int64 = 3,
    Uint64 = 4,
    Int32 = 5,
    Fixed64 = 6,
    Fixed32 = 7,
    Bool = 8,
    String = 9,
    Group = 10,
    Message = 11,
    Bytes = 12,
    Uint32 = 13,
    Enum = 14,
    Sfixed32 = 15,
    Sfixed64 = 16,
    Sint32 = 17,
    Sint64 = 18,
}
