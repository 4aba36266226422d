//! Fields that prost-build must be told to box.
//!
//! It boxes what leads back to its own message, but sees no way back through a group (`TYPE_GROUP`, which delimited
//! messages of editions become too). And it would put the option `boxed` on fields that cannot be boxed. So it gets the
//! exact fields: the groups that are part of a circle, and the message fields that the option names.

use super::circle::{Circles, inline_message};
use crate::model::{Encoding, Field, FieldType, Message, MessageId, Model, Shape};
use crate::options::{Options, is_under};

/// The config paths of all fields to box.
pub(super) fn boxed_fields(model: &Model, options: &Options, circles: &Circles) -> Vec<String> {
    let mut boxed = Vec::new();
    for (index, message) in model.messages.iter().enumerate() {
        for field in &message.fields {
            let Some(target) = inline_message(field) else { continue };
            let is_group = matches!(field.r#type, FieldType::Message(_, Encoding::Delimited | Encoding::Group));
            if is_asked_for(message, field, options) || (is_group && circles.is_recursive(MessageId(index), target)) {
                boxed.extend(paths(message, field));
            }
        }
    }
    boxed
}

/// Whether the option `boxed` names the field, or something around it.
pub(super) fn is_asked_for(message: &Message, field: &Field, options: &Options) -> bool {
    !options.boxed.is_empty()
        && paths(message, field).any(|path| options.boxed.iter().any(|prefix| is_under(&path, prefix)))
}

/// How prost-build names a field: by its message, and as a member of a oneof by that as well. It looks under the second
/// name for the field's type, and under the first for what the oneof can derive.
fn paths(message: &Message, field: &Field) -> impl Iterator<Item = String> {
    let oneof = match field.shape {
        Shape::Oneof(position) => message.oneofs.get(position),
        _ => None,
    };
    let in_oneof = oneof.map(|oneof| format!("{}.{}.{}", message.full_name, oneof.name.proto, field.name.proto));
    std::iter::once(format!("{}.{}", message.full_name, field.name.proto)).chain(in_oneof)
}
