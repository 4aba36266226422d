//! The model as descriptors for prost-build: proto3 files in which every field says explicitly what it is.
//!
//! prost-build refuses editions, so each field carries what its features came to: `proto3_optional` for explicit
//! presence (also of groups), the label for required ones, `packed` in the options, groups for delimited messages.

use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::source_code_info::Location;
use prost_types::{
    DescriptorProto, EnumDescriptorProto, EnumOptions, EnumValueDescriptorProto, EnumValueOptions,
    FieldDescriptorProto, FieldOptions, FileDescriptorProto, MessageOptions, OneofDescriptorProto, SourceCodeInfo,
};

use crate::emit::context::Context;
use crate::layout::Layout;
use crate::model::{
    Comment, Encoding, Enum, EnumId, Field, FieldType, Message, MessageId, MessageKind, Model, Presence, Scalar, Shape,
    SourceFile,
};

/// The first character of a mark: a control character, which no comment keeps.
pub(super) const MARK: char = '\u{1}';

/// The comments that marks stand for.
#[derive(Debug, Default)]
pub(super) struct Marks<'a>(Vec<&'a str>);

impl<'a> Marks<'a> {
    /// The comment behind the mark with this number.
    pub(super) fn get(&self, number: usize) -> Option<&'a str> {
        self.0.get(number).copied()
    }

    fn mark(&mut self, comment: &'a Comment) -> Option<String> {
        let text = comment.text()?;
        self.0.push(text);
        Some(format!("{MARK}{}", self.0.len() - 1))
    }
}

/// Some of a file's top-level messages and enums.
pub(super) struct Part<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) messages: &'a [MessageId],
    pub(super) enums: &'a [EnumId],
}

