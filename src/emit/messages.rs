//! Messages, enums and oneofs, written by prost-build.
//!
//! A call of prost-build gets about a hundred messages, because prost-build searches all messages of a call for each
//! field. It derives `Copy`, `Eq` and `Hash` from the messages that it knows, so the call also gets a stub of every
//! message that its messages refer to (see [`stub`]). The output is that of one call over all messages, packages are
//! independent, and the cost is linear.
//!
//! Comments do not pass through prost-build. It gets marks, and [`splice`] replaces them by the text.

mod lower;
mod splice;
mod stub;

use prost_build::{Config, Module};

use self::lower::Part;
use super::context::Context;
use crate::layout::{Layout, configure_types};
use crate::model::Model;
use crate::options::{Options, is_under};

/// Number of messages in one call of prost-build, unless a cycle needs more.
const MESSAGES_PER_CALL: usize = 100;

/// Settings of prost-build for all packages, computed once.
pub(super) struct ProstSettings {
    /// Paths of the fields that prost-build boxes only on request.
    requested_boxes: Vec<String>,
    /// Paths of oneofs, and the attributes that `oneof_attribute` gives them.
    oneof_attributes: Vec<(String, String)>,
}

impl ProstSettings {
    pub(super) fn new(model: &Model, layout: &Layout, options: &Options) -> Self {
        let requested_boxes = layout.requested_boxes(model);
        Self { requested_boxes, oneof_attributes: oneof_attributes(model, options) }
    }
}

/// Returns the attributes of `oneof_attribute` for each oneof. prost-build has attributes for enums and oneofs together.
fn oneof_attributes(model: &Model, options: &Options) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if options.attributes.oneofs.is_empty() {
        return found;
    }
    for message in &model.messages {
        for oneof in &message.oneofs {
            let full_name = format!("{}.{}", message.full_name, oneof.name.proto);
            let attributes = options.attributes.oneofs.iter().filter(|(path, _)| is_under(&full_name, path));
            found.extend(attributes.map(|(_, attribute)| (full_name.clone(), attribute.clone())));
        }
    }
    found
}

/// Writes the structs and enums of a package.
pub(super) fn emit(context: &Context<'_>, prost: &ProstSettings, output: &mut String) {
    let mut call = Vec::new();
    for &id in &context.package.files {
        let file = context.model.file(id);
        let mut start = 0;
        for end in context.layout.cycles().runs(id, file.messages.len(), MESSAGES_PER_CALL) {
            let is_last = end == file.messages.len();
            let enums = if is_last { file.enums.as_slice() } else { &[] };
            call.push(Part { file, messages: &file.messages[start..end], enums });
            start = end;
            if call.iter().map(|part| part.messages.len()).sum::<usize>() >= MESSAGES_PER_CALL {
                emit_call(context, prost, &std::mem::take(&mut call), output);
            }
        }
    }
    emit_call(context, prost, &call, output);
}

/// Writes the output of one call of prost-build.
fn emit_call(context: &Context<'_>, prost: &ProstSettings, parts: &[Part<'_>], output: &mut String) {
    let package = context.package;
    let mut comments = lower::Marks::default();
    let (own, other) = (Module::from_parts(["own"]), Module::from_parts(["other"]));
    let mut requests: Vec<_> =
        parts.iter().map(|part| (own.clone(), lower::part(context, part, &mut comments))).collect();
    let messages = parts.iter().flat_map(|part| part.messages.iter().copied());
    requests.extend(stub::files(context, messages).into_iter().map(|file| (other.clone(), file)));
    match config(context, prost).generate(requests) {
        // A part without types to generate has no text.
        Ok(mut modules) => splice::splice(&modules.remove(&own).unwrap_or_default(), package, &comments, output),
        // prost-build fails only on bad extern paths, which the option table rejects. If one passes, the user must not
        // lose messages silently.
        Err(error) => {
            let text = format!("protoc-gen-transom failed on package `{}`, please report this: {error}", package.name);
            output.push_str(&format!("\n::core::compile_error!({text:?});\n"));
        }
    }
}

fn config(context: &Context<'_>, prost: &ProstSettings) -> Config {
    let options = context.options;
    let mut config = Config::new();
    configure_types(options, &prost.requested_boxes, &mut config);
    if options.retain_enum_prefix {
        config.retain_enum_prefix();
    }
    config.disable_comments(&options.disable_comments);
    config.skip_debug(&options.skip_debug);
    for (path, attribute) in &options.attributes.types {
        config.type_attribute(path, attribute);
    }
    for (path, attribute) in &options.attributes.messages {
        config.message_attribute(path, attribute);
    }
    for (path, attribute) in options.attributes.enums.iter().chain(&prost.oneof_attributes) {
        config.enum_attribute(path, attribute);
    }
    for (path, attribute) in &options.attributes.fields {
        config.field_attribute(path, attribute);
    }
    config
}
