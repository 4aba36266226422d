//! Runs protox, the compiler in pure Rust.
//!
//! It reads proto2 and proto3 and no editions; a file with an edition is refused, with the way out.
//!
//! It writes the bytes that protoc writes, extension options included, but for these differences:
//!
//! - An element of an extension declared with `[packed = ...]` is encoded the other way, because protox
//!   looks at the option too late: `(google.api.field_behavior)` comes packed. Every protobuf reader
//!   takes both.
//! - Options that are not for plugins (`retention = RETENTION_SOURCE`) are kept. In practice these
//!   are the declarations of extension ranges.
//! - A comment after the opening brace of an rpc, or between two elements on one line, is lost.
//!   Comments have no carriage returns.
//! - An rpc with empty braces has no options; with protoc it has empty ones.
//! - Floating-point defaults such as `1e+100` are written out in digits.
//! - The well-known types are those of the crate prost-types, older and without comments.
//! - The locations of groups have another order.
//! - There are no warnings, and some errors are found only when others are gone.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::mem;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::thread;

use ::protox::Error;
use ::protox::file::{File, FileResolver, GoogleFileResolver};
use bytes::Bytes;
use miette::Diagnostic as Report;
use prost::{DecodeError, Message};

use super::Output;
use super::backend::Backend;
use super::descriptor_set::wire;
use super::diagnostic::{Diagnostic, Position};
use super::edition;
use super::include::Includes;
use super::input::Inputs;
use super::quiet::quietly;
use super::scan;
use super::source_info;
use super::stderr::import_not_found;
use crate::bundled;

/// How many brackets of a file may be open at a time. protox recurses into them. Messages nest 31
/// deep at most, and decoders refuse option values that are more than 100 deep.
const DEEPEST_NESTING: usize = 100;

/// How long a chain of imports may be. protox recurses into it.
const LONGEST_CHAIN: usize = 1000;

/// Enough for both, also without optimisation; a main thread has less on some systems.
const STACK_SIZE: usize = 16 << 20;

/// Compiles `inputs`.
pub(super) fn compile(inputs: &Inputs) -> Result<Output, Vec<Diagnostic>> {
    thread::scope(|scope| {
        let compile = || quietly(AssertUnwindSafe(|| run(inputs)));
        let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, compile);
        let thread = thread.map_err(|error| vec![Diagnostic::error(format!("cannot start a thread: {error}"))])?;
        thread.join().ok().flatten().unwrap_or_else(|| {
            let message = "the compiler protox stopped on these files; this is a defect of protox";
            let help = "use protoc: name one in the environment variable `PROTOC`";
            Err(vec![Diagnostic::error(message).help(help)])
        })
    })
}

fn run(inputs: &Inputs) -> Result<Output, Vec<Diagnostic>> {
    let seen = Rc::new(RefCell::new(Seen::default()));
    let mut compiler = ::protox::Compiler::with_file_resolver(Resolver {
        includes: inputs.includes.clone(),
        well_known: GoogleFileResolver::new(),
        seen: Rc::clone(&seen),
    });
    compiler.include_imports(true).include_source_info(true);

    let mut diagnostics = Vec::new();
    for file in &inputs.files {
        // protox stops at the first bad file; the others get their turn all the same.
        if let Err(error) = compiler.open_file(&file.name) {
            let mut refused = mem::take(&mut seen.borrow_mut().refused);
            if refused.is_empty() {
                refused = convert(&error, &inputs.includes);
            }
            diagnostics.extend(refused);
        }
    }
    if diagnostics.is_empty() {
        let descriptor_set = Bytes::from(compiler.encode_file_descriptor_set());
        let descriptor_set = settle(descriptor_set, &seen.borrow().sources).map_err(|error| {
            vec![Diagnostic::error(format!("the compiler protox wrote an invalid descriptor set: {error}"))]
        })?;
        return Ok(Output { descriptor_set, warnings: Vec::new() });
    }
    // Two files that import a bad one fail with the same words.
    let mut seen = HashSet::new();
    diagnostics.retain(|diagnostic| seen.insert(diagnostic.to_string()));
    Err(diagnostics)
}

/// Makes the source info of all files as protoc writes it.
fn settle(set: Bytes, sources: &HashMap<String, String>) -> Result<Bytes, DecodeError> {
    let mut set = wire::FileDescriptorSet::decode(set)?;
    for file in &mut set.file {
        let name = wire::FileHead::decode(file.clone())?.name;
        if let Some(source) = sources.get(&name) {
            *file = source_info::settle(file, source)?;
        }
    }
    Ok(Bytes::from(set.encode_to_vec()))
}

/// Finds imports: on disk, in the bundle, among protox's well-known types.
struct Resolver {
    includes: Includes,
    well_known: GoogleFileResolver,
    seen: Rc<RefCell<Seen>>,
}

/// What came by.
#[derive(Default)]
struct Seen {
    /// The text of each file, by name.
    sources: HashMap<String, String>,
    /// How many imports lead to a file, by name.
    depths: HashMap<String, usize>,
    /// Files that were found and not passed on; protox's error type has no room for the reason.
    refused: Vec<Diagnostic>,
}

impl FileResolver for Resolver {
    fn open_file(&self, name: &str) -> Result<File, Error> {
        let Some(path) = self.includes.find(name) else {
            return match bundled::find(name) {
                Some(file) => self.parse(name, name, file.source),
                None => self.well_known.open_file(name),
            };
        };
        let file = path.display().to_string();
        let source = fs::read_to_string(&path).map_err(|error| {
            let diagnostic = match error.kind() {
                io::ErrorKind::InvalidData => Diagnostic::error("the file is not UTF-8").help("save it as UTF-8"),
                _ => Diagnostic::error(format!("cannot read the file: {error}")),
            };
            self.refuse(diagnostic.at(file.as_str(), None))
        })?;
        // As protoc does; protox takes the byte order mark for a wrong character.
        let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
        match edition::refuse(&Backend::Protox, &file, source) {
            Some(diagnostic) => Err(self.refuse(diagnostic)),
            None => self.parse(name, &file, source),
        }
    }
}

impl Resolver {
    fn parse(&self, name: &str, file: &str, source: &str) -> Result<File, Error> {
        if let Some(position) = scan::deeper_than(DEEPEST_NESTING, source) {
            let message = format!("more than {DEEPEST_NESTING} brackets are open here");
            return Err(self.refuse(Diagnostic::error(message).at(file, Some(position))));
        }
        let parsed = File::from_source(name, source)?;
        let mut seen = self.seen.borrow_mut();
        let depth = seen.depths.get(name).copied().unwrap_or_default();
        for import in &parsed.file_descriptor_proto().dependency {
            seen.depths.insert(import.clone(), depth + 1);
        }
        seen.sources.insert(name.to_owned(), source.to_owned());
        drop(seen);
        if depth > LONGEST_CHAIN {
            let message = format!("a chain of more than {LONGEST_CHAIN} imports leads to this file");
            return Err(self.refuse(Diagnostic::error(message).at(file, None)));
        }
        Ok(parsed)
    }

    /// Keeps the reason, and gives protox something to fail with.
    fn refuse(&self, diagnostic: Diagnostic) -> Error {
        self.seen.borrow_mut().refused.push(diagnostic);
        Error::new("refused")
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
    Some(Position { line: u32::try_from(place.line() + 1).ok()?, column: u32::try_from(place.column() + 1).ok()? })
}
