//! Runs protox, the compiler in pure Rust.
//!
//! It reads proto2 and proto3 and no editions; a file with an edition is refused, with the way out.
//!
//! It writes what protoc writes, extension options included, but for these differences, which no
//! generated code shows:
//!
//! - warnings: protox has none
//! - the well-known types come without source info, so without comments

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;

use ::protox::Error;
use ::protox::file::{File, FileResolver, GoogleFileResolver};
use bytes::Bytes;
use miette::Diagnostic as Report;

use super::Output;
use super::backend::Backend;
use super::diagnostic::{Diagnostic, Position};
use super::edition;
use super::include::Includes;
use super::input::Inputs;
use super::quiet::quietly;
use super::stderr::import_not_found;
use crate::bundled;

/// Compiles `inputs`.
pub(super) fn compile(inputs: &Inputs) -> Result<Output, Vec<Diagnostic>> {
    quietly(AssertUnwindSafe(|| run(inputs))).unwrap_or_else(|| {
        let message = "the compiler protox stopped on these files; this is a defect of protox";
        let help = "use protoc: name one in the environment variable `PROTOC`";
        Err(vec![Diagnostic::error(message).help(help)])
    })
}

fn run(inputs: &Inputs) -> Result<Output, Vec<Diagnostic>> {
    let refused = Rc::new(RefCell::new(Vec::new()));
    let mut compiler = ::protox::Compiler::with_file_resolver(Resolver {
        includes: inputs.includes.clone(),
        well_known: GoogleFileResolver::new(),
        refused: Rc::clone(&refused),
    });
    compiler.include_imports(true).include_source_info(true);

    let mut diagnostics = Vec::new();
    for file in &inputs.files {
        // protox stops at the first bad file; the others get their turn all the same.
        if let Err(error) = compiler.open_file(&file.name) {
            let mut refused = refused.take();
            if refused.is_empty() {
                refused = convert(&error, &inputs.includes);
            }
            diagnostics.extend(refused);
        }
    }
    if diagnostics.is_empty() {
        return Ok(Output {
            descriptor_set: Bytes::from(compiler.encode_file_descriptor_set()),
            warnings: Vec::new(),
        });
    }
    // Two files that import a bad one fail with the same words.
    let mut seen = HashSet::new();
    diagnostics.retain(|diagnostic| seen.insert(diagnostic.to_string()));
    Err(diagnostics)
}

/// Finds imports: on disk, in the bundle, among protox's well-known types.
struct Resolver {
    includes: Includes,
    well_known: GoogleFileResolver,
    /// Files that this resolver found and did not pass on; protox's error type has no room for it.
    refused: Rc<RefCell<Vec<Diagnostic>>>,
}

impl FileResolver for Resolver {
    fn open_file(&self, name: &str) -> Result<File, Error> {
        let Some(path) = self.includes.find(name) else {
            return match bundled::find(name) {
                Some(file) => File::from_source(name, file.source),
                None => self.well_known.open_file(name),
            };
        };
        let refuse = |diagnostic: Diagnostic| {
            self.refused.borrow_mut().push(diagnostic);
            Error::new("refused")
        };
        let file = path.display().to_string();
        let source = fs::read_to_string(&path).map_err(|error| {
            let message = format!("cannot read the file: {error}");
            refuse(Diagnostic::error(message).at(file.as_str(), None))
        })?;
        // As protoc does; protox takes the byte order mark for a wrong character.
        let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
        match edition::refuse(&Backend::Protox, &file, source) {
            Some(diagnostic) => Err(refuse(diagnostic)),
            None => File::from_source(name, source),
        }
    }
}

/// One diagnostic for the error, and one for each that came with it.
fn convert(error: &Error, includes: &Includes) -> Vec<Diagnostic> {
    let file = error.file().map(|name| {
        let path = includes.find(name);
        path.map_or_else(|| name.to_owned(), |path| path.display().to_string())
    });
    let related = error.related().into_iter().flatten();
    let mut diagnostics: Vec<Diagnostic> = std::iter::once(error as &dyn Report)
        .chain(related)
        .map(|report| Diagnostic {
            file: file.clone(),
            position: position(report, error),
            help: report.help().map(|help| help.to_string()),
            ..Diagnostic::error(report.to_string())
        })
        .collect();
    if error.is_file_not_found()
        && let Some(first) = diagnostics.first_mut()
        && let Some(name) = first.message.split('\'').nth(1).map(str::to_owned)
    {
        *first = import_not_found(first.clone(), &name);
    }
    diagnostics
}

/// Where `report` points in the source that `error` holds.
fn position(report: &dyn Report, error: &Error) -> Option<Position> {
    let labels: Vec<_> = report.labels()?.collect();
    let says = |words: &[&str]| {
        labels.iter().find(|label| {
            let text = label.label().unwrap_or_default();
            words.iter().any(|word| text.contains(word))
        })
    };
    // Of two labels, the one at fault counts, not the definition that it conflicts with.
    let label = says(&["again", "found"]).or(labels.first())?;
    let source = report.source_code().or_else(|| error.source_code())?;
    let place = source.read_span(label.inner(), 0, 0).ok()?;
    Some(Position {
        line: u32::try_from(place.line() + 1).ok()?,
        column: u32::try_from(place.column() + 1).ok()?,
    })
}
