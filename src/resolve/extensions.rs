//! Extensions with resolved types.

use super::attached::custom_options;
use super::messages::scalar;
use super::types::TypeTable;
use crate::descriptor::{ElementKind, ExtensionRegistry, Label, Type};
use crate::model::{Encoding, Extension, FieldType, TypeId};

/// Resolves the extensions of all files, sorted by extended message and number.
///
/// An extension whose message or type is not in the request is left out: the options that use it stay uninterpreted.
pub(super) fn resolve(registry: &ExtensionRegistry, types: &TypeTable) -> Vec<Extension> {
    let mut extensions: Vec<Extension> = registry
        .iter()
        .filter_map(|(extendee, number, extension)| {
            let Some(TypeId::Message(extendee)) = types.get(extendee) else { return None };
            let field = &extension.field;
            Some(Extension {
                extendee,
                number,
                full_name: extension.full_name.clone(),
                r#type: r#type(field, types)?,
                is_repeated: field.label() == Label::Repeated,
                options: custom_options(&field.option_bytes(), ElementKind::Field, registry),
            })
        })
        .collect();
    extensions.sort_unstable_by_key(|extension| (extension.extendee, extension.number));
    extensions
}

fn r#type(field: &crate::descriptor::Field, types: &TypeTable) -> Option<FieldType> {
    let declared = field.r#type.and_then(|number| Type::try_from(number).ok());
    if let Some(scalar) = declared.and_then(scalar) {
        return Some(FieldType::Scalar(scalar));
    }
    Some(match types.get(field.type_name())? {
        TypeId::Enum(id) => FieldType::Enum(id),
        TypeId::Message(id) if declared == Some(Type::Group) => FieldType::Message(id, Encoding::Group),
        TypeId::Message(id) => FieldType::Message(id, Encoding::LengthPrefixed),
    })
}
