//! The model: what the generator knows once everything is resolved.
//!
//! Immutable after [`crate::resolve`]; links are ids; no output strings, no tokens, no descriptor types.
//! Emitters read nothing else.

mod comment;
mod custom_option;
mod dump;
mod r#enum;
mod field;
mod message;
mod package;
mod service;

pub(crate) use comment::Comment;
pub(crate) use custom_option::CustomOption;
pub(crate) use dump::Pass;
pub(crate) use r#enum::{Enum, EnumValue};
pub(crate) use field::{Encoding, Field, FieldType, Presence, Scalar, Shape};
pub(crate) use message::{Message, MessageKind, Oneof};
pub(crate) use package::{Package, SourceFile};
pub(crate) use service::{Method, Service, Streaming};

/// The position of a file in [`Model::files`], which is its position in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) usize);

/// The position of a message in [`Model::messages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct MessageId(pub(crate) usize);

/// The position of an enum in [`Model::enums`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EnumId(pub(crate) usize);

/// A type that a field or a method can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TypeId {
    Message(MessageId),
    Enum(EnumId),
}

/// Everything that was asked for, and everything that it refers to.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// The packages to generate, in the order of their names.
    pub(crate) packages: Vec<Package>,
    /// All files of the request, imports before importers.
    pub(crate) files: Vec<SourceFile>,
    /// All messages, a file's together, each before the ones that it holds.
    pub(crate) messages: Vec<Message>,
    /// All enums, a file's together.
    pub(crate) enums: Vec<Enum>,
    /// All services of files to generate, in file order.
    pub(crate) services: Vec<Service>,
}

impl Model {
    /// The message with this id.
    pub(crate) fn message(&self, id: MessageId) -> &Message {
        &self.messages[id.0]
    }

    /// The enum with this id.
    pub(crate) fn r#enum(&self, id: EnumId) -> &Enum {
        &self.enums[id.0]
    }

    /// The file with this id.
    pub(crate) fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0]
    }

    /// The full name of a message or an enum, with its leading dot.
    pub(crate) fn full_name(&self, id: TypeId) -> &str {
        match id {
            TypeId::Message(id) => &self.message(id).full_name,
            TypeId::Enum(id) => &self.r#enum(id).full_name,
        }
    }
}
