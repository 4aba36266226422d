//! Rust types of scalar values.

use crate::model::Scalar;

/// Rust type of a scalar value. Encodings that share a Rust type, such as `int32` and `sint32`, are one variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScalarType {
    Double,
    Float,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Bool,
    String,
    /// `Vec<u8>`
    Bytes,
    /// `bytes::Bytes`, by the option `bytes`.
    SharedBytes,
}

impl ScalarType {
    /// Rust type of a scalar; that of `bytes` is `Vec<u8>`.
    pub(crate) fn new(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Double => Self::Double,
            Scalar::Float => Self::Float,
            Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => Self::Int32,
            Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => Self::Int64,
            Scalar::Uint32 | Scalar::Fixed32 => Self::Uint32,
            Scalar::Uint64 | Scalar::Fixed64 => Self::Uint64,
            Scalar::Bool => Self::Bool,
            Scalar::String => Self::String,
            Scalar::Bytes => Self::Bytes,
        }
    }

    /// Absolute path of the type.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Double => "f64",
            Self::Float => "f32",
            Self::Int32 => "i32",
            Self::Int64 => "i64",
            Self::Uint32 => "u32",
            Self::Uint64 => "u64",
            Self::Bool => "bool",
            Self::String => "::prost::alloc::string::String",
            Self::Bytes => "::prost::alloc::vec::Vec<u8>",
            Self::SharedBytes => "::prost::bytes::Bytes",
        }
    }
}
