//! Methods as recognition sees them, and the requests in a batch.
//!
//! The items of a batch are requests of standard methods (AIP-231, AIP-233, AIP-234):
//! `BatchUpdateUsers(BatchUpdateUsersRequest { repeated UpdateUserRequest requests })`. An item is recognised as if the
//! service had a method named after the item's message, with the response of the batch.

use std::borrow::Cow;

use super::recognizer::{Recognizer, repeated_message};
use crate::model::{MessageId, Method, MethodId, Model, Service, Streaming};
use crate::name::Name;

/// First words of methods that change an existing resource.
pub(crate) const UPDATE_VERBS: [&str; 9] =
    ["update", "patch", "modify", "edit", "change", "set", "put", "replace", "upsert"];

/// More repeated fields than a batch has. This bounds the cost if thousands of methods share one message.
const MAX_LISTS: usize = 16;

/// A method, or the method that one item of a batch would have.
pub(super) struct Rpc<'a> {
    pub(super) name: Cow<'a, Name>,
    pub(super) input: MessageId,
    pub(super) output: MessageId,
    pub(super) streaming: Streaming,
    /// The method, which has the annotations.
    pub(super) method: &'a Method,
    pub(super) service: &'a Service,
    /// Package of the method's request.
    pub(super) package: &'a str,
}

impl<'a> Rpc<'a> {
    pub(super) fn new(model: &'a Model, id: MethodId) -> Self {
        let method = model.method(id);
        Self {
            name: Cow::Borrowed(&method.name),
            input: method.input,
            output: method.output,
            streaming: method.streaming,
            method,
            service: model.service(id),
            package: &model.file_of(model.message(method.input)).package,
        }
    }

    /// First word of the name, in lower case, and the rest of the name.
    pub(super) fn verb(&self) -> (&str, &str) {
        verb(&self.name)
    }

    /// Returns `true` if the name says that the method updates something.
    pub(super) fn is_update(&self) -> bool {
        UPDATE_VERBS.contains(&self.verb().0)
    }
}

impl<'a> Recognizer<'a> {
    /// The methods that the items of a batch would have, one for each message of an item.
    pub(super) fn batch_items<'r>(&'r self, rpc: &'r Rpc<'a>) -> impl Iterator<Item = Rpc<'a>> + use<'r, 'a> {
        let fields = &self.model.message(rpc.input).fields;
        let items: Vec<MessageId> = fields.iter().filter_map(repeated_message).take(MAX_LISTS).collect();
        let is_first = {
            let items = items.clone();
            move |&(index, item): &(usize, MessageId)| !items[..index].contains(&item)
        };
        items.into_iter().enumerate().filter(is_first).map(|(_, item)| {
            let name = &self.model.message(item).name.proto;
            let name = Name::of_value(name.strip_suffix("Request").unwrap_or(name));
            Rpc { name: Cow::Owned(name), input: item, streaming: Streaming::Unary, ..*rpc }
        })
    }

    /// Returns `true` if a message can be the request of a standard method in a batch.
    pub(super) fn is_batch_request(&self, item: MessageId) -> bool {
        self.model.message(item).name.proto.ends_with("Request") && self.is_resource(item)
    }
}

/// First word of a method's name, in lower case, and the rest of the name as it is written.
pub(crate) fn verb(name: &Name) -> (&str, &str) {
    let verb = name.rust.split('_').next().unwrap_or_default();
    // Words end where the case changes, so only underscores can precede the first one.
    let rest = name.proto.trim_start_matches('_').get(verb.len()..).unwrap_or_default();
    (verb, rest.trim_start_matches('_'))
}
