//! Model building: from descriptors to the model, one pass a file, in the order below.
//!
//! Every pass reports all that it finds, and goes on with a harmless value in the place of a wrong one. Nothing is emitted
//! unless all passes and checks succeed.

mod annotations;
mod attached;
mod default_value;
mod extensions;
mod messages;
mod packages;
mod services;
mod structure;
mod types;

pub(crate) use types::TypeTable;

use crate::descriptor::{ExtensionRegistry, SourceInfo};
use crate::diagnostic::{Diagnostics, Source};
use crate::model::{Model, Pass};
use crate::options::Options;
use crate::request::Request;

/// Builds the model. `dump`, if given, receives the model as it is after each pass.
pub(crate) fn resolve(
    request: &Request,
    options: &Options,
    diagnostics: &mut Diagnostics,
    mut dump: Option<&mut String>,
) -> (Model, TypeTable) {
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
    model.extensions = extensions::resolve(&extensions, &types);
    services::resolve(&request.files, &types, &extensions, &mut model, diagnostics);
    annotations::resolve(&types, &mut model);
    record(Pass::Messages, &model);
    record(Pass::Services, &model);
    packages::resolve(&request.files, options, &mut model, diagnostics);
    record(Pass::Packages, &model);
    (model, types)
}

/// The source info of all files for diagnostics, and their paths where `path_of` knows them by their names.
pub(crate) fn sources(request: &Request, path_of: impl Fn(&str) -> Option<String>) -> Vec<Source> {
    let source = |file: &crate::request::RequestFile| Source {
        name: path_of(file.descriptor.name()).unwrap_or_else(|| file.descriptor.name().to_owned()),
        info: SourceInfo::new(file.descriptor.source_code_info.clone()),
    };
    request.files.iter().map(source).collect()
}
