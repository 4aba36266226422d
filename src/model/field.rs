//! Fields: what they hold, and how.

use super::{Behaviors, Comment, CustomOption, EnumId, MessageId};
use crate::name::Name;

/// A field of a message.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// `user_id` in both languages.
    pub(crate) name: Name,
    /// The name in JSON, as the author or the compiler set it.
    pub(crate) json_name: String,
    /// The field number.
    pub(crate) number: i32,
    /// Its index in the descriptor.
    pub(crate) index: i32,
    /// The type of its value, or of one element.
    pub(crate) r#type: FieldType,
    /// Cardinality and presence.
    pub(crate) shape: Shape,
    /// The default as the descriptor writes it (proto2 and editions).
    pub(crate) default: Option<String>,
    pub(crate) deprecated: bool,
    /// Values of `google.api.field_behavior`.
    pub(crate) behaviors: Behaviors,
    /// Annotations, field behavior included.
    pub(crate) options: Vec<CustomOption>,
    pub(crate) comment: Comment,
}

impl Field {
    /// Returns `true` for repeated fields and maps.
    pub(crate) fn is_repeated(&self) -> bool {
        matches!(self.shape, Shape::Repeated { .. } | Shape::Map(_))
    }

    /// Returns the name under which prost-build looks up the type of the field, or of the values of its map.
    pub(crate) fn value_name(&self) -> &str {
        if matches!(self.shape, Shape::Map(_)) { "value" } else { &self.name.proto }
    }
}

/// Type of a field or of a map's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldType {
    Scalar(Scalar),
    Enum(EnumId),
    Message(MessageId, Encoding),
}

/// Encoding of a message on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    LengthPrefixed,
    /// Delimited, as a field of an edition with `message_encoding = DELIMITED`.
    Delimited,
    /// Delimited too: a proto2 group, whose field has no name but its message's in lower case.
    Group,
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
