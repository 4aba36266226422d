//! Messages that require themselves, directly or through others: no value of them can exist.
//!
//! protoc accepts them; in Rust, making the default value would never end.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Field, FieldType, MessageId, Model, Presence, Shape};

/// Reports every message that leads into such a circle.
pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let is_endless = endless(model);
    for (message, _) in model.messages.iter().zip(&is_endless).filter(|(_, is_endless)| **is_endless) {
        let is_endless_field = |field: &&Field| required(field).is_some_and(|target| is_endless[target.0]);
        if let Some(field) = message.fields.iter().find(is_endless_field) {
            let text = format!(
                "message `{}` can have no value: its required field `{}` leads back to a message that requires it",
                message.name.proto, field.name.proto,
            );
            diagnostics.error(
                Diagnostic::at(&message.field_origin(field), text).help("make one field of the circle optional"),
            );
        }
    }
}

/// The message that must be there for the field's own message to be there.
fn required(field: &Field) -> Option<MessageId> {
    match (field.r#type, field.shape) {
        (FieldType::Message(target, _), Shape::Singular(Presence::Required)) => Some(target),
        _ => None,
    }
}

/// For each message whether it requires, at any depth, a message that requires itself.
fn endless(model: &Model) -> Vec<bool> {
    // Messages whose requirements can all be met are taken away until none is left but the endless ones.
    let mut unmet: Vec<usize> = Vec::with_capacity(model.messages.len());
    let mut required_by: Vec<Vec<usize>> = vec![Vec::new(); model.messages.len()];
    for (index, message) in model.messages.iter().enumerate() {
        let mut count = 0;
        for target in message.fields.iter().filter_map(required) {
            required_by[target.0].push(index);
            count += 1;
        }
        unmet.push(count);
    }
    let mut met: Vec<usize> = (0..unmet.len()).filter(|&index| unmet[index] == 0).collect();
    while let Some(target) = met.pop() {
        for &index in &required_by[target] {
            unmet[index] -= 1;
            if unmet[index] == 0 {
                met.push(index);
            }
        }
    }
    unmet.into_iter().map(|count| count > 0).collect()
}
