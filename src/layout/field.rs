//! Rust layout of a field: the type of its values, and how they are stored.

use super::{BoxReason, MessageRepr, ScalarType};
use crate::model::{EnumId, Field, FieldType, Message, MessageId, Model, Presence, Scalar, Shape};
use crate::options::Options;

/// Rust layout of a field. Its identifier is [`Name::rust`](crate::name::Name).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FieldLayout {
    /// Type of the value, of one element, or of the values of the map.
    pub(crate) value: ValueType,
    pub(crate) storage: Storage,
}

/// Rust type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueType {
    Scalar(ScalarType),
    /// Scalar in the place of a wrapper message, for example `i32` for `google.protobuf.Int32Value`.
    Wrapper(ScalarType),
    /// `i32`, with the names of the enum.
    Enum(EnumId),
    Message(MessageId),
}

/// Storage of a field in its struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storage {
    /// The value; the zero value means that the field is absent.
    Plain,
    /// The value, which is always present.
    Required { boxed: Option<BoxReason> },
    /// `Option` of the value.
    Option { boxed: Option<BoxReason> },
    /// Variant of the enum of the message's oneof at this index.
    Oneof { oneof: u32, boxed: Option<BoxReason> },
    /// `Vec` of the elements.
    Vec,
    /// Map from scalar keys.
    Map { key: ScalarType, kind: MapKind },
}

/// Rust type of a map field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MapKind {
    HashMap,
    /// By the option `btree_map`.
    BTreeMap,
}

impl ValueType {
    /// Rust type of a scalar, also of one that represents a wrapper message.
    pub(crate) fn scalar(self) -> Option<ScalarType> {
        match self {
            Self::Scalar(scalar) | Self::Wrapper(scalar) => Some(scalar),
            Self::Enum(_) | Self::Message(_) => None,
        }
    }

    /// Returns `true` if a value of either type can be assigned to the other.
    fn is_same(self, other: Self) -> bool {
        match (self.scalar(), other.scalar()) {
            (Some(left), Some(right)) => left == right,
            (None, None) => self == other,
            _ => false,
        }
    }
}

impl Storage {
    /// Returns `true` for a field that is neither repeated nor a map nor a member of a oneof.
    pub(crate) fn is_singular(self) -> bool {
        matches!(self, Self::Plain | Self::Required { .. } | Self::Option { .. })
    }

    /// Reason for a `Box` around the value.
    pub(crate) fn boxed(self) -> Option<BoxReason> {
        match self {
            Self::Required { boxed } | Self::Option { boxed } | Self::Oneof { boxed, .. } => boxed,
            Self::Plain | Self::Vec | Self::Map { .. } => None,
        }
    }
}

impl FieldLayout {
    /// Returns `true` if the value of one field can replace that of the other: both are singular, or both are lists, or
    /// both are maps of one kind. Presence and boxes may differ.
    pub(crate) fn is_assignable(self, other: Self) -> bool {
        let is_same_storage = match (self.storage, other.storage) {
            (Storage::Vec, Storage::Vec) => true,
            (left @ Storage::Map { .. }, right @ Storage::Map { .. }) => left == right,
            (left, right) => left.is_singular() && right.is_singular(),
        };
        is_same_storage && self.value.is_same(other.value)
    }
}

/// Facts that the layout of the fields of one message depends on.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    pub(super) options: &'a Options,
    pub(super) message: &'a Message,
    /// Representation of a message.
    pub(super) repr: &'a dyn Fn(MessageId) -> MessageRepr,
}

impl Context<'_> {
    pub(super) fn layout(&self, field: &Field, boxed: Option<BoxReason>) -> FieldLayout {
        FieldLayout { value: self.value(field), storage: self.storage(field, boxed) }
    }

    fn value(&self, field: &Field) -> ValueType {
        match self.model.value_type(field) {
            // prost-build looks up the values of a map by the name `value`.
            FieldType::Scalar(Scalar::Bytes)
                if self.options.is_shared_bytes(&self.message.full_name, field.value_name()) =>
            {
                ValueType::Scalar(ScalarType::SharedBytes)
            }
            FieldType::Scalar(scalar) => ValueType::Scalar(ScalarType::new(scalar)),
            FieldType::Enum(id) => ValueType::Enum(id),
            FieldType::Message(id, _) => match (self.repr)(id) {
                MessageRepr::Wrapper(scalar) => ValueType::Wrapper(scalar),
                _ => ValueType::Message(id),
            },
        }
    }

    fn storage(&self, field: &Field, boxed: Option<BoxReason>) -> Storage {
        match field.shape {
            Shape::Singular(Presence::Implicit) => Storage::Plain,
            Shape::Singular(Presence::Required) => Storage::Required { boxed },
            Shape::Singular(Presence::Explicit) => Storage::Option { boxed },
            Shape::Oneof(oneof) => Storage::Oneof { oneof: u32::try_from(oneof).unwrap_or(u32::MAX), boxed },
            Shape::Repeated { .. } => Storage::Vec,
            Shape::Map(entry) => {
                let is_btree = self.options.is_btree_map(&self.message.full_name, &field.name.proto);
                let kind = if is_btree { MapKind::BTreeMap } else { MapKind::HashMap };
                Storage::Map { key: self.key(entry), kind }
            }
        }
    }

    /// Type of the keys of a map. The check of map entries reports keys of other types.
    fn key(&self, entry: MessageId) -> ScalarType {
        match self.model.message(entry).fields.first().map(|key| key.r#type) {
            Some(FieldType::Scalar(scalar)) => ScalarType::new(scalar),
            _ => ScalarType::String,
        }
    }
}
