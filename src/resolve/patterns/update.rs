//! Updates with the resource and a mask: AIP-134.

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
        Some(Update { resource, field, mask, conditions: self.conditions(request) })
    }

    /// Whether a field says which fields to update.
    pub(super) fn is_update_mask(&self, method: &Method, field: &Field) -> bool {
        let name = field.name.proto.as_str();
        let named = name == "update_mask" || (OTHER_NAMES.contains(&name) && UPDATE_VERBS.contains(&verb(method).0));
        named && self.is_mask(field)
    }

    /// The field that holds the resource: the one with its name in the method's name, else the one that comes back, else
    /// the only one.
    fn resource(&self, method: &Method) -> Option<(FieldId, MessageId)> {
        let request = self.model.message(method.input);
        let candidate = |(id, field)| {
            let (message, _) = self.singular_message(field)?;
            self.is_resource(message).then_some((id, field, message))
        };
        let candidates: Vec<(FieldId, &Field, MessageId)> = request.fields().filter_map(candidate).collect();
        let (verb, noun) = verb(method);
        let noun = noun.to_snake_case();
        let is_named = |field: &Field| UPDATE_VERBS.contains(&verb) && field.name.proto.to_snake_case() == noun;
        if let Some(&(id, _, message)) = candidates.iter().find(|(_, field, _)| is_named(field)) {
            return Some((id, message));
        }
        let returned: std::collections::HashSet<MessageId> =
            self.in_response(method).chain(std::iter::once(method.output)).collect();
        let mut back = candidates.iter().filter(|(_, _, message)| returned.contains(message));
        match (back.next(), back.next(), candidates.as_slice()) {
            (Some(&(id, _, message)), None, _) | (None, _, &[(id, _, message)]) => Some((id, message)),
            _ => None,
        }
    }
}
