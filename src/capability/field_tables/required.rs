//! Requests with `REQUIRED` fields, and the messages in them with such fields.

use std::collections::{HashMap, HashSet};

use super::behaviors::transitive_behaviors;
use super::reachable;
use crate::layout::Layout;
use crate::model::{Behavior, Behaviors, Field, FieldId, FieldType, Message, MessageId, Model};
use crate::name::constant;

/// Messages that reach `REQUIRED` fields.
pub(super) struct Required {
    behaviors: HashMap<MessageId, Behaviors>,
}

impl Required {
    pub(super) fn new(model: &Model, layout: &Layout) -> Self {
        let all: Vec<MessageId> = model.message_ids().map(|(id, _)| id).collect();
        Self { behaviors: transitive_behaviors(model, &all, |id| reachable::inner(model, layout, id).collect()) }
    }

    /// Returns the messages whose tables the check of the requests needs, each once.
    ///
    /// Other messages in them are single values in these tables, which keeps the output small. The resource of a masked
    /// update is not entered, because the mask selects which of its fields count.
    pub(super) fn messages(
        &self,
        model: &Model,
        layout: &Layout,
        masked: &HashSet<(MessageId, FieldId)>,
        requests: impl Iterator<Item = MessageId>,
    ) -> Vec<MessageId> {
        let (mut found, mut known) = (Vec::new(), HashSet::new());
        let mut open: Vec<MessageId> = requests.collect();
        while let Some(id) = open.pop() {
            let message = model.message(id);
            if !layout.is_struct(id) || !has_unique_constants(message) || known.contains(&id) {
                continue;
            }
            let entered = message.fields().filter(|&(field, _)| !masked.contains(&(id, field)));
            let inner: Vec<MessageId> = entered.filter_map(|(_, field)| self.target(model, layout, field)).collect();
            let is_required = |field: &Field| field.behaviors.contains(Behavior::Required);
            if message.fields.iter().any(is_required) || !inner.is_empty() {
                known.insert(id);
                found.push(id);
                open.extend(inner);
            }
        }
        found
    }

    /// Message of a field, if it reaches `REQUIRED` fields that a client sets.
    fn target(&self, model: &Model, layout: &Layout, field: &Field) -> Option<MessageId> {
        match model.value_type(field) {
            FieldType::Message(id, _) if !field.behaviors.contains(Behavior::OutputOnly) => {
                let behaviors = self.behaviors.get(&id).copied().unwrap_or_default();
                (layout.is_struct(id) && behaviors.contains(Behavior::Required)).then_some(id)
            }
            _ => None,
        }
    }
}

/// Returns `true` if the fields of a message have different constants. Otherwise the message is a single value: the user
/// did not ask for its table, so a clash in it is not an error.
fn has_unique_constants(message: &Message) -> bool {
    let mut constants = HashSet::new();
    message.fields.iter().all(|field| constants.insert(constant(&field.name.proto)))
}
