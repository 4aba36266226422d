//! Updates without a mask: absent fields of the request leave the resource unchanged.
//!
//! `UpdateUser(UpdateUserRequest { id, optional email, optional name })` for a resource `User { id, email, name, .. }`.

use heck::ToSnakeCase;

use super::pattern::PatchField;
use super::{Conditions, Patch};
use crate::capability::recognizer::Recognizer;
use crate::capability::rpc::Rpc;
use crate::model::{Behavior, Field, FieldId, FieldType, Message, MessageId, Presence, Scalar, Shape, TypeId};

/// First words of methods that can be patches.
const VERBS: [&str; 2] = ["update", "patch"];

impl Recognizer<'_> {
    /// Returns the pattern of an update by optional fields.
    pub(super) fn patch(&self, method: &Rpc<'_>) -> Option<Patch> {
        let (verb, noun) = method.verb();
        if !VERBS.contains(&verb) || noun.is_empty() {
            return None;
        }
        let request = self.model.message(method.input);
        // Any mask but the read mask selects the changes in an unknown way.
        let read_mask = self.read_mask(method);
        if request.fields().any(|(id, field)| self.is_mask(field) && Some(id) != read_mask) {
            return None;
        }
        let resource = self.patched(method, noun).filter(|&id| id != method.input && self.is_resource(id))?;
        // A request that contains the resource replaces it.
        let holds_resource = |field: &Field| matches!(field.r#type, FieldType::Message(id, _) if id == resource);
        if request.fields.iter().any(holds_resource) {
            return None;
        }
        let conditions = Conditions { name: self.name(request, resource), ..self.conditions(method.input) };
        let is_about_call = |id| [conditions.allow_missing, conditions.etag, read_mask].contains(&Some(id));
        let mut fields = Vec::new();
        for (in_request, field) in request.fields().filter(|&(id, field)| is_optional(field) && !is_about_call(id)) {
            if let Some(in_resource) = self.counterpart((method.input, in_request), field, resource) {
                fields.push(PatchField { in_request, in_resource });
            }
        }
        let tells_absence = |field: &PatchField| matches!(request.field(field.in_request).shape, Shape::Singular(_));
        fields.iter().any(tells_absence).then_some(Patch { resource, fields, conditions })
    }

    /// Resource: the message with the noun of the method's name, in the response or in the scope of the request.
    fn patched(&self, method: &Rpc<'_>, noun: &str) -> Option<MessageId> {
        let snake = noun.to_snake_case();
        let is_named = |id: &MessageId| self.model.message(*id).name.proto.to_snake_case() == snake;
        let returned = std::iter::once(method.output).chain(self.in_response(method.output)).find(is_named);
        returned.or_else(|| self.beside(self.model.message(method.input), noun))
    }

    /// Message with this name in the scopes around another message, within its package.
    fn beside(&self, message: &Message, name: &str) -> Option<MessageId> {
        let package = self.model.file_of(message).package.len();
        let mut scope = message.full_name.as_str();
        while let Some((outer, _)) = scope.rsplit_once('.') {
            if let Some(TypeId::Message(id)) = self.types.get(&format!("{outer}.{name}")) {
                return Some(id);
            }
            // The scope of the package itself has a leading dot, if it has a name.
            if outer.len() <= package + 1 {
                return None;
            }
            scope = outer;
        }
        None
    }

    /// Field with the name of the resource: named like the resource's `IDENTIFIER`, or else `name`.
    fn name(&self, request: &Message, resource: MessageId) -> Option<FieldId> {
        let mut fields = self.model.message(resource).fields.iter();
        let identifier = fields.find(|field| field.behaviors.contains(Behavior::Identifier));
        let (id, field) = request.field_named(identifier.map_or("name", |field| &field.name.proto))?;
        let is_text =
            field.shape == Shape::Singular(Presence::Implicit) && field.r#type == FieldType::Scalar(Scalar::String);
        is_text.then_some(id)
    }

    /// Field of the resource with the name and the type of a field of the request.
    fn counterpart(&self, in_request: (MessageId, FieldId), field: &Field, resource: MessageId) -> Option<FieldId> {
        let message = self.model.message(resource);
        let (id, other) = message.field_named(&field.name.proto)?;
        let can_be_absent = other.shape != Shape::Singular(Presence::Required);
        let layout = self.layout.field(in_request.0, in_request.1);
        (can_be_absent && layout.is_assignable(self.layout.field(resource, id))).then_some(id)
    }
}

/// Returns `true` if the field can be absent. An empty list or map is absent.
fn is_optional(field: &Field) -> bool {
    matches!(field.shape, Shape::Singular(Presence::Explicit) | Shape::Repeated { .. } | Shape::Map(_))
}
