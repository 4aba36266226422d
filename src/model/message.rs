//! Messages and oneofs.

use super::{Comment, CustomOption, EnumId, Field, FieldId, Fields, MessageId};
use crate::diagnostic::Origin;
use crate::name::Name;

/// A message.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    /// `GetUserRequest` in both languages.
    pub(crate) name: Name,
    /// For example `.ecommerce.v1.GetUserRequest`.
    pub(crate) full_name: String,
    /// Place of the declaration.
    pub(crate) origin: Origin,
    /// The message around it.
    pub(crate) parent: Option<MessageId>,
    pub(crate) kind: MessageKind,
    /// The type of `google.api.resource`, for example `library.googleapis.com/Book`.
    pub(crate) resource_type: Option<String>,
    /// In source order; members of oneofs too.
    pub(crate) fields: Fields,
    /// The oneofs that the author wrote; those behind `optional` are [`super::Presence::Explicit`].
    pub(crate) oneofs: Vec<Oneof>,
    /// The messages inside, map entries included.
    pub(crate) messages: Vec<MessageId>,
    /// The enums inside.
    pub(crate) enums: Vec<EnumId>,
    pub(crate) deprecated: bool,
    /// Annotations such as `google.api.resource`, of imported messages too.
    pub(crate) options: Vec<CustomOption>,
    pub(crate) comment: Comment,
}

/// Whether a message is a type of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MessageKind {
    Plain,
    /// The entry of a map field: on the wire a message, in Rust part of the map.
    MapEntry,
}

/// A oneof that the author wrote.
#[derive(Debug, Clone)]
pub(crate) struct Oneof {
    /// The Rust name is the field's; its enum is the same in upper camel case.
    pub(crate) name: Name,
    /// Its index in the descriptor.
    pub(crate) index: i32,
    /// Annotations such as `buf.validate.oneof`.
    pub(crate) options: Vec<CustomOption>,
    pub(crate) comment: Comment,
}

impl Message {
    /// The field with this id.
    pub(crate) fn field(&self, id: FieldId) -> &Field {
        &self.fields[id.0]
    }

    /// All fields with their ids.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (FieldId, &Field)> {
        self.fields.iter().enumerate().map(|(index, field)| (FieldId(index), field))
    }

    /// The field with this name in the proto.
    pub(crate) fn field_named(&self, proto: &str) -> Option<(FieldId, &Field)> {
        let id = self.fields.named(proto)?;
        Some((id, self.field(id)))
    }

    /// The field with this number.
    pub(crate) fn field_numbered(&self, number: i32) -> Option<(FieldId, &Field)> {
        self.fields().find(|(_, field)| field.number == number)
    }

    /// Returns the place of a field's declaration.
    pub(crate) fn field_origin(&self, field: &Field) -> Origin {
        self.origin.child(&[2, field.index])
    }

    /// Returns the place of a oneof's declaration.
    pub(crate) fn oneof_origin(&self, oneof: &Oneof) -> Origin {
        self.origin.child(&[8, oneof.index])
    }
}
