//! The generator behind `protoc-gen-transom`: one annotated `.proto`, a whole Rust API.
//!
//! Five stages, one direction: request, resolve, model, emit, response. [`generate`] is all of them: a pure function
//! from the bytes of a `CodeGeneratorRequest` to a [`Response`].
//!
//! Most users need one of three ways in. buf and protoc run the binary; a build script calls [`compile_protos`], or
//! [`configure`] for more than the defaults:
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), transom_build::Error> {
//!     transom_build::configure()
//!         .option("include_file", "mod.rs")
//!         .option("descriptor_set", "true")
//!         .compile_protos(&["proto/shop/v1/shop.proto"], &["proto"])
//! }
//! ```
//!
//! and mounts the result with `mod api { include!(concat!(env!("OUT_DIR"), "/mod.rs")); }`.

#![deny(clippy::disallowed_methods, clippy::print_stderr)]

// The generator, in reading order: a pure core.
mod annotation;
mod capability;
mod check;
mod descriptor;
mod diagnostic;
mod emit;
mod layout;
mod model;
mod options;
mod request;
mod resolve;
mod response;

// Leaves that several stages use.
mod comment;
mod header;
mod name;
mod nearest;
mod parallel;
#[cfg(test)]
mod test_support;
mod text;

// The front: what touches files, processes and the environment.
mod bundled;
pub mod cli;
pub mod compile;
mod configure;
mod temporary;
mod write;

pub use configure::{Config, Error, compile_protos, configure};
pub use options::{help as options_help, markdown as options_markdown};
pub use request::RequestError;
pub use response::{Generated, OutputFile, Response};

use bytes::Bytes;

use capability::Plans;
use diagnostic::Diagnostics;
use layout::Layout;
use options::Options;
use request::Request;

/// Where the model goes when the option `dump_model` asks for it.
pub(crate) const DUMP_FILE: &str = "transom.model.txt";

/// Whether a parameter asks for the well-known types; problems in it are for [`generate`] to report.
fn compiles_well_known_types(parameter: &str) -> bool {
    Options::parse(parameter, &mut Diagnostics::default()).compile_well_known_types
}

/// Answers one request.
///
/// # Errors
///
/// Only when `request` is no `CodeGeneratorRequest`. Whatever is wrong with protos or options is part of the response.
pub fn generate(request: impl Into<Bytes>) -> Result<Response, RequestError> {
    generate_at(request, |_| None)
}

/// Answers one request as [`generate`] does. Diagnostics call a file by the path that `path_of` gives for its name.
fn generate_at(request: impl Into<Bytes>, path_of: impl Fn(&str) -> Option<String>) -> Result<Response, RequestError> {
    let request = Request::decode(request.into())?;
    let mut diagnostics = Diagnostics::default();
    let options = Options::parse(&request.parameter, &mut diagnostics);
    let sources = resolve::sources(&request, path_of);
    let mut dump = options.dump_model.then(String::new);
    let (model, types) = resolve::resolve(&request, &options, &mut diagnostics, dump.as_mut());
    let layout = Layout::new(&model, &options);
    let plans = Plans::new(&model, &layout, &types, &options, &mut diagnostics);
    check::check(&request, &model, &layout, &plans, &options, &mut diagnostics);
    drop((request, types));
    if let Some(text) = &mut dump {
        plans.dump(&model, &layout, text);
    }
    let warnings = diagnostics.warnings(&sources);
    if let Err(errors) = diagnostics.finish(&sources) {
        return Ok(Response { result: Err(errors), warnings });
    }
    drop(sources);
    let mut files = emit::emit(&model, &layout, &plans, &options);
    files.extend(dump.map(|content| OutputFile { name: DUMP_FILE.to_owned(), content }));
    let generated = Generated { files, packages: model.packages.len(), services: model.services.len() };
    Ok(Response { result: Ok(generated), warnings })
}
