//! Runs a protoc binary.
//!
//! What it takes for granted: the inputs exist and lie in the include directories (`input`), and the
//! binary runs (`backend`).

use std::fs;
use std::io;
use std::process::{self, Command, Stdio};

use bytes::Bytes;

use super::Output;
use super::arguments::Arguments;
use super::backend::Protoc;
use super::diagnostic::{Diagnostic, Severity};
use super::input::Inputs;
use super::scratch::{ALL_INPUTS, Scratch};
use super::stderr;

/// Compiles `inputs`.
pub(super) fn compile(protoc: &Protoc, inputs: &Inputs) -> Result<Output, Vec<Diagnostic>> {
    let scratch = Scratch::new(inputs).map_err(|error| vec![cannot("prepare a temporary directory for", error)])?;
    let arguments = Arguments::new(&scratch, inputs).map_err(|diagnostic| vec![diagnostic])?;
    let mut session = Session { protoc, inputs, scratch, arguments, well_known: WellKnown::OfProtoc };
    session.compile().map_err(|error| vec![cannot("run", error)])?
}

fn cannot(what: &str, error: io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot {what} protoc: {error}"))
}

/// Everything that the runs over the same inputs share.
struct Session<'a> {
    protoc: &'a Protoc,
    inputs: &'a Inputs,
    scratch: Scratch,
    arguments: Arguments,
    well_known: WellKnown,
}

/// Whose well-known types the inputs import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WellKnown {
    /// The ones that protoc finds beside itself.
    OfProtoc,
    /// A protoc that was copied without its `include` folder has none; protox carries some.
    OfProtox,
}

impl Session<'_> {
    fn compile(&mut self) -> io::Result<Result<Output, Vec<Diagnostic>>> {
        let files = self.arguments.files.clone();
        let output = self.attempt(&files)?;
        if output.status.success() {
            let warnings = self.diagnostics(&output);
            let descriptor_set = fs::read(self.scratch.descriptor_set());
            return Ok(match descriptor_set {
                Ok(bytes) => Ok(Output { descriptor_set: Bytes::from(bytes), warnings }),
                Err(error) => Err(vec![cannot("read the output of", error)]),
            });
        }
        let mut diagnostics = self.failure(&output);
        if let [_, _, ..] = files[..] {
            // protoc stops at the first bad input. Asked for a file that imports them all, it goes
            // through all of them.
            let all = self.scratch.write_all_inputs(self.inputs)?;
            let output = self.attempt(&[all.display().to_string()])?;
            let mut more = self.diagnostics(&output);
            more.retain(|diagnostic| diagnostic.file.as_deref() != Some(ALL_INPUTS));
            if has_error(&more) {
                diagnostics = more;
            }
        }
        Ok(Err(diagnostics))
    }

    /// Runs protoc, and once more with other well-known types when it has none.
    fn attempt(&mut self, files: &[String]) -> io::Result<process::Output> {
        let output = self.run(files)?;
        if output.status.success()
            || self.well_known == WellKnown::OfProtox
            || !stderr::lacks_well_known_types(&output.stderr)
        {
            return Ok(output);
        }
        self.well_known = WellKnown::OfProtox;
        self.run(files)
    }

    fn run(&self, files: &[String]) -> io::Result<process::Output> {
        let mut lines: Vec<&str> = self.arguments.options.iter().map(String::as_str).collect();
        let set;
        if self.well_known == WellKnown::OfProtox {
            set = format!("--descriptor_set_in={}", self.scratch.write_well_known_types()?.display());
            lines.push(&set);
        }
        lines.extend(files.iter().map(String::as_str));
        let list = self.scratch.write_arguments(&lines)?;
        Command::new(&self.protoc.path).arg(format!("@{}", list.display())).stdin(Stdio::null()).output()
    }

    fn diagnostics(&self, output: &process::Output) -> Vec<Diagnostic> {
        stderr::parse(&output.stderr, &self.arguments.roots, &self.inputs.includes)
    }

    /// What a failed run said; at least one error, whatever was printed.
    fn failure(&self, output: &process::Output) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics(output);
        // Without an exit code it was stopped, and what it printed may not tell.
        if !has_error(&diagnostics) || output.status.code().is_none() {
            let path = self.protoc.path.display();
            diagnostics.push(Diagnostic::error(format!("protoc `{path}` failed ({})", output.status)));
        }
        diagnostics
    }
}

fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
