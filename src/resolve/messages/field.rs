//! Fields: type, shape and presence, from labels in proto2 and proto3 and from features in editions.

use super::{Builder, json_name::json_name};
use crate::descriptor::{
    self, Edition, ElementKind, FeatureSet, FieldPresence, KnownOptions, Label, MessageEncoding, RepeatedFieldEncoding,
    Type,
};
use crate::diagnostic::{Diagnostic, Origin};
use crate::model::{Behaviors, Encoding, Field, FieldType, MessageKind, Presence, Scalar, Shape, TypeId};
use crate::name::Name;
use crate::resolve::default_value;
use crate::resolve::structure::children;

/// The message whose fields are resolved.
pub(super) struct Scope<'a> {
    pub(super) message: &'a descriptor::Message,
    pub(super) kind: MessageKind,
    pub(super) features: FeatureSet,
    /// For each oneof of the descriptor its position among those that the author wrote.
    pub(super) oneof_positions: &'a [Option<usize>],
    pub(super) origin: &'a Origin,
}

impl Builder<'_> {
    pub(super) fn fields(&mut self, scope: &Scope<'_>) -> Vec<Field> {
        children(&scope.message.field).filter_map(|(index, field)| self.field(scope, index, field)).collect()
    }

    fn field(&mut self, scope: &Scope<'_>, index: i32, field: &descriptor::Field) -> Option<Field> {
        let origin = &scope.origin.child(&[2, index]);
        let known = field.option_bytes().known(ElementKind::Field).unwrap_or_default();
        let features = scope.features.with(self.oneof_features(scope, field)).with(known.features);
        let r#type = self.field_type(scope, field, features, origin)?;
        let shape = self.shape(scope, field, r#type, features, &known);
        let options = self.options(&field.option_bytes(), ElementKind::Field);
        let node = Field {
            name: Name::of_value(field.name()),
            json_name: self.json_name(field, origin),
            number: field.number(),
            index,
            r#type,
            shape,
            default: self.default_value(field, origin).map(|default| default_value::canonical(default, r#type)),
            deprecated: known.deprecated,
            behaviors: Behaviors::default(),
            options,
            comment: self.comment(origin),
        };
        if let Some(default) = &node.default
            && let Err(problem) = default_value::check(default, r#type, shape)
        {
            self.diagnostics
                .error(Diagnostic::at(origin, format!("default {default:?} of field `{}` {problem}", field.name())));
        }
        Some(node)
    }

    fn json_name(&mut self, field: &descriptor::Field, origin: &Origin) -> String {
        let Some(written) = &field.json_name else { return json_name(field.name()) };
        String::from_utf8(written.to_vec()).unwrap_or_else(|_| {
            let message =
                format!("the JSON name of field `{}` is not UTF-8, so no Rust string can hold it", field.name());
            self.diagnostics.error(Diagnostic::at(origin, message).help("give it another `json_name`"));
            String::new()
        })
    }

    fn default_value(&mut self, field: &descriptor::Field, origin: &Origin) -> Option<String> {
        let default = String::from_utf8(field.default_value.as_ref()?.to_vec());
        if default.is_err() {
            let message =
                format!("the default of field `{}` is not UTF-8, so no Rust string can hold it", field.name());
            self.diagnostics
                .error(Diagnostic::at(origin, message).help("make the field `bytes`, or give it another default"));
        }
        default.ok()
    }

    /// Features that a oneof sets for its members.
    fn oneof_features(&self, scope: &Scope<'_>, field: &descriptor::Field) -> descriptor::FeatureOverrides {
        let oneof = field.oneof_index.and_then(|index| scope.message.oneof_decl.get(usize::try_from(index).ok()?));
        oneof
            .and_then(|oneof| oneof.option_bytes().known(ElementKind::Oneof).ok())
            .map(|known| known.features)
            .unwrap_or_default()
    }

    fn field_type(
        &mut self,
        scope: &Scope<'_>,
        field: &descriptor::Field,
        features: FeatureSet,
        origin: &Origin,
    ) -> Option<FieldType> {
        let Some(declared) = field.r#type.map_or(Some(None), |number| Type::try_from(number).ok().map(Some)) else {
            let number = field.r#type.unwrap_or_default();
            self.diagnostics
                .error(Diagnostic::at(origin, format!("field `{}` has the unknown type {number}", field.name())));
            return None;
        };
        if let Some(scalar) = declared.and_then(scalar) {
            return Some(FieldType::Scalar(scalar));
        }
        let Some(target) = self.types.get(field.type_name()) else {
            self.diagnostics.error(
                Diagnostic::at(
                    origin,
                    format!("type `{}` of field `{}` is not in the request", field.type_name(), field.name()),
                )
                .help("the request must hold every file that is imported, directly or not"),
            );
            return None;
        };
        match (target, declared) {
            (TypeId::Message(id), None | Some(Type::Message | Type::Group)) => {
                Some(FieldType::Message(id, self.encoding(scope, field, declared, features)))
            }
            (TypeId::Enum(id), None | Some(Type::Enum)) => Some(FieldType::Enum(id)),
            (TypeId::Message(_) | TypeId::Enum(_), _) => {
                let kind = if matches!(target, TypeId::Enum(_)) { "an enum" } else { "a message" };
                self.diagnostics.error(Diagnostic::at(
                    origin,
                    format!("field `{}` says otherwise, but `{}` is {kind}", field.name(), field.type_name()),
                ));
                None
            }
        }
    }

    /// Map entries and the messages in them are never delimited, whatever the features say.
    fn encoding(
        &self,
        scope: &Scope<'_>,
        field: &descriptor::Field,
        declared: Option<Type>,
        features: FeatureSet,
    ) -> Encoding {
        if declared == Some(Type::Group) {
            return Encoding::Group;
        }
        let delimited = self.edition >= Edition::Edition2023
            && features.message_encoding == MessageEncoding::Delimited
            && scope.kind == MessageKind::Plain
            && map_entry(scope.message, field).is_none();
        if delimited { Encoding::Delimited } else { Encoding::LengthPrefixed }
    }

    fn shape(
        &self,
        scope: &Scope<'_>,
        field: &descriptor::Field,
        r#type: FieldType,
        features: FeatureSet,
        known: &KnownOptions,
    ) -> Shape {
        let label = field.label.and_then(|label| Label::try_from(label).ok()).unwrap_or(Label::Optional);
        if label == Label::Repeated {
            if let (FieldType::Message(entry, _), true) = (r#type, map_entry(scope.message, field).is_some()) {
                return Shape::Map(entry);
            }
            let packable =
                !matches!(r#type, FieldType::Message(..) | FieldType::Scalar(Scalar::String | Scalar::Bytes));
            let packed = known.packed.unwrap_or(features.repeated_field_encoding == RepeatedFieldEncoding::Packed);
            return Shape::Repeated { packed: packable && packed };
        }
        if let Some(position) = field
            .oneof_index
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| scope.oneof_positions.get(index).copied().flatten())
            && !field.proto3_optional()
        {
            return Shape::Oneof(position);
        }
        Shape::Singular(self.presence(field, label, r#type, features))
    }

    fn presence(&self, field: &descriptor::Field, label: Label, r#type: FieldType, features: FeatureSet) -> Presence {
        let required = match self.edition {
            Edition::Proto2 | Edition::Proto3 => label == Label::Required,
            Edition::Edition2023 | Edition::Edition2024 => features.field_presence == FieldPresence::LegacyRequired,
        };
        let implicit = features.field_presence == FieldPresence::Implicit
            && !field.proto3_optional()
            && !matches!(r#type, FieldType::Message(..));
        match (required, implicit) {
            (true, _) => Presence::Required,
            (false, true) => Presence::Implicit,
            (false, false) => Presence::Explicit,
        }
    }
}

/// The position among the nested types of the map entry that the field names.
fn map_entry(message: &descriptor::Message, field: &descriptor::Field) -> Option<usize> {
    let name = field.type_name().rsplit('.').next()?;
    message.nested_type.iter().position(|nested| {
        nested.name() == name && nested.option_bytes().known(ElementKind::Message).is_ok_and(|known| known.map_entry)
    })
}

pub(in crate::resolve) fn scalar(r#type: Type) -> Option<Scalar> {
    Some(match r#type {
        Type::Double => Scalar::Double,
        Type::Float => Scalar::Float,
        Type::Int64 => Scalar::Int64,
        Type::Uint64 => Scalar::Uint64,
        Type::Int32 => Scalar::Int32,
        Type::Fixed64 => Scalar::Fixed64,
        Type::Fixed32 => Scalar::Fixed32,
        Type::Bool => Scalar::Bool,
        Type::String => Scalar::String,
        Type::Bytes => Scalar::Bytes,
        Type::Uint32 => Scalar::Uint32,
        Type::Sfixed32 => Scalar::Sfixed32,
        Type::Sfixed64 => Scalar::Sfixed64,
        Type::Sint32 => Scalar::Sint32,
        Type::Sint64 => Scalar::Sint64,
        Type::Group | Type::Message | Type::Enum => return None,
    })
}
