//! Stand-ins for messages: what prost-build must know about a type that it does not write.
//!
//! A stand-in has the type's name and at most two fields, which make it derive what the real one derives.
//! Those of the messages that it does write come after the real ones and replace them in prost-build's table, so that it
//! looks one step far instead of through everything below a field.

use std::collections::{BTreeMap, BTreeSet};

use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, FieldDescriptorProto, FileDescriptorProto};

use super::derive::{Derive, Derives};
use crate::model::{FieldType, MessageId, MessageKind, Model};

/// Files that declare a stand-in for each of these messages, for what is in them, and for all that they refer to.
pub(super) fn files(
    model: &Model,
    derives: &Derives,
    top_level: impl Iterator<Item = MessageId>,
) -> Vec<FileDescriptorProto> {
    let mut messages = BTreeSet::new();
    let mut open: Vec<MessageId> = top_level.collect();
    while let Some(id) = open.pop() {
        let message = model.message(id);
        messages.insert(id);
        open.extend(&message.messages);
        messages.extend(message.fields.iter().filter_map(|field| match field.r#type {
            FieldType::Message(target, _) => Some(target),
            FieldType::Scalar(_) | FieldType::Enum(_) => None,
        }));
    }
    let mut scopes: BTreeMap<&str, Vec<DescriptorProto>> = BTreeMap::new();
    for id in messages {
        let message = model.message(id);
        if message.kind == MessageKind::Plain {
            // The scope of a nested message serves as the package of its stand-in: only the full name counts.
            let (scope, name) = message.full_name.rsplit_once('.').unwrap_or(("", &message.full_name));
            scopes.entry(scope).or_default().push(stand_in(name, derives.get(id)));
        }
    }
    let file = |(scope, message_type): (&str, _)| FileDescriptorProto {
        name: Some(String::new()),
        package: Some(scope.trim_start_matches('.').to_owned()).filter(|package| !package.is_empty()),
        message_type,
        syntax: Some("proto3".to_owned()),
        ..FileDescriptorProto::default()
    };
    scopes.into_iter().map(file).collect()
}

fn stand_in(name: &str, derive: Derive) -> DescriptorProto {
    let prevents_copy = (!derive.copy).then_some(Type::String);
    let prevents_eq = (!derive.eq).then_some(Type::Float);
    let field = |(number, r#type): (i32, Type)| FieldDescriptorProto {
        name: Some(format!("f{number}")),
        number: Some(number),
        label: Some(Label::Optional.into()),
        r#type: Some(r#type.into()),
        ..FieldDescriptorProto::default()
    };
    DescriptorProto {
        name: Some(name.to_owned()),
        field: (1..).zip(prevents_copy.into_iter().chain(prevents_eq)).map(field).collect(),
        ..DescriptorProto::default()
    }
}
