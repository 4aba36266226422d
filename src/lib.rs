//! The generator behind `protoc-gen-transom`: one annotated `.proto`, a whole Rust API.
//!
//! Five stages, one direction: request, resolve, model, emit, response. [`generate`] is all of them: a pure function
//! from the bytes of a `CodeGeneratorRequest` to a [`Response`].

// In reading order.
mod descriptor;
mod diagnostic;
mod emit;
mod model;
mod options;
mod request;
mod resolve;
mod response;

mod comment;
mod name;
mod parallel;

pub use options::{help as options_help, markdown as options_markdown};
pub use request::RequestError;
pub use response::{OutputFile, Response};

use bytes::Bytes;

use diagnostic::Diagnostics;
use options::Options;
use request::Request;

/// Where the model goes when the option `dump_model` asks for it.
const DUMP_FILE: &str = "transom.model.txt";

/// Answers one request.
///
/// # Errors
///
/// Only when `request` is no `CodeGeneratorRequest`. Whatever is wrong with protos or options is part of the response.
pub fn generate(request: impl Into<Bytes>) -> Result<Response, RequestError> {
    let request = Request::decode(request.into())?;
    let mut diagnostics = Diagnostics::default();
    let options = Options::parse(&request.parameter, &mut diagnostics);
    let sources = resolve::sources(&request);
    let mut dump = options.dump_model.then(String::new);
    let model = resolve::resolve(request, &options, &sources, &mut diagnostics, dump.as_mut());
    if let Err(errors) = diagnostics.finish(&sources) {
        return Ok(Response { result: Err(errors) });
    }
    drop(sources);
    let mut files = emit::emit(&model, &options);
    files.extend(dump.map(|content| OutputFile { name: DUMP_FILE.to_owned(), content }));
    Ok(Response { result: Ok(files) })
}
