//! Requests that create a resource: AIP-133, and AIP-233 for several at once.

use heck::ToSnakeCase;

use crate::annotation::{KnownExtension, OptionReader, TypedValue, ValueKind};
use crate::capability::recognizer::Recognizer;
use crate::capability::rpc::Rpc;
use crate::descriptor::ElementKind;
use crate::model::{Field, MessageId, Scalar, Streaming, TypeId};

const OPERATION_INFO: KnownExtension =
    KnownExtension { number: 1049, name: "google.longrunning.operation_info", kind: ValueKind::Message(None) };

/// `google.longrunning.OperationInfo.response_type`.
const RESPONSE_TYPE: u32 = 1;

impl Recognizer<'_> {
    /// Returns the resource that a method creates.
    ///
    /// The request of `CreateBook` has the resource in a field with the name `book`, or in the only field whose message
    /// is returned. A message is returned as the response, in a field of the response, or as the `response_type` of the
    /// operation. The request of `BatchCreateBooks` has a repeated field of such requests, with names like `Create…`.
    pub(super) fn create(&self, method: &Rpc<'_>) -> Option<MessageId> {
        if method.streaming != Streaming::Unary || !self.is_small(method.input) {
            return None;
        }
        let (first, rest) = method.verb();
        match first {
            "create" => self.created(method),
            "batch" if rest.to_snake_case().starts_with("create_") => {
                let items = self.batch_items(method).filter(|item| self.is_small(item.input));
                items.filter(|item| item.verb().0 == "create").find_map(|item| self.created(&item))
            }
            _ => None,
        }
    }

    /// Resource in the request of a method with a name like `CreateBook`.
    fn created(&self, method: &Rpc<'_>) -> Option<MessageId> {
        let candidates = self.model.message(method.input).fields.iter().filter_map(|field| {
            let (id, _) = self.singular_message(field)?;
            self.is_resource(id).then_some((field, id))
        });
        let candidates: Vec<(&Field, MessageId)> = candidates.collect();
        let noun = method.verb().1.to_snake_case();
        if let Some(&(_, id)) = candidates.iter().find(|(field, _)| field.name.proto.to_snake_case() == noun) {
            return Some(id);
        }
        let is_returned = |id: &MessageId| {
            *id == method.output
                || self.in_response(method.output).any(|other| other == *id)
                || self.is_result(method, *id)
        };
        let mut returned = candidates.iter().map(|&(_, id)| id).filter(is_returned);
        returned.next().filter(|_| returned.next().is_none())
    }

    /// Returns `true` for the response of the long-running operation that a method starts.
    fn is_result(&self, method: &Rpc<'_>, id: MessageId) -> bool {
        let Some(name) = self.response_type(method) else { return false };
        // A name without a package is one of the method's own package.
        let full_name = &self.model.message(id).full_name;
        let names = [format!(".{name}"), format!(".{}.{name}", method.package)];
        names.iter().any(|name| name == full_name && self.types.get(name) == Some(TypeId::Message(id)))
    }

    /// The `response_type` of `google.longrunning.operation_info`.
    fn response_type<'r>(&self, method: &Rpc<'r>) -> Option<&'r str> {
        let reader = OptionReader { model: self.model, types: self.types };
        let origin = method.service.method_origin(method.method);
        let values = reader.extension(&method.method.options, (ElementKind::Method, &origin), OPERATION_INFO);
        let mut types = values.iter().filter_map(|value| match &value.value {
            TypedValue::Message(info) => {
                info.values(self.model, RESPONSE_TYPE, ValueKind::Scalar(Scalar::String)).pop()?.value.text()
            }
            _ => None,
        });
        types.next_back()
    }
}
