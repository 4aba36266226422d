//! The generator: a pure function from the bytes of a request to a response.

use bytes::Bytes;

use crate::capability::Plans;
use crate::check;
use crate::diagnostic::Diagnostics;
use crate::emit;
use crate::layout::Layout;
use crate::model::Model;
use crate::options::{DUMP_FILE, Options};
use crate::request::{Request, RequestError};
use crate::resolve;
use crate::response::{Generated, OutputFile, Response};

/// Returns `true` if a parameter has the option `compile_well_known_types`. Errors in it are reported by [`generate`].
pub(crate) fn compiles_well_known_types(parameter: &str) -> bool {
    Options::parse(parameter, &mut Diagnostics::default()).compile_well_known_types
}

/// Generates the response to a `CodeGeneratorRequest`.
///
/// # Errors
///
/// Only when `request` is not a `CodeGeneratorRequest`. Errors in protos and options are part of the response.
pub fn generate(request: impl Into<Bytes>) -> Result<Response, RequestError> {
    generate_with_paths(request, |_| None)
}

/// Returns the positions of the constructor calls of all diagnostics for a request, as `file:line` in the source of the
/// generator. Tests compare them with the calls in the source.
///
/// # Errors
///
/// As [`generate`].
pub fn diagnostic_calls(request: impl Into<Bytes>) -> Result<Vec<String>, RequestError> {
    let request = Request::decode(request.into())?;
    let mut diagnostics = Diagnostics::default();
    let options = Options::parse(&request.parameter, &mut diagnostics);
    Analysis::new(&request, &options, &mut diagnostics, None);
    Ok(diagnostics.calls().collect())
}

/// Generates as [`generate`] does. In diagnostics, `path_of` replaces the names of files by paths.
pub(crate) fn generate_with_paths(
    request: impl Into<Bytes>,
    path_of: impl Fn(&str) -> Option<String>,
) -> Result<Response, RequestError> {
    let request = Request::decode(request.into())?;
    let mut diagnostics = Diagnostics::default();
    let options = Options::parse(&request.parameter, &mut diagnostics);
    let sources = resolve::sources(&request, path_of);
    let mut dump = options.dump_model.then(String::new);
    let Analysis { model, layout, plans } = Analysis::new(&request, &options, &mut diagnostics, dump.as_mut());
    drop(request);
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

/// Results of the stages before the emitters.
struct Analysis {
    model: Model,
    layout: Layout,
    plans: Plans,
}

impl Analysis {
    /// Runs the stages that report diagnostics. `dump`, if given, receives the model and the plans.
    fn new(request: &Request, options: &Options, diagnostics: &mut Diagnostics, mut dump: Option<&mut String>) -> Self {
        let (model, types) = resolve::resolve(request, options, diagnostics, dump.as_deref_mut());
        let layout = Layout::new(&model, options);
        let plans = Plans::new(&model, &layout, &types, options, diagnostics);
        check::check(request, &model, &layout, &plans, options, diagnostics);
        if let Some(text) = dump {
            plans.dump(&model, &layout, text);
        }
        Self { model, layout, plans }
    }
}
