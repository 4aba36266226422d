//! Behaviors of all fields that a message reaches.

use std::collections::HashMap;

use crate::model::{Behaviors, MessageId, Model};

/// Returns for each message the behaviors of its fields, and of those of the messages that it reaches through `inner`.
pub(super) fn transitive_behaviors(
    model: &Model,
    messages: &[MessageId],
    inner: impl Fn(MessageId) -> Vec<MessageId>,
) -> HashMap<MessageId, Behaviors> {
    let mut holders: HashMap<MessageId, Vec<MessageId>> = HashMap::new();
    let mut behaviors = HashMap::with_capacity(messages.len());
    for &id in messages {
        let mut own = Behaviors::default();
        for field in &model.message(id).fields {
            own.extend(field.behaviors);
        }
        behaviors.insert(id, own);
        for target in inner(id) {
            holders.entry(target).or_default().push(id);
        }
    }
    // A set only grows and has at most eight members, so each message is passed on at most eight times.
    let mut changed = messages.to_vec();
    while let Some(id) = changed.pop() {
        let passed = behaviors.get(&id).copied().unwrap_or_default();
        for &holder in holders.get(&id).into_iter().flatten() {
            if behaviors.get_mut(&holder).is_some_and(|known| known.extend(passed)) {
                changed.push(holder);
            }
        }
    }
    behaviors
}
