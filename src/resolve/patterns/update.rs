//! Updates with the resource and a mask: AIP-134.

use std::collections::HashSet;

use heck::ToSnakeCase;

use super::{Finder, UPDATE_VERBS, verb};
use crate::model::{Field, FieldId, MessageId, Method, Update};

/// What a mask for an update is called besides `update_mask`, where the method's name says that it is an update.
const OTHER_NAMES: [&str; 2] = ["field_mask", "mask"];

impl Finder<'_> {
    /// Tells whether a method is an update with a mask.
    pub(super) fn update(&self, method: &Method) -> Option<Update> {
        let request = self.model.message(method.input);
        let (mask, _) = request.fields().find(|(_, field)| self.is_update_mask(method, field))?;
        let (field, resource) = self.resource(method)?;
        Some(Update { resource, field, mask, conditions: self.conditions(method.input) })
    }

    /// Whether a field says which fields to update.
    pub(super) fn is_update_mask(&self, method: &Method, field: &Field) -> bool {
        let name = field.name.proto.as_str();
        let named = name == "update_mask" || (OTHER_NAMES.contains(&name) && UPDATE_VERBS.contains(&verb(method).0));
        named && self.is_mask(field)
    }

    /// The field that holds the resource: the one whose name ends the method's name, else the one that comes back, else
    /// the only one of a method that is an update by its name.
    fn resource(&self, method: &Method) -> Option<(FieldId, MessageId)> {
        let request = self.model.message(method.input);
        let candidate = |(id, field)| {
            let (message, _) = self.singular_message(field)?;
            self.is_resource(message).then_some((id, field, message))
        };
        let candidates: Vec<(FieldId, &Field, MessageId)> = request.fields().filter_map(candidate).collect();
        let name = method.name.proto.to_snake_case();
        let length = |field: &Field| {
            let field = field.name.proto.to_snake_case();
            let is_end = name.strip_suffix(field.as_str()).is_some_and(|start| start.ends_with('_'));
            is_end.then_some(field.len())
        };
        // Of `UpdateDataAgent` both `agent` and `data_agent` would be the end.
        let named = candidates.iter().filter_map(|&(id, field, message)| Some((length(field)?, id, message)));
        if let Some((_, id, message)) = named.max_by_key(|&(length, ..)| length) {
            return Some((id, message));
        }
        let returned: HashSet<MessageId> = self.in_response(method).chain(std::iter::once(method.output)).collect();
        let mut back = candidates.iter().filter(|(_, _, message)| returned.contains(message));
        let is_update = UPDATE_VERBS.contains(&verb(method).0);
        match (back.next(), back.next(), candidates.as_slice()) {
            (Some(&(id, _, message)), None, _) => Some((id, message)),
            (None, _, &[(id, _, message)]) if is_update => Some((id, message)),
            _ => None,
        }
    }
}
