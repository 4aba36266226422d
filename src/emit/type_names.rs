//! Implementations of `prost::Name`: the full names and type URLs of messages, for the option `enable_type_names`.

use askama::Template;

use super::context::Context;
use crate::model::{MessageId, MessageKind};

#[derive(Template)]
#[template(path = "type_names.rs.jinja", escape = "none")]
struct TypeNames<'a> {
    package: &'a str,
    messages: Vec<NamedMessage<'a>>,
}

struct NamedMessage<'a> {
    path: String,
    name: &'a str,
    full_name: &'a str,
    domain: &'a str,
    deprecated: bool,
}

/// Writes an implementation for each generated message of a package.
pub(super) fn emit(context: &Context<'_>, output: &mut String) {
    let mut messages = Vec::new();
    for &file in &context.package.files {
        collect(context, &context.model.file(file).messages, &mut messages);
    }
    if !messages.is_empty() {
        // Writing into a string cannot fail.
        let _ = TypeNames { package: &context.package.name, messages }.render_into(output);
    }
}

/// Collects messages and the messages in them. The recursion is bounded, because prost's decoder limits the nesting.
fn collect<'a>(context: &Context<'a>, ids: &[MessageId], messages: &mut Vec<NamedMessage<'a>>) {
    for &id in ids {
        let message = context.model.message(id);
        if message.kind != MessageKind::Plain {
            continue;
        }
        if context.layout.is_owned_by(id, context.id) {
            messages.push(NamedMessage {
                path: context.message_path(0, id),
                name: &message.name.proto,
                full_name: message.full_name.trim_start_matches('.'),
                domain: context.options.type_name_domain(&message.full_name),
                deprecated: message.deprecated,
            });
        }
        collect(context, &message.messages, messages);
    }
}
