//! Messages, enums and oneofs: written by prost-build, exactly as the ecosystem knows them.
//!
//! prost-build is called with a hundred messages at a time, because it searches all messages of a call for each field.
//! It decides `Copy`, `Eq` and `Hash` from all messages that it knows, so it is also given a stand-in for every message
//! that those of the call refer to (see [`skeleton`]): the output is that of one call over everything, but packages stay
//! independent, and the cost is linear.
//! Comments do not pass through it: it gets marks, and [`splice`] puts the text in their place.

mod boxing;
mod circle;
mod derive;
mod lower;
mod number;
mod skeleton;
mod splice;

use prost_build::{Config, Module};

use self::circle::Circles;
use self::derive::Derives;
use self::lower::Part;
use self::number::Numbers;
use crate::model::{Model, Package};
use crate::options::Options;

/// How many messages of a package go to one call of prost-build, where no circle of messages asks for more.
const MESSAGES_PER_CALL: usize = 100;

/// What is decided over the whole model before any package is written.
pub(super) struct Plan {
    derives: Derives,
    circles: Circles,
    boxed_fields: Vec<String>,
    numbers: Numbers,
}

impl Plan {
    pub(super) fn new(model: &Model, options: &Options) -> Self {
        let circles = Circles::find(model);
        let boxed_fields = boxing::boxed_fields(model, options, &circles);
        let (derives, numbers) = (derive::derives(model, options), Numbers::find(model));
        Self { derives, circles, boxed_fields, numbers }
    }
}

/// Writes the structs and enums of a package.
pub(super) fn emit(model: &Model, options: &Options, plan: &Plan, package: &Package, output: &mut String) {
    let mut call = Vec::new();
    for &id in &package.files {
        let file = model.file(id);
        let mut start = 0;
        for end in plan.circles.runs(id, file.messages.len(), MESSAGES_PER_CALL) {
            let is_last = end == file.messages.len();
            let enums = if is_last { file.enums.as_slice() } else { &[] };
            call.push(Part { file, messages: &file.messages[start..end], enums });
            start = end;
            if call.iter().map(|part| part.messages.len()).sum::<usize>() >= MESSAGES_PER_CALL {
                emit_call(model, options, plan, package, &std::mem::take(&mut call), output);
            }
        }
    }
    emit_call(model, options, plan, package, &call, output);
}

/// Writes what one call of prost-build makes.
fn emit_call(
    model: &Model,
    options: &Options,
    plan: &Plan,
    package: &Package,
    parts: &[Part<'_>],
    output: &mut String,
) {
    let mut comments = lower::Marks::default();
    let (own, other) = (Module::from_parts(["own"]), Module::from_parts(["other"]));
    let mut requests: Vec<_> =
        parts.iter().map(|part| (own.clone(), lower::part(model, &plan.numbers, part, &mut comments))).collect();
    let messages = parts.iter().flat_map(|part| part.messages.iter().copied());
    requests.extend(skeleton::files(model, &plan.derives, messages).into_iter().map(|file| (other.clone(), file)));
    match config(options, plan).generate(requests) {
        // A part with nothing in it, or with extern types alone, has no text.
        Ok(mut modules) => splice::splice(&modules.remove(&own).unwrap_or_default(), package, &comments, output),
        // It fails only on bad extern paths, which the option table has refused. Losing messages without a word would
        // be the worst answer to a mistake in that.
        Err(error) => {
            let text = format!("protoc-gen-transom failed on package `{}`, please report this: {error}", package.name);
            output.push_str(&format!("\n::core::compile_error!({text:?});\n"));
        }
    }
}

fn config(options: &Options, plan: &Plan) -> Config {
    let mut config = Config::new();
    // The well-known types are among our extern paths, where an option may have put them elsewhere; prost-build would
    // refuse a path that it knows already.
    config.compile_well_known_types();
    if options.retain_enum_prefix {
        config.retain_enum_prefix();
    }
    for (proto, rust) in options.extern_paths().pairs() {
        config.extern_path(proto, rust);
    }
    config.bytes(&options.bytes);
    config.btree_map(&options.btree_map);
    config.disable_comments(&options.disable_comments);
    config.skip_debug(&options.skip_debug);
    for path in &plan.boxed_fields {
        config.boxed(path);
    }
    for (path, attribute) in &options.attributes.types {
        config.type_attribute(path, attribute);
    }
    for (path, attribute) in &options.attributes.messages {
        config.message_attribute(path, attribute);
    }
    for (path, attribute) in &options.attributes.enums {
        config.enum_attribute(path, attribute);
    }
    for (path, attribute) in &options.attributes.fields {
        config.field_attribute(path, attribute);
    }
    config
}
