//! Fields: what they hold, and how.

use super::{Comment, CustomOption, EnumId, MessageId};
use crate::name::Name;

/// A field of a message.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// `user_id` in both languages.
    pub(crate) name: Name,
    /// The field number.
    pub(crate) number: i32,
    /// Its index in the descriptor.
    pub(crate) index: i32,
    /// The type of its value, or of one element.
    pub(crate) r#type: FieldType,
    /// How many values, and what an absent one means.
    pub(crate) shape: Shape,
    /// The default as the descriptor writes it (proto2 and editions).
    pub(crate) default: Option<String>,
    pub(crate) deprecated: bool,
    /// Annotations such as `google.api.field_behavior`.
    pub(crate) options: Vec<CustomOption>,
    pub(crate) comment: Comment,
}

/// What a field or a map value can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldType {
    Scalar(Scalar),
    Enum(EnumId),
    Message(MessageId, Encoding),
}

/// How a message is framed on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    LengthPrefixed,
    /// A proto2 group, or `message_encoding = DELIMITED`.
    Delimited,
}

/// The cardinality of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Singular(Presence),
    /// A member of the message's oneof at this index.
    Oneof(usize),
    Repeated {
        /// Whether scalars are packed when they are written.
        packed: bool,
    },
    /// A map; the entry message holds key and value.
    Map(MessageId),
}

/// Whether a field knows that it was not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `Option` in Rust.
    Explicit,
    /// The zero value stands for absence.
    Implicit,
    /// proto2 `required`, or `field_presence = LEGACY_REQUIRED`.
    Required,
}

/// The scalar types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scalar {
    Double,
    Float,
    Int64,
    Uint64,
    Int32,
    Fixed64,
    Fixed32,
    Bool,
    String,
    Bytes,
    Uint32,
    Sfixed32,
    Sfixed64,
    Sint32,
    Sint64,
}
