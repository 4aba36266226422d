//! Stubs of messages for prost-build, with the same derives as the messages.
//!
//! A stub has the name of the message and at most two fields, which allow the same derives. The stubs of messages that
//! prost-build writes follow the messages and replace them in its table, so that it looks one step far instead of through
//! all messages below a field.

use std::collections::{BTreeMap, BTreeSet};

use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, FieldDescriptorProto, FileDescriptorProto};

use crate::emit::context::Context;
use crate::layout::Derive;
use crate::model::{FieldType, MessageId, MessageKind};

/// Files with a stub of each of the messages, of the messages nested in them, and of all messages that these refer to.
pub(super) fn files(context: &Context<'_>, top_level: impl Iterator<Item = MessageId>) -> Vec<FileDescriptorProto> {
    let model = context.model;
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
            // The scope of a nested message is the package of its stub: only the full name counts.
            let (scope, name) = message.full_name.rsplit_once('.').unwrap_or(("", &message.full_name));
            scopes.entry(scope).or_default().push(stub(name, context.layout.derive(id)));
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

fn stub(name: &str, derive: Derive) -> DescriptorProto {
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
