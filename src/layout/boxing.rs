//! Fields that are stored in a `Box`.
//!
//! prost-build boxes a message field that leads back to its own message. It follows length-prefixed fields alone: for
//! prost-build, a group ends the way back. It must be told to box the groups of a cycle, and the fields that the option
//! `boxed` names. The option can name fields that cannot be boxed, so prost-build gets the exact fields.

use super::cycles::{Cycles, inline_message, length_prefixed_message};
use crate::model::{Encoding, Field, FieldType, Message, MessageId, Model, Shape};
use crate::options::{Options, is_under};

/// Reason for a `Box`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BoxReason {
    /// prost-build boxes the field, which leads back to its own message.
    Cycle,
    /// The field is a group of a cycle.
    GroupCycle,
    /// The option `boxed` names the field.
    Requested,
}

/// Decides which fields of a model are boxed.
pub(super) struct Boxing<'a> {
    model: &'a Model,
    options: &'a Options,
    cycles: &'a Cycles,
    /// Cycles of length-prefixed fields alone; computed for the first cycle with a group.
    length_prefixed: Option<Cycles>,
    has_recursive_group: bool,
}

impl<'a> Boxing<'a> {
    pub(super) fn new(model: &'a Model, options: &'a Options, cycles: &'a Cycles) -> Self {
        let has_recursive_group = model.message_ids().any(|(id, message)| {
            let is_group = |field: &&Field| is_group(field);
            message.fields.iter().filter(is_group).filter_map(inline_message).any(|target| cycles.contains(id, target))
        });
        Self { model, options, cycles, length_prefixed: None, has_recursive_group }
    }

    /// Reason for which a field of a message is boxed.
    pub(super) fn reason(&mut self, id: MessageId, field: &Field) -> Option<BoxReason> {
        let target = inline_message(field)?;
        let is_requested = !self.options.boxed.is_empty()
            && paths(self.model.message(id), field)
                .any(|path| self.options.boxed.iter().any(|prefix| is_under(&path, prefix)));
        if is_requested {
            return Some(BoxReason::Requested);
        }
        if !self.cycles.contains(id, target) {
            return None;
        }
        if is_group(field) {
            return Some(BoxReason::GroupCycle);
        }
        let is_boxed = if self.has_recursive_group {
            let cycles =
                self.length_prefixed.get_or_insert_with(|| Cycles::through(self.model, length_prefixed_message));
            cycles.contains(id, target)
        } else {
            true
        };
        is_boxed.then_some(BoxReason::Cycle)
    }
}

fn is_group(field: &Field) -> bool {
    matches!(field.r#type, FieldType::Message(_, Encoding::Delimited | Encoding::Group))
}

/// Names of a field in prost-build: by its message, and as a member of a oneof by the oneof as well. prost-build looks
/// up the type of the field by the second name, and the traits of the oneof by the first.
pub(super) fn paths(message: &Message, field: &Field) -> impl Iterator<Item = String> {
    let oneof = match field.shape {
        Shape::Oneof(position) => message.oneofs.get(position),
        _ => None,
    };
    let in_oneof = oneof.map(|oneof| format!("{}.{}.{}", message.full_name, oneof.name.proto, field.name.proto));
    std::iter::once(format!("{}.{}", message.full_name, field.name.proto)).chain(in_oneof)
}
