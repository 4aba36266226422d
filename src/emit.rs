//! From the model to text: one emitter a file. Nothing here can fail, and nothing here looks at a descriptor.
//!
//! Items that a reader should see are templates under `templates/`; prost-build writes the messages.

mod client;
mod descriptor_set;
mod fields;
mod file;
mod messages;
mod module_tree;
mod paths;
mod server;
mod service;

use crate::model::Model;
use crate::options::Options;
use crate::response::OutputFile;

/// Writes all files, in the order of their packages; the module tree comes last.
pub(crate) fn emit(model: &Model, options: &Options) -> Vec<OutputFile> {
    let plan = messages::Plan::new(model, options);
    let mut files = crate::parallel::map(&model.packages, |package| file::emit(model, options, &plan, package));
    if let Some(name) = &options.include_file {
        files.push(OutputFile { name: name.clone(), content: module_tree::emit(model, options, name) });
    }
    files
}
