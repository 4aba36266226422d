//! Seventh pass: the conventions that methods follow, told from their messages and names alone.
//!
//! These are guesses, so the rules are strict and a method that only looks similar is left alone without a word. Each
//! convention has a file; what one finds, with the fields that show it, hangs on the method.

mod batch;
mod create;
mod list;
mod patch;
mod read;
mod update;

use std::collections::HashMap;

use super::types::TypeTable;
use crate::diagnostic::Diagnostics;
use crate::layout::{FIELD_MASK, Layout, ScalarType};
use crate::model::{
    Change, Conditions, Field, FieldId, FieldType, Listing, Message, MessageId, Method, MethodId, Model, Shape,
    Streaming,
};
use crate::options::Options;

/// The first words of methods that change something that exists.
pub(super) const UPDATE_VERBS: [&str; 9] =
    ["update", "patch", "modify", "edit", "change", "set", "put", "replace", "upsert"];

/// More fields than any request has. Each method looks through those of its messages, so this bounds the cost where
/// thousands of methods share one message.
pub(super) const MAX_FIELDS: usize = 1000;

/// Recognises what the methods of all services do.
pub(super) fn resolve(
    types: &TypeTable,
    layout: &Layout,
    options: &Options,
    model: &mut Model,
    diagnostics: &mut Diagnostics,
) {
    let mut finder = Finder { model, layout, types, options, names: HashMap::new() };
    let (mut found, mut listings) = (Vec::new(), Vec::new());
    let lists = options.lists();
    for (service, in_service) in model.services.iter().enumerate() {
        for (method, node) in in_service.methods.iter().enumerate() {
            // Where no lists are wanted, a mask for reading is about the items of one all the same.
            let mut unwanted = Diagnostics::default();
            let said = if lists { &mut *diagnostics } else { &mut unwanted };
            let listing = finder.listing(in_service, node, said);
            found.push((finder.change(node), finder.create(node), finder.read(node, listing), finder.batches(node)));
            listings.push((MethodId { service, method }, if lists { listing } else { Listing::No }));
        }
    }
    if lists {
        list::check(model, options, diagnostics);
        list::settle(model, layout, options, &mut listings, diagnostics);
    }
    for ((id, listing), (change, creates, read, batches)) in listings.into_iter().zip(found) {
        let method = &mut model.services[id.service].methods[id.method];
        (method.change, method.creates, method.read, method.batches) = (change, creates, read, batches);
        method.listing = listing;
    }
}

/// What the recognition of one method needs.
struct Finder<'a> {
    model: &'a Model,
    layout: &'a Layout,
    types: &'a TypeTable,
    options: &'a Options,
    /// The fields of resources by their names, built once for each.
    names: HashMap<MessageId, HashMap<&'a str, FieldId>>,
}

impl<'a> Finder<'a> {
    fn change(&mut self, method: &Method) -> Option<Change> {
        if method.streaming != Streaming::Unary || !self.is_small(method.input) {
            return None;
        }
        self.update(method).map(Change::Update).or_else(|| self.patch(method).map(Change::Patch))
    }

    /// Whether a message has so few fields that each method can look through them.
    fn is_small(&self, id: MessageId) -> bool {
        self.model.message(id).fields.len() <= MAX_FIELDS
    }

    /// The message of a singular field that stands alone.
    fn singular_message(&self, field: &Field) -> Option<(MessageId, &'a Message)> {
        match (field.r#type, field.shape) {
            (FieldType::Message(id, _), Shape::Singular(_)) => Some((id, self.model.message(id))),
            _ => None,
        }
    }

    /// Whether a field is a mask.
    fn is_mask(&self, field: &Field) -> bool {
        self.singular_message(field).is_some_and(|(_, message)| message.full_name == FIELD_MASK)
    }

    /// Whether a message can be a resource.
    fn is_resource(&self, id: MessageId) -> bool {
        self.layout.is_struct(id)
    }

    /// The messages in the fields of a response, of lists too, in the order of the fields.
    fn in_response(&self, method: &Method) -> impl Iterator<Item = MessageId> + use<'a> {
        let fields = self.model.message(method.output).fields.iter().take(MAX_FIELDS);
        fields.filter_map(|field| match (field.r#type, field.shape) {
            (FieldType::Message(id, _), Shape::Singular(_) | Shape::Repeated { .. }) => Some(id),
            _ => None,
        })
    }

    /// The singular field with this name, if it contains one of the scalars, also in a wrapper.
    fn singular_scalar(&self, message: MessageId, name: &str, scalars: &[ScalarType]) -> Option<FieldId> {
        let (id, _) = self.model.message(message).field_named(name)?;
        let layout = self.layout.field(message, id);
        let is_one_of = layout.value.scalar().is_some_and(|scalar| scalars.contains(&scalar));
        (layout.storage.is_singular() && is_one_of).then_some(id)
    }

    /// `allow_missing` and `etag` of a request.
    fn conditions(&self, request: MessageId) -> Conditions {
        let field = |name, scalar| self.singular_scalar(request, name, &[scalar]);
        let (allow_missing, etag) = (field("allow_missing", ScalarType::Bool), field("etag", ScalarType::String));
        Conditions { allow_missing, etag, name: None }
    }
}

/// The first word of a method's name, in lower case, and the rest of the name as it is written.
pub(super) fn verb(method: &Method) -> (&str, &str) {
    let name = method.name.proto.as_str();
    let verb = method.name.rust.split('_').next().unwrap_or_default();
    // Words are cut where the casing changes, so the first one stands at the front of the name, but for underscores.
    let rest = name.trim_start_matches('_').get(verb.len()..).unwrap_or_default();
    (verb, rest.trim_start_matches('_'))
}

/// The message that a field lists.
fn listed(field: &Field) -> Option<MessageId> {
    match (field.r#type, field.shape) {
        (FieldType::Message(id, _), Shape::Repeated { .. }) => Some(id),
        _ => None,
    }
}
