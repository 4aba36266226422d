//! The extension registry: every `extend` block of the request, by what it extends and by number.
//!
//! Custom options are extensions, and so are the predefined rules of protovalidate: only the request's own files know
//! their names and types. What an option's bytes mean is not decided here.

use std::collections::BTreeMap;

use super::{Label, Message, OptionBytes, Type};
use crate::request::RequestFile;

/// All extensions that the files of a request declare.
#[derive(Debug, Default)]
pub(crate) struct ExtensionRegistry {
    by_extendee: BTreeMap<String, BTreeMap<u32, Extension>>,
}

/// One declared extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Extension {
    /// The full name without a leading dot, as it is written in brackets: `google.api.http`.
    pub(crate) full_name: String,
    /// What its value is.
    pub(crate) kind: FieldKind,
    /// Whether an element can carry several values.
    pub(crate) is_repeated: bool,
    /// The options of the extension itself: a predefined rule keeps its CEL expressions here.
    pub(crate) options: OptionBytes,
}

/// The type of an extension's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// A scalar of the given type.
    Scalar(Type),
    /// An enum or a message by its full name with a leading dot.
    Named(String),
}

impl ExtensionRegistry {
    /// Collects the extensions of all files.
    pub(crate) fn collect(files: &[RequestFile]) -> Self {
        let mut registry = Self::default();
        for file in files.iter().map(|file| &file.descriptor) {
            let scope = file.package().to_owned();
            registry.add_all(&scope, &file.extension);
            registry.add_nested(&scope, &file.message_type);
        }
        registry
    }

    /// The extension of `extendee` (with its leading dot) that has this number.
    pub(crate) fn get(&self, extendee: &str, number: u32) -> Option<&Extension> {
        self.by_extendee.get(extendee)?.get(&number)
    }

    fn add_nested(&mut self, scope: &str, messages: &[Message]) {
        for message in messages {
            let scope = join(scope, message.name());
            self.add_all(&scope, &message.extension);
            self.add_nested(&scope, &message.nested_type);
        }
    }

    fn add_all(&mut self, scope: &str, extensions: &[super::Field]) {
        for field in extensions {
            let kind = match (field.r#type(), &field.type_name) {
                (_, Some(name)) => FieldKind::Named(name.clone()),
                (scalar, None) => FieldKind::Scalar(scalar),
            };
            let extension = Extension {
                full_name: join(scope, field.name()),
                kind,
                is_repeated: field.label() == Label::Repeated,
                options: field.option_bytes(),
            };
            let number = u32::try_from(field.number()).unwrap_or_default();
            self.by_extendee.entry(field.extendee().to_owned()).or_default().insert(number, extension);
        }
    }
}

/// Joins a scope and a name with a dot; the scope may be empty.
fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::super::{Field, File};
    use super::*;
    use crate::request::Role;

    #[test]
    fn extensions_are_found_by_extendee_and_number_with_their_own_options() {
        let rule = Field {
            name: Some("even".to_owned()),
            extendee: Some(".buf.validate.Int32Rules".to_owned()),
            number: Some(1161),
            label: Some(Label::Optional.into()),
            r#type: Some(Type::Bool.into()),
            // [buf.validate.predefined = {}]
            options: Bytes::from_static(&[0xc2, 0x48, 0]),
            ..Field::default()
        };
        let holder = Message { name: Some("Rules".to_owned()), extension: vec![rule.clone()], ..Message::default() };
        let descriptor = File { package: Some("shop".to_owned()), message_type: vec![holder], ..File::default() };
        let file = RequestFile { descriptor, encoded: Bytes::new(), role: Role::Import };
        let registry = ExtensionRegistry::collect(&[file]);
        let expected = Extension {
            full_name: "shop.Rules.even".to_owned(),
            kind: FieldKind::Scalar(Type::Bool),
            is_repeated: false,
            options: rule.option_bytes(),
        };
        assert_eq!(registry.get(".buf.validate.Int32Rules", 1161), Some(&expected));
        assert_eq!(registry.get(".buf.validate.Int64Rules", 1161), None);
    }
}
