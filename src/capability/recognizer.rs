//! Facts that the recognition of all capabilities shares.

use crate::layout::{FIELD_MASK, Layout, ScalarType};
use crate::model::{Field, FieldId, FieldType, Message, MessageId, Model, Shape};
use crate::options::Options;
use crate::resolve::TypeTable;

/// More fields than a request has. Each method scans the fields of its messages, so this bounds the cost if thousands of
/// methods share one message.
pub(crate) const MAX_FIELDS: usize = 1000;

/// Inputs of recognition.
pub(super) struct Recognizer<'a> {
    pub(super) model: &'a Model,
    pub(super) layout: &'a Layout,
    pub(super) types: &'a TypeTable,
    pub(super) options: &'a Options,
}

impl<'a> Recognizer<'a> {
    /// Returns `true` if a message has so few fields that each method can scan them.
    pub(super) fn is_small(&self, id: MessageId) -> bool {
        self.model.message(id).fields.len() <= MAX_FIELDS
    }

    /// Message of a singular field.
    pub(super) fn singular_message(&self, field: &Field) -> Option<(MessageId, &'a Message)> {
        match (field.r#type, field.shape) {
            (FieldType::Message(id, _), Shape::Singular(_)) => Some((id, self.model.message(id))),
            _ => None,
        }
    }

    /// Returns `true` for a singular `google.protobuf.FieldMask`.
    pub(super) fn is_mask(&self, field: &Field) -> bool {
        self.singular_message(field).is_some_and(|(_, message)| message.full_name == FIELD_MASK)
    }

    /// Returns `true` if a message can be a resource.
    pub(super) fn is_resource(&self, id: MessageId) -> bool {
        self.layout.is_struct(id)
    }

    /// Messages in the fields of a response, also of repeated ones, in the order of the fields.
    pub(super) fn in_response(&self, response: MessageId) -> impl Iterator<Item = MessageId> + use<'a> {
        let fields = self.model.message(response).fields.iter().take(MAX_FIELDS);
        fields.filter_map(|field| match (field.r#type, field.shape) {
            (FieldType::Message(id, _), Shape::Singular(_) | Shape::Repeated { .. }) => Some(id),
            _ => None,
        })
    }

    /// The singular field with this name, if it contains one of the scalars, also in a wrapper.
    pub(super) fn singular_scalar(&self, message: MessageId, name: &str, scalars: &[ScalarType]) -> Option<FieldId> {
        let (id, _) = self.model.message(message).field_named(name)?;
        let layout = self.layout.field(message, id);
        let is_one_of = layout.value.scalar().is_some_and(|scalar| scalars.contains(&scalar));
        (layout.storage.is_singular() && is_one_of).then_some(id)
    }
}

/// Message of a repeated field.
pub(super) fn repeated_message(field: &Field) -> Option<MessageId> {
    match (field.r#type, field.shape) {
        (FieldType::Message(id, _), Shape::Repeated { .. }) => Some(id),
        _ => None,
    }
}
