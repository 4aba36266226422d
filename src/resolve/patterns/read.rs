//! Requests that say which fields to return: AIP-157, and AIP-133 and AIP-134 for what is created and updated.
//!
//! Such a request can be an update request as well, and then implements both traits. A `view` is an enum whose meaning the
//! service alone knows: nothing is generated for it.

use super::{Finder, MAX_FIELDS, UPDATE_VERBS, verb};
use crate::model::{Answer, Field, FieldId, FieldType, List, Listing, MessageId, Method, Read, Shape, Streaming};

/// What such a mask is called, the surest name first. Many masks of requests are about something else.
const NAMES: [&str; 6] = ["read_mask", "field_mask", "response_mask", "view_mask", "fields", "mask"];

/// The answer to a method that goes on after it: nothing is read.
const OPERATION: &str = ".google.longrunning.Operation";

impl Finder<'_> {
    /// Tells whether a method returns the fields that its request asks for.
    pub(super) fn read(&self, method: &Method, listing: Listing) -> Option<Read> {
        if !matches!(method.streaming, Streaming::Unary | Streaming::Server) || !self.is_small(method.input) {
            return None;
        }
        let mask = self.read_mask(method)?;
        let response = self.model.message(method.output);
        if !self.is_resource(method.output) || response.full_name == OPERATION {
            return None;
        }
        let (items, resource) = self.elements(method, listing).unzip();
        Some(Read { resource: resource.unwrap_or(method.output), mask, items })
    }

    /// The mask about the answer.
    pub(super) fn read_mask(&self, method: &Method) -> Option<FieldId> {
        // In an update, a general name is more likely that of the other mask.
        let names = if UPDATE_VERBS.contains(&verb(method).0) { &NAMES[..1] } else { &NAMES[..] };
        let request = self.model.message(method.input);
        let named = |name: &&str| request.field_named(name).filter(|(_, field)| self.is_mask(field));
        names.iter().find_map(named).map(|(id, _)| id)
    }

    /// The list that a response is there for, if its elements have fields.
    ///
    /// In a list that comes by pages these are the items. Of other responses, such as those of a batch, it is the first
    /// list of messages: but a resource that holds a list is not named a response, and a response to `Get` holds one
    /// resource.
    fn elements(&self, method: &Method, listing: Listing) -> Option<(FieldId, MessageId)> {
        let response = self.model.message(method.output);
        let element = |(id, field): (FieldId, &Field)| match (field.r#type, field.shape) {
            (FieldType::Message(item, _), Shape::Repeated { .. }) if self.is_resource(item) => Some((id, item)),
            _ => None,
        };
        match listing {
            Listing::List(List { answer: Answer::Page { items, .. }, .. }) => element((items, response.field(items))),
            Listing::List(List { answer: Answer::Stream, .. }) => None,
            Listing::LookAlike(_) | Listing::No => {
                let is_response = verb(method).0 != "get" && response.name.proto.ends_with("Response");
                response.fields().take(MAX_FIELDS).filter(|_| is_response).find_map(element)
            }
        }
    }
}
