//! Files, messages, enums, oneofs, services and methods; fields have a file of their own.
//!
//! Field numbers are those of `google/protobuf/descriptor.proto`.

use bytes::Bytes;

use super::{Field, OptionBytes};

/// `google.protobuf.FileDescriptorProto`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct File {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(crate) package: Option<String>,
    #[prost(string, repeated, tag = "3")]
    pub(crate) dependency: Vec<String>,
    #[prost(message, repeated, tag = "4")]
    pub(crate) message_type: Vec<Message>,
    #[prost(message, repeated, tag = "5")]
    pub(crate) enum_type: Vec<Enum>,
    #[prost(message, repeated, tag = "6")]
    pub(crate) service: Vec<Service>,
    #[prost(message, repeated, tag = "7")]
    pub(crate) extension: Vec<Field>,
    #[prost(bytes = "bytes", tag = "8")]
    pub(crate) options: Bytes,
    #[prost(bytes = "bytes", tag = "9")]
    pub(crate) source_code_info: Bytes,
    #[prost(string, optional, tag = "12")]
    pub(crate) syntax: Option<String>,
    #[prost(int32, optional, tag = "14")]
    pub(crate) edition: Option<i32>,
}

impl File {
    /// Decodes one file; `encoded` is kept alive by the option bytes that point into it.
    pub(crate) fn decode(encoded: Bytes) -> Result<Self, prost::DecodeError> {
        <Self as prost::Message>::decode(encoded)
    }
}

/// `google.protobuf.DescriptorProto`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Message {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(message, repeated, tag = "2")]
    pub(crate) field: Vec<Field>,
    #[prost(message, repeated, tag = "3")]
    pub(crate) nested_type: Vec<Message>,
    #[prost(message, repeated, tag = "4")]
    pub(crate) enum_type: Vec<Enum>,
    #[prost(message, repeated, tag = "6")]
    pub(crate) extension: Vec<Field>,
    #[prost(bytes = "bytes", tag = "7")]
    pub(crate) options: Bytes,
    #[prost(message, repeated, tag = "8")]
    pub(crate) oneof_decl: Vec<Oneof>,
}

/// `google.protobuf.OneofDescriptorProto`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Oneof {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(bytes = "bytes", tag = "2")]
    pub(crate) options: Bytes,
}

/// `google.protobuf.EnumDescriptorProto`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Enum {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(message, repeated, tag = "2")]
    pub(crate) value: Vec<EnumValue>,
    #[prost(bytes = "bytes", tag = "3")]
    pub(crate) options: Bytes,
}

/// `google.protobuf.EnumValueDescriptorProto`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct EnumValue {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(int32, optional, tag = "2")]
    pub(crate) number: Option<i32>,
    #[prost(bytes = "bytes", tag = "3")]
    pub(crate) options: Bytes,
}

/// `google.protobuf.ServiceDescriptorProto`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Service {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(message, repeated, tag = "2")]
    pub(crate) method: Vec<Method>,
    #[prost(bytes = "bytes", tag = "3")]
    pub(crate) options: Bytes,
}

/// `google.protobuf.MethodDescriptorProto`.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Method {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(crate) input_type: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) output_type: Option<String>,
    #[prost(bytes = "bytes", tag = "4")]
    pub(crate) options: Bytes,
    #[prost(bool, optional, tag = "5")]
    pub(crate) client_streaming: Option<bool>,
    #[prost(bool, optional, tag = "6")]
    pub(crate) server_streaming: Option<bool>,
}

/// Gives an element's options as [`OptionBytes`].
macro_rules! option_bytes {
    ($($element:ty),*) => {$(
        impl $element {
            /// The options as they were written, extensions included.
            pub(crate) fn option_bytes(&self) -> OptionBytes {
                OptionBytes::new(self.options.clone())
            }
        }
    )*};
}
option_bytes!(File, Message, Oneof, Enum, EnumValue, Service, Method, Field);
