//! Updates with the resource and a mask (AIP-134).

use std::collections::HashSet;

use heck::ToSnakeCase;

use super::MaskedUpdate;
use crate::capability::recognizer::Recognizer;
use crate::capability::rpc::Rpc;
use crate::model::{Field, FieldId, MessageId};

/// Other names of an update mask than `update_mask`, for methods whose name says that they update.
const OTHER_NAMES: [&str; 2] = ["field_mask", "mask"];

impl Recognizer<'_> {
    /// Returns the pattern of an update with a mask.
    pub(super) fn masked_update(&self, method: &Rpc<'_>) -> Option<MaskedUpdate> {
        let request = self.model.message(method.input);
        let (mask, _) = request.fields().find(|(_, field)| self.is_update_mask(method, field))?;
        let (field, resource) = self.resource(method)?;
        Some(MaskedUpdate { resource, field, mask, conditions: self.conditions(method.input) })
    }

    /// Returns `true` for the mask of the fields to update.
    fn is_update_mask(&self, method: &Rpc<'_>, field: &Field) -> bool {
        let name = field.name.proto.as_str();
        let named = name == "update_mask" || (OTHER_NAMES.contains(&name) && method.is_update());
        named && self.is_mask(field)
    }

    /// Field with the resource. In order of precedence: the field whose name ends the method's name, the field whose
    /// message is returned, the only message field of a method whose name says that it updates.
    fn resource(&self, method: &Rpc<'_>) -> Option<(FieldId, MessageId)> {
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
        // Both `agent` and `data_agent` end `UpdateDataAgent`; the longer name wins.
        let named = candidates.iter().filter_map(|&(id, field, message)| Some((length(field)?, id, message)));
        if let Some((_, id, message)) = named.max_by_key(|&(length, ..)| length) {
            return Some((id, message));
        }
        let returned: HashSet<MessageId> =
            self.in_response(method.output).chain(std::iter::once(method.output)).collect();
        let mut back = candidates.iter().filter(|(_, _, message)| returned.contains(message));
        let is_update = method.is_update();
        match (back.next(), back.next(), candidates.as_slice()) {
            (Some(&(id, _, message)), None, _) => Some((id, message)),
            (None, _, &[(id, _, message)]) if is_update => Some((id, message)),
            _ => None,
        }
    }
}
