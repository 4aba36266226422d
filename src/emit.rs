//! From the model to text: one emitter a file. Nothing here can fail, and nothing here looks at a descriptor.
//!
//! Items that a reader should see are templates under `templates/`; prost-build writes the messages.

mod client;
mod context;
mod descriptor_set;
mod fields;
mod file;
mod messages;
mod module_tree;
mod server;
mod service;
mod type_names;

use self::context::Context;
use crate::capability::Plans;
use crate::layout::Layout;
use crate::model::{Model, PackageId};
use crate::options::Options;
use crate::response::OutputFile;

/// Writes all files, in the order of their packages; the module tree comes last.
pub(crate) fn emit(model: &Model, layout: &Layout, plans: &Plans, options: &Options) -> Vec<OutputFile> {
    let prost = messages::ProstSettings::new(model, layout, options);
    let packages: Vec<PackageId> = (0..model.packages.len()).map(PackageId).collect();
    let mut files = crate::parallel::map(&packages, |&id| {
        let context = Context { model, layout, plans, options, id, package: model.package(id) };
        file::emit(&context, &prost)
    });
    if let Some(name) = &options.include_file {
        files.push(OutputFile { name: name.clone(), content: module_tree::emit(model, options, name) });
    }
    files
}
