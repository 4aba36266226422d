//! Updates without a mask: what the request leaves out stays as it is.
//!
//! `UpdateUser(UpdateUserRequest { id, optional email, optional name })` for a resource `User { id, email, name, .. }`.

use std::collections::HashMap;

use heck::ToSnakeCase;

use super::{Finder, verb};
use crate::model::{
    Behavior, Conditions, Field, FieldId, FieldType, Message, MessageId, Method, Patch, PatchField, Presence, Scalar,
    Shape, TypeId,
};

/// The first words of methods that can be such updates.
const VERBS: [&str; 2] = ["update", "patch"];

impl Finder<'_> {
    /// Tells whether a method is an update by fields that may be absent.
    pub(super) fn patch(&mut self, method: &Method) -> Option<Patch> {
        let (verb, noun) = verb(method);
        if !VERBS.contains(&verb) || noun.is_empty() {
            return None;
        }
        let request = self.model.message(method.input);
        // A mask that is not about the answer says what to change, in some way that is not known.
        let read_mask = self.read_mask(method);
        if request.fields().any(|(id, field)| self.is_mask(field) && Some(id) != read_mask) {
            return None;
        }
        let resource = self.patched(method, noun).filter(|&id| id != method.input && self.is_resource(id))?;
        // A request that carries the resource itself replaces it.
        let holds_resource = |field: &Field| matches!(field.r#type, FieldType::Message(id, _) if id == resource);
        if request.fields.iter().any(holds_resource) {
            return None;
        }
        let conditions = Conditions { name: self.name(request, resource), ..self.conditions(method.input) };
        let is_about_call = |id| [conditions.allow_missing, conditions.etag, read_mask].contains(&Some(id));
        let mut fields = Vec::new();
        for (in_request, field) in request.fields().filter(|&(id, field)| can_be_absent(field) && !is_about_call(id)) {
            if let Some(in_resource) = self.counterpart((method.input, in_request), field, resource) {
                fields.push(PatchField { in_request, in_resource });
            }
        }
        let tells_absence = |field: &PatchField| matches!(request.field(field.in_request).shape, Shape::Singular(_));
        fields.iter().any(tells_absence).then_some(Patch { resource, fields, conditions })
    }

    /// The resource: the message that the method names, in the response or beside the request.
    fn patched(&self, method: &Method, noun: &str) -> Option<MessageId> {
        let snake = noun.to_snake_case();
        let is_named = |id: &MessageId| self.model.message(*id).name.proto.to_snake_case() == snake;
        let returned = std::iter::once(method.output).chain(self.in_response(method)).find(is_named);
        returned.or_else(|| self.beside(self.model.message(method.input), noun))
    }

    /// The message with this name in the scope of another one, as protobuf looks names up, but not beyond the package.
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

    /// The field of a request that names the resource: called like the resource's `IDENTIFIER`, or else `name`.
    fn name(&self, request: &Message, resource: MessageId) -> Option<FieldId> {
        let mut fields = self.model.message(resource).fields.iter();
        let identifier = fields.find(|field| field.behaviors.contains(Behavior::Identifier));
        let (id, field) = request.field_named(identifier.map_or("name", |field| &field.name.proto))?;
        let is_text =
            field.shape == Shape::Singular(Presence::Implicit) && field.r#type == FieldType::Scalar(Scalar::String);
        is_text.then_some(id)
    }

    /// The field of the resource with the name and the type of a request's field.
    fn counterpart(&mut self, in_request: (MessageId, FieldId), field: &Field, resource: MessageId) -> Option<FieldId> {
        let message = self.model.message(resource);
        let names = self.names.entry(resource).or_insert_with(|| {
            message.fields().map(|(id, field)| (field.name.proto.as_str(), id)).collect::<HashMap<_, _>>()
        });
        let id = *names.get(field.name.proto.as_str())?;
        let other = message.field(id);
        let can_be_absent = other.shape != Shape::Singular(Presence::Required);
        let layout = self.layout.field(in_request.0, in_request.1);
        (can_be_absent && layout.is_assignable(self.layout.field(resource, id))).then_some(id)
    }
}

/// Whether a request can leave the field out. A list or a map that is empty counts as left out.
fn can_be_absent(field: &Field) -> bool {
    matches!(field.shape, Shape::Singular(Presence::Explicit) | Shape::Repeated { .. } | Shape::Map(_))
}
