//! Rust names that prost-build composes from several elements of a message.

use crate::model::{Message, MessageKind, Model, Oneof};
use crate::name::to_upper_camel;

/// Rust enum of a oneof. prost-build appends `OneOf` if a type in the message has the name already.
pub(crate) fn oneof_enum(model: &Model, message: &Message, oneof: &Oneof) -> String {
    let rust = to_upper_camel(&oneof.name.proto);
    let messages = message.messages.iter().map(|&id| &model.message(id).name.rust);
    let enums = message.enums.iter().map(|&id| &model.r#enum(id).name.rust);
    if messages.chain(enums).any(|name| *name == rust) { format!("{rust}OneOf") } else { rust }
}

/// Returns `true` if prost-build writes a module for the types in the message.
pub(crate) fn has_module(model: &Model, message: &Message) -> bool {
    !message.enums.is_empty()
        || !message.oneofs.is_empty()
        || message.messages.iter().any(|&nested| model.message(nested).kind == MessageKind::Plain)
}