/// Lowers a part of a file to a file.
pub(super) fn part<'a>(context: &Context<'a>, part: &Part<'a>, marks: &mut Marks<'a>) -> FileDescriptorProto {
    let mut lowering =
        Lowering { model: context.model, layout: context.layout, marks, path: Vec::new(), locations: Vec::new() };
    let message_type = lowering.each(4, part.messages, |lowering, &id| lowering.message(id));
    let enum_type = lowering.each(5, part.enums, |lowering, &id| lowering.r#enum(id));
    FileDescriptorProto {
        name: Some(part.file.name.clone()),
        package: Some(part.file.package.clone()).filter(|package| !package.is_empty()),
        message_type,
        enum_type,
        source_code_info: Some(SourceCodeInfo { location: lowering.locations }),
        syntax: Some("proto3".to_owned()),
        ..FileDescriptorProto::default()
    }
}

struct Lowering<'a, 'b> {
    model: &'a Model,
    layout: &'a Layout,
    marks: &'b mut Marks<'a>,
    path: Vec<i32>,
    /// prost-build looks every element up in here and expects to find it.
    locations: Vec<Location>,
}

impl<'a> Lowering<'a, '_> {
    /// Lowers a list of children; `number` is their field in the parent's descriptor.
    fn each<T, R>(&mut self, number: i32, items: &'a [T], lower: impl Fn(&mut Self, &'a T) -> R) -> Vec<R> {
        self.path.push(number);
        let lowered = (0..)
            .zip(items)
            .map(|(index, item)| {
                self.path.push(index);
                let lowered = lower(self, item);
                self.path.pop();
                lowered
            })
            .collect();
        self.path.pop();
        lowered
    }

    fn locate(&mut self, comment: &'a Comment) {
        let leading_comments = self.marks.mark(comment);
        self.locations.push(Location { path: self.path.clone(), leading_comments, ..Location::default() });
    }

    fn message(&mut self, id: MessageId) -> DescriptorProto {
        let message = self.model.message(id);
        self.locate(&message.comment);
        let field = self.each(2, &message.fields, |lowering, field| lowering.field(id, message, field));
        let nested_type = self.each(3, &message.messages, |lowering, &id| lowering.message(id));
        let enum_type = self.each(4, &message.enums, |lowering, &id| lowering.r#enum(id));
        let oneof_decl = self.each(8, &message.oneofs, |lowering, oneof| {
            lowering.locate(&oneof.comment);
            OneofDescriptorProto { name: Some(oneof.name.proto.clone()), options: None }
        });
        let map_entry = message.kind == MessageKind::MapEntry;
        DescriptorProto {
            name: Some(message.name.proto.clone()),
            field,
            nested_type,
            enum_type,
            oneof_decl,
            options: map_entry.then(|| MessageOptions { map_entry: Some(true), ..MessageOptions::default() }),
            ..DescriptorProto::default()
        }
    }

    fn field(&mut self, id: MessageId, message: &Message, field: &'a Field) -> FieldDescriptorProto {
        self.locate(&field.comment);
        let (label, explicit) = match field.shape {
            Shape::Repeated { .. } | Shape::Map(_) => (Label::Repeated, false),
            Shape::Singular(Presence::Required) => (Label::Required, false),
            Shape::Singular(Presence::Explicit) => (Label::Optional, true),
            Shape::Singular(Presence::Implicit) | Shape::Oneof(_) => (Label::Optional, false),
        };
        let (r#type, type_name) = self.r#type(self.layout.lowered_type(id, field.r#type));
        let is_length_prefixed = r#type == Type::Message;
        let packed = match field.shape {
            Shape::Repeated { packed } => Some(packed),
            _ => None,
        };
        let needs_options = packed.is_some() || field.deprecated;
        FieldDescriptorProto {
            name: Some(field.name.proto.clone()),
            number: Some(field.number),
            label: Some(label.into()),
            r#type: Some(r#type.into()),
            type_name,
            default_value: self.default_value(field),
            oneof_index: match field.shape {
                Shape::Oneof(index) => i32::try_from(index).ok(),
                _ => None,
            },
            options: needs_options.then(|| FieldOptions {
                packed,
                deprecated: Some(field.deprecated),
                ..FieldOptions::default()
            }),
            // A singular message is an `Option` anyway.
            proto3_optional: (explicit && !is_length_prefixed && message.kind == MessageKind::Plain).then_some(true),
            ..FieldDescriptorProto::default()
        }
    }

    /// The default as prost-build can read it: an alias of an enum value has no variant, so the first name of its
    /// number stands for it.
    fn default_value(&self, field: &Field) -> Option<String> {
        let default = field.default.as_ref()?;
        let FieldType::Enum(id) = field.r#type else { return Some(default.clone()) };
        let values = &self.model.r#enum(id).values;
        let named = values.iter().find(|value| value.proto_name == *default)?;
        values.iter().find(|value| value.number == named.number).map(|value| value.proto_name.clone())
    }

    fn r#type(&self, r#type: FieldType) -> (Type, Option<String>) {
        match r#type {
            FieldType::Scalar(scalar) => (scalar_type(scalar), None),
            FieldType::Enum(id) => (Type::Enum, Some(self.model.r#enum(id).full_name.clone())),
            FieldType::Message(id, encoding) => {
                let r#type = match encoding {
                    Encoding::LengthPrefixed => Type::Message,
                    Encoding::Delimited | Encoding::Group => Type::Group,
                };
                (r#type, Some(self.model.message(id).full_name.clone()))
            }
        }
    }

    fn r#enum(&mut self, id: EnumId) -> EnumDescriptorProto {
        let node: &'a Enum = self.model.r#enum(id);
        self.locate(&node.comment);
        let value = self.each(2, &node.values, |lowering, value| {
            lowering.locate(&value.comment);
            EnumValueDescriptorProto {
                name: Some(value.proto_name.clone()),
                number: Some(value.number),
                options: value
                    .deprecated
                    .then(|| EnumValueOptions { deprecated: Some(true), ..EnumValueOptions::default() }),
            }
        });
        EnumDescriptorProto {
            name: Some(node.name.proto.clone()),
            value,
            options: node.deprecated.then(|| EnumOptions { deprecated: Some(true), ..EnumOptions::default() }),
            ..EnumDescriptorProto::default()
        }
    }
}

fn scalar_type(scalar: Scalar) -> Type {
    match scalar {
        Scalar::Double => Type::Double,
        Scalar::Float => Type::Float,
        Scalar::Int64 => Type::Int64,
        Scalar::Uint64 => Type::Uint64,
        Scalar::Int32 => Type::Int32,
        Scalar::Fixed64 => Type::Fixed64,
        Scalar::Fixed32 => Type::Fixed32,
        Scalar::Bool => Type::Bool,
        Scalar::String => Type::String,
        Scalar::Bytes => Type::Bytes,
        Scalar::Uint32 => Type::Uint32,
        Scalar::Sfixed32 => Type::Sfixed32,
        Scalar::Sfixed64 => Type::Sfixed64,
        Scalar::Sint32 => Type::Sint32,
        Scalar::Sint64 => Type::Sint64,
    }
}
