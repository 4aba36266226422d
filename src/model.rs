//! Model: the facts of the protos, complete and immutable.
//!
//! [`crate::resolve`] builds it. Links are ids. There are no descriptor types and no text of the output but the
//! identifiers of [`crate::name::Name`].

mod behavior;
mod comment;
mod custom_option;
mod dump;
mod r#enum;
mod extension;
mod field;
mod fields;
mod message;
mod package;
mod service;

pub(crate) use behavior::{Behavior, Behaviors};
pub(crate) use comment::Comment;
pub(crate) use custom_option::CustomOption;
pub(crate) use dump::Pass;
pub(crate) use r#enum::{Enum, EnumValue};
pub(crate) use extension::Extension;
pub(crate) use field::{Encoding, Field, FieldType, Presence, Scalar, Shape};
pub(crate) use fields::Fields;
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

/// The position of a field in [`Message::fields`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FieldId(pub(crate) usize);

/// The position of a package in [`Model::packages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PackageId(pub(crate) usize);

/// A method: the position of its service in [`Model::services`], and its own in [`Service::methods`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct MethodId {
    pub(crate) service: usize,
    pub(crate) method: usize,
}

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
    /// Extensions of all files, sorted by extended message and number.
    pub(crate) extensions: Vec<Extension>,
}

impl Model {
    /// All messages with their ids.
    pub(crate) fn message_ids(&self) -> impl Iterator<Item = (MessageId, &Message)> {
        self.messages.iter().enumerate().map(|(index, message)| (MessageId(index), message))
    }

    /// The package with this id.
    pub(crate) fn package(&self, id: PackageId) -> &Package {
        &self.packages[id.0]
    }

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

    /// The method with this id.
    pub(crate) fn method(&self, id: MethodId) -> &Method {
        &self.services[id.service].methods[id.method]
    }

    /// The extension of a message with this number.
    pub(crate) fn extension(&self, extendee: MessageId, number: u32) -> Option<&Extension> {
        let key = |extension: &Extension| (extension.extendee, extension.number);
        let position = self.extensions.binary_search_by_key(&(extendee, number), key).ok()?;
        self.extensions.get(position)
    }

    /// The service of a method.
    pub(crate) fn service(&self, id: MethodId) -> &Service {
        &self.services[id.service]
    }

    /// All methods with their ids, in source order.
    pub(crate) fn methods(&self) -> impl Iterator<Item = (MethodId, &Method)> {
        self.services.iter().enumerate().flat_map(|(index, service)| methods(index, service))
    }

    /// The services of a package with their positions in [`Model::services`], in file order.
    pub(crate) fn package_services(&self, id: PackageId) -> impl Iterator<Item = (usize, &Service)> {
        let services = self.package(id).files.iter().flat_map(|&file| &self.file(file).services);
        services.map(|&index| (index, &self.services[index]))
    }

    /// The methods of a package with their ids, in source order.
    pub(crate) fn package_methods(&self, id: PackageId) -> impl Iterator<Item = (MethodId, &Method)> {
        self.package_services(id).flat_map(|(index, service)| methods(index, service))
    }

    /// The file that a message is declared in.
    pub(crate) fn file_of(&self, message: &Message) -> &SourceFile {
        &self.files[message.origin.file]
    }

    /// The file that a message or an enum is declared in.
    pub(crate) fn type_file(&self, id: TypeId) -> &SourceFile {
        self.file(self.type_file_id(id))
    }

    /// The id of the file that a message or an enum is declared in.
    pub(crate) fn type_file_id(&self, id: TypeId) -> FileId {
        FileId(match id {
            TypeId::Message(id) => self.message(id).origin.file,
            TypeId::Enum(id) => self.r#enum(id).origin.file,
        })
    }

    /// The message behind a field, its elements or the values of its map; its type where there is none.
    pub(crate) fn value_type(&self, field: &Field) -> FieldType {
        match field.shape {
            // The check of map entries has seen to it that there is a value.
            Shape::Map(entry) => self.message(entry).fields.last().map_or(field.r#type, |value| value.r#type),
            _ => field.r#type,
        }
    }

    /// The name of a field in paths and masks: its own, but of a group its message's.
    pub(crate) fn path_name<'a>(&'a self, field: &'a Field) -> &'a str {
        match field.r#type {
            FieldType::Message(id, Encoding::Group) => &self.message(id).name.proto,
            _ => &field.name.proto,
        }
    }

    /// The full name of a message or an enum, with its leading dot.
    pub(crate) fn full_name(&self, id: TypeId) -> &str {
        match id {
            TypeId::Message(id) => &self.message(id).full_name,
            TypeId::Enum(id) => &self.r#enum(id).full_name,
        }
    }
}

/// The methods of the service at a position of [`Model::services`].
fn methods(service: usize, node: &Service) -> impl Iterator<Item = (MethodId, &Method)> {
    node.methods.iter().enumerate().map(move |(method, node)| (MethodId { service, method }, node))
}
