//! Messages that can be reached through fields.

use std::collections::HashSet;

use crate::layout::Layout;
use crate::model::{FieldType, MessageId, Model};

/// Returns the structs among the roots, and all structs that their fields reach.
pub(super) fn messages(model: &Model, layout: &Layout, roots: impl Iterator<Item = MessageId>) -> HashSet<MessageId> {
    let mut open: Vec<MessageId> = roots.collect();
    let mut reached = HashSet::new();
    while let Some(id) = open.pop() {
        if layout.is_struct(id) && reached.insert(id) {
            open.extend(inner(model, layout, id));
        }
    }
    reached
}

/// Structs in the fields of a message.
pub(super) fn inner<'a>(
    model: &'a Model,
    layout: &'a Layout,
    id: MessageId,
) -> impl Iterator<Item = MessageId> + use<'a> {
    model.message(id).fields.iter().filter_map(|field| match model.value_type(field) {
        FieldType::Message(id, _) if layout.is_struct(id) => Some(id),
        _ => None,
    })
}
