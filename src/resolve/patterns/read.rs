//! Requests that say which fields to return: AIP-157.

use super::{Finder, MAX_FIELDS, UPDATE_VERBS, verb};
use crate::model::{Field, FieldId, FieldType, MessageId, Method, Read, Shape, Streaming};

/// What such a mask is called, where the request has several.
const NAMES: [&str; 2] = ["read_mask", "field_mask"];

/// The answer to a method that goes on after it: nothing is read.
const OPERATION: &str = ".google.longrunning.Operation";

impl Finder<'_> {
    /// Tells whether a method returns the fields that its request asks for.
    pub(super) fn read(&self, method: &Method) -> Option<Read> {
        if !matches!(method.streaming, Streaming::Unary | Streaming::Server) {
            return None;
        }
        let mask = self.read_mask(method)?;
        let response = self.model.message(method.output);
        if !self.is_resource(method.output) || response.full_name == OPERATION {
            return None;
        }
        let (items, resource) = self.list(method).unzip();
        Some(Read { resource: resource.unwrap_or(method.output), mask, items })
    }

    fn read_mask(&self, method: &Method) -> Option<FieldId> {
        let is_update = UPDATE_VERBS.contains(&verb(method).0);
        let says_what_to_read = |field: &Field| match field.name.proto.as_str() {
            "read_mask" => true,
            "update_mask" => false,
            // In an update it is more likely the other kind of mask.
            _ => !is_update,
        };
        let request = self.model.message(method.input);
        let masks: Vec<_> =
            request.fields().filter(|(_, field)| self.is_mask(field) && says_what_to_read(field)).collect();
        let named = |name: &&str| masks.iter().find(|(_, field)| field.name.proto == **name);
        match (NAMES.iter().find_map(named), masks.as_slice()) {
            (Some(&(id, _)), _) | (None, &[(id, _)]) => Some(id),
            _ => None,
        }
    }

    /// The first list of messages in a response, where the response is there for the list: a resource that holds a list
    /// is not named a response, and a response to `Get` holds one resource.
    fn list(&self, method: &Method) -> Option<(FieldId, MessageId)> {
        let response = self.model.message(method.output);
        if verb(method).0 == "get" || !response.name.proto.ends_with("Response") {
            return None;
        }
        response.fields().take(MAX_FIELDS).find_map(|(id, field)| match (field.r#type, field.shape) {
            (FieldType::Message(item, _), Shape::Repeated { .. }) if self.is_resource(item) => Some((id, item)),
            _ => None,
        })
    }
}
