//! Requests that say which fields to return: AIP-157.

use super::{Finder, MAX_FIELDS, UPDATE_VERBS, verb};
use crate::model::{FieldId, FieldType, MessageId, Method, Read, Shape, Streaming};

/// What such a mask is called, the surest name first. Many masks of requests are about something else.
const NAMES: [&str; 6] = ["read_mask", "field_mask", "response_mask", "view_mask", "fields", "mask"];

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
        // In an update, a general name is more likely that of the other mask.
        let names = if UPDATE_VERBS.contains(&verb(method).0) { &NAMES[..1] } else { &NAMES[..] };
        let request = self.model.message(method.input);
        let named = |name: &&str| request.field_named(name).filter(|(_, field)| self.is_mask(field));
        names.iter().find_map(named).map(|(id, _)| id)
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
