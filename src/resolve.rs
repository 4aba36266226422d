//! From descriptors to the model: one pass a file, in the order below.
//!
//! Every pass takes what it needs and `&mut Diagnostics`, reports all that it finds, and goes on with something
//! harmless in the place of what is wrong. Nothing is emitted unless all of them were content.

mod attached;
mod check;
mod clash;
mod complete;
mod default_value;
mod described;
mod domains;
mod messages;
mod packages;
mod patterns;
mod selections;
mod services;
mod structure;
mod types;

use crate::descriptor::{ExtensionRegistry, SourceInfo};
use crate::diagnostic::{Diagnostics, Source};
use crate::layout::Layout;
use crate::model::{Model, Pass};
use crate::options::Options;
use crate::request::Request;

/// Runs all passes. `dump`, if given, receives the model as it is after each of them.
pub(crate) fn resolve(
    request: Request,
    options: &Options,
    diagnostics: &mut Diagnostics,
    mut dump: Option<&mut String>,
) -> (Model, Layout) {
    let mut record = |pass: Pass, model: &Model| {
        if let Some(text) = dump.as_deref_mut() {
            model.dump(pass, text);
        }
    };
    let extensions = ExtensionRegistry::collect(&request.files);
    let editions = structure::check(&request.files, diagnostics);
    let mut model = Model { files: packages::files(&request.files, &extensions, diagnostics), ..Model::default() };
    let types = types::collect(&request.files, diagnostics);
    record(Pass::Files, &model);
    messages::resolve(&request.files, &editions, &types, &extensions, &mut model, diagnostics);
    record(Pass::Messages, &model);
    services::resolve(&request.files, &types, &extensions, &mut model, diagnostics);
    record(Pass::Services, &model);
    packages::resolve(&request.files, options, &mut model, diagnostics);
    record(Pass::Packages, &model);
    let layout = Layout::new(&model, options);
    patterns::resolve(&types, &layout, options, &mut model, diagnostics);
    record(Pass::Patterns, &model);
    described::resolve(&layout, options, &mut model, diagnostics);
    domains::resolve(&mut model);
    record(Pass::Described, &model);
    check::check(&model, &layout, options, diagnostics);
    selections::check(options, &model, &layout, diagnostics);
    complete::check(&request.files, options, &model, &layout, diagnostics);
    (model, layout)
}

/// The source info of all files for diagnostics, and their paths where `path_of` knows them by their names.
pub(crate) fn sources(request: &Request, path_of: impl Fn(&str) -> Option<String>) -> Vec<Source> {
    let source = |file: &crate::request::RequestFile| Source {
        name: path_of(file.descriptor.name()).unwrap_or_else(|| file.descriptor.name().to_owned()),
        info: SourceInfo::new(file.descriptor.source_code_info.clone()),
    };
    request.files.iter().map(source).collect()
}
