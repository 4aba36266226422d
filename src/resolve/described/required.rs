//! Requests with `REQUIRED` fields, and the messages in them that have such fields.

use std::collections::HashSet;

use crate::layout::Layout;
use crate::model::{Behavior, Field, FieldId, FieldType, Message, MessageId, Model};
use crate::name::constant;

/// Returns the messages, each once, whose tables the check of the requests needs.
///
/// Other messages in them are one value each in these tables, which keeps the output small. The resource of an update is
/// not entered, because a mask selects which of its fields count.
pub(super) fn messages(
    model: &Model,
    layout: &Layout,
    masked: &HashSet<(MessageId, FieldId)>,
    requests: impl Iterator<Item = MessageId>,
) -> Vec<MessageId> {
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    let mut open: Vec<MessageId> = requests.collect();
    while let Some(id) = open.pop() {
        let message = model.message(id);
        if !layout.is_struct(id) || !has_constants(message) || known.contains(&id) {
            continue;
        }
        let entered = message.fields().filter(|&(field, _)| !masked.contains(&(id, field)));
        let inner: Vec<MessageId> = entered.filter_map(|(_, field)| target(model, layout, field)).collect();
        let is_required = |field: &Field| field.behaviors.contains(Behavior::Required);
        if message.fields.iter().any(is_required) || !inner.is_empty() {
            known.insert(id);
            found.push(id);
            open.extend(inner);
        }
    }
    found
}

/// The message of a field, if it leads to `REQUIRED` fields that a client sets.
fn target(model: &Model, layout: &Layout, field: &Field) -> Option<MessageId> {
    match model.value_type(field) {
        FieldType::Message(id, _) if !field.behaviors.contains(Behavior::OutputOnly) => {
            let message = model.message(id);
            let leads = layout.is_struct(id) && message.reaches.contains(Behavior::Required);
            leads.then_some(id)
        }
        _ => None,
    }
}

/// Whether the fields of a message have constants of their own. A message whose fields have not is one value, rather than
/// an error about a table that nobody asked for.
fn has_constants(message: &Message) -> bool {
    let mut constants = HashSet::new();
    message.fields.iter().all(|field| constants.insert(constant(&field.name.proto)))
}
