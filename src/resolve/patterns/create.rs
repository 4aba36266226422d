//! Requests that create a resource: AIP-133, and AIP-233 for several at once.

use heck::ToSnakeCase;

use super::super::attached::first_texts;
use super::{Finder, listed, verb};
use crate::model::{CustomOption, Field, Message, MessageId, Method, Streaming, TypeId};

/// `google.longrunning.operation_info`, an extension of `MethodOptions`.
const OPERATION_INFO: (u32, &str) = (1049, "google.longrunning.operation_info");

impl Finder<'_> {
    /// Returns the resource that a method creates.
    ///
    /// The request of `CreateBook` has the resource in a field with the name `book`, or in the only field whose message
    /// is returned. A message is returned as the response, in a field of the response, or as the `response_type` of the
    /// operation. The request of `BatchCreateBooks` has a repeated field of such requests, with names like `Create…`.
    pub(super) fn create(&self, method: &Method) -> Option<MessageId> {
        if method.streaming != Streaming::Unary || !self.is_small(method.input) {
            return None;
        }
        let request = self.model.message(method.input);
        let (first, rest) = verb(method);
        match first {
            "create" => self.carried(method, request, rest),
            "batch" if rest.to_snake_case().starts_with("create_") => {
                let mut items = request.fields.iter().filter_map(listed).filter(|&id| self.is_small(id));
                items.find_map(|id| {
                    let message = self.model.message(id);
                    let noun = message.name.proto.strip_prefix("Create")?;
                    self.carried(method, message, noun.strip_suffix("Request").unwrap_or(noun))
                })
            }
            _ => None,
        }
    }

    /// The resource in a request to create a `noun`.
    fn carried(&self, method: &Method, request: &Message, noun: &str) -> Option<MessageId> {
        let candidates = request.fields.iter().filter_map(|field| {
            let (id, _) = self.singular_message(field)?;
            self.is_resource(id).then_some((field, id))
        });
        let candidates: Vec<(&Field, MessageId)> = candidates.collect();
        let noun = noun.to_snake_case();
        if let Some(&(_, id)) = candidates.iter().find(|(field, _)| field.name.proto.to_snake_case() == noun) {
            return Some(id);
        }
        let returned = |id: &MessageId| {
            *id == method.output || self.in_response(method).any(|other| other == *id) || self.is_result(method, *id)
        };
        let mut back = candidates.iter().map(|&(_, id)| id).filter(returned);
        back.next().filter(|_| back.next().is_none())
    }

    /// Whether a message is what the operation of a method ends with.
    fn is_result(&self, method: &Method, id: MessageId) -> bool {
        let Some(name) = response_type(&method.options) else { return false };
        // A name without a package is one of the method's own package.
        let full_name = &self.model.message(id).full_name;
        let package = &self.model.file_of(self.model.message(method.input)).package;
        let names = [format!(".{name}"), format!(".{package}.{name}")];
        names.iter().any(|name| name == full_name && self.types.get(name) == Some(TypeId::Message(id)))
    }
}

/// The `response_type` of `google.longrunning.operation_info`.
fn response_type(options: &[CustomOption]) -> Option<&str> {
    first_texts(options, OPERATION_INFO).filter_map(|text| std::str::from_utf8(text).ok()).last()
}
