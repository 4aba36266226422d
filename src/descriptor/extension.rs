//! The extension registry: every `extend` block of the request, by what it extends and by number.
//!
//! Custom options are extensions, and so are the predefined rules of protovalidate: only the request's own files know
//! their names and types. What an option's bytes mean is not decided here.

use std::collections::BTreeMap;

use super::{Message, Type};
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
            let extension = Extension { full_name: join(scope, field.name()), kind };
            let number = u32::try_from(field.number()).unwrap_or_default();
            self.by_extendee.entry(field.extendee().to_owned()).or_default().insert(number, extension);
        }
    }
}

/// Joins a scope and a name with a dot; the scope may be empty.
fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}
