//! What is inside a message, for everything that works on messages field by field: masks, order, filters.

use super::Scalar;

/// How far one can go into a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inside {
    /// It has fields with paths of their own.
    Fields,
    /// `google.protobuf.Timestamp` of prost-types: one value.
    Timestamp,
    /// `google.protobuf.Duration` of prost-types: one value.
    Duration,
    /// A wrapper such as `google.protobuf.Int32Value`, in the place of which prost puts the scalar.
    Wrapper(Scalar),
    /// JSON of prost-types, which the runtime knows.
    Json(Json),
    /// It is one value, and nobody knows what is in it.
    Opaque,
}

/// The well-known types for JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Json {
    Struct,
    Value,
    ListValue,
}
