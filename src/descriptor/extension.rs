//! Extension registry: every `extend` block of the request, by extendee and number.
//!
//! Custom options are extensions, and so are the predefined rules of protovalidate: only the files of the request know
//! their names and types.

use std::collections::BTreeMap;

use super::{Field, Message};
use crate::request::RequestFile;

/// All extensions that the files of a request declare.
#[derive(Debug, Default)]
pub(crate) struct ExtensionRegistry {
    by_extendee: BTreeMap<String, BTreeMap<u32, Extension>>,
}

/// Declaration of an extension.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Extension {
    /// Full name without a leading dot, as in brackets: `google.api.http`.
    pub(crate) full_name: String,
    pub(crate) field: Field,
}

impl ExtensionRegistry {
    /// Collects the extensions of all files.
    pub(crate) fn collect(files: &[RequestFile]) -> Self {
        let mut registry = Self::default();
        for file in files.iter().map(|file| &file.descriptor) {
            registry.add_all(file.package(), &file.extension);
            registry.add_nested(file.package(), &file.message_type);
        }
        registry
    }

    /// The extension of `extendee` (with its leading dot) that has this number.
    pub(crate) fn get(&self, extendee: &str, number: u32) -> Option<&Extension> {
        self.by_extendee.get(extendee)?.get(&number)
    }

    /// All extensions as extendee, number and declaration, sorted by extendee and number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u32, &Extension)> {
        self.by_extendee.iter().flat_map(|(extendee, extensions)| {
            extensions.iter().map(|(&number, extension)| (extendee.as_str(), number, extension))
        })
    }

    fn add_nested(&mut self, scope: &str, messages: &[Message]) {
        for message in messages.iter().filter(|message| has_extensions(message)) {
            let scope = join(scope, message.name());
            self.add_all(&scope, &message.extension);
            self.add_nested(&scope, &message.nested_type);
        }
    }

    fn add_all(&mut self, scope: &str, extensions: &[Field]) {
        for field in extensions {
            let extension = Extension { full_name: join(scope, field.name()), field: field.clone() };
            let number = u32::try_from(field.number()).unwrap_or_default();
            self.by_extendee.entry(field.extendee().to_owned()).or_default().insert(number, extension);
        }
    }
}

/// Returns `true` if a message or the messages in it can declare extensions.
fn has_extensions(message: &Message) -> bool {
    !message.extension.is_empty() || !message.nested_type.is_empty()
}

/// Joins a scope and a name with a dot; the scope may be empty.
fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::super::{File, Label, Type};
    use super::*;
    use crate::request::Role;

    #[test]
    fn extensions_are_found_by_extendee_and_number() {
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
        let expected = Extension { full_name: "shop.Rules.even".to_owned(), field: rule };
        assert_eq!(registry.get(".buf.validate.Int32Rules", 1161), Some(&expected));
        assert_eq!(registry.get(".buf.validate.Int64Rules", 1161), None);
    }
}
