//! Messages, enums and oneofs: written by prost-build, exactly as the ecosystem knows them.
//!
//! prost-build is called once a package. It decides `Copy`, `Eq` and `Hash` from all messages of a call, so it is also
//! given a stand-in for every message that this package refers to (see [`skeleton`]): the output is that of one call
//! over everything, but packages stay independent, and their cost is their own size.
//! Comments do not pass through it: it gets marks, and [`splice`] puts the text in their place.

mod boxing;
mod derive;
mod lower;
mod skeleton;
mod splice;

use prost_build::{Config, Module};

use self::derive::Derives;
use crate::model::{Model, Package};
use crate::options::Options;

/// What is decided over the whole model before any package is written.
pub(super) struct Plan {
    derives: Derives,
    boxed_groups: Vec<String>,
}

impl Plan {
    pub(super) fn new(model: &Model, options: &Options) -> Self {
        Self { derives: derive::derives(model, options), boxed_groups: boxing::boxed_groups(model) }
    }
}

/// Writes the structs and enums of a package.
pub(super) fn emit(model: &Model, options: &Options, plan: &Plan, package: &Package, output: &mut String) {
    let mut comments = lower::Marks::default();
    let own = Module::from_parts(["own"]);
    let mut requests = Vec::with_capacity(package.files.len() + 1);
    for &file in &package.files {
        requests.push((own.clone(), lower::file(model, model.file(file), &mut comments)));
    }
    requests.extend(
        skeleton::files(model, &plan.derives, package).into_iter().map(|file| (Module::from_parts(["other"]), file)),
    );
    // `generate` fails only on bad extern paths, which the option table has refused.
    let text = config(options, plan).generate(requests).ok().and_then(|mut modules| modules.remove(&own));
    splice::splice(&text.unwrap_or_default(), package, &comments, output);
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
    for path in options.boxed.iter().chain(&plan.boxed_groups) {
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
