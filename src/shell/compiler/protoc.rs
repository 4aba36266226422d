//! Backend that runs a protoc binary.
//!
//! Preconditions: the inputs exist in the include directories (`inputs`), and the binary runs (`backend`).

mod arguments;
pub(super) mod stderr;
mod work_dir;

use std::fs;
use std::io;
use std::process::{self, Command, Stdio};

use bytes::Bytes;

use self::arguments::Arguments;
use self::work_dir::{ALL_INPUTS, WorkDir};
use super::Output;
use super::backend::Protoc;
use super::inputs::Inputs;
use super::message::{CompilerMessage, Severity};

/// Compiles `inputs`.
pub(super) fn compile(protoc: &Protoc, inputs: &Inputs) -> Result<Output, Vec<CompilerMessage>> {
    let work_dir = WorkDir::new(inputs).map_err(|error| vec![io_error("prepare a temporary directory for", error)])?;
    let arguments = Arguments::new(&work_dir, inputs).map_err(|error| vec![error])?;
    let mut session = Session { protoc, inputs, work_dir, arguments, well_known_types: WellKnownTypes::Protoc };
    session.compile().map_err(|error| vec![io_error("run", error)])?
}

fn io_error(action: &str, error: io::Error) -> CompilerMessage {
    CompilerMessage::error(format!("cannot {action} protoc: {error}"))
}

/// State of all runs over the same inputs.
struct Session<'a> {
    protoc: &'a Protoc,
    inputs: &'a Inputs,
    work_dir: WorkDir,
    arguments: Arguments,
    well_known_types: WellKnownTypes,
}

/// Source of the well-known types that the inputs import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WellKnownTypes {
    /// The `include` folder of protoc.
    Protoc,
    /// protox, for a protoc that was copied without its `include` folder.
    Protox,
}

impl Session<'_> {
    fn compile(&mut self) -> io::Result<Result<Output, Vec<CompilerMessage>>> {
        let files = self.arguments.files.clone();
        let output = self.attempt(&files)?;
        if output.status.success() {
            let warnings = self.messages(&output);
            let descriptor_set = fs::read(self.work_dir.descriptor_set());
            return Ok(match descriptor_set {
                Ok(bytes) => Ok(Output { descriptor_set: Bytes::from(bytes), warnings }),
                Err(error) => Err(vec![io_error("read the output of", error)]),
            });
        }
        let mut messages = self.failure(&output);
        if let [_, _, ..] = files[..] {
            // protoc stops at the first input with an error. With one file that imports all inputs, it reads all
            // of them.
            let all = self.work_dir.write_all_inputs(self.inputs)?;
            let output = self.attempt(&[all.display().to_string()])?;
            let mut more = self.messages(&output);
            more.retain(|message| message.file.as_deref() != Some(ALL_INPUTS));
            if has_error(&more) {
                messages = more;
            }
        }
        Ok(Err(messages))
    }

    /// Runs protoc, and again with the well-known types of protox if protoc has none.
    fn attempt(&mut self, files: &[String]) -> io::Result<process::Output> {
        let output = self.run(files)?;
        if output.status.success()
            || self.well_known_types == WellKnownTypes::Protox
            || !stderr::lacks_well_known_types(&output.stderr)
        {
            return Ok(output);
        }
        self.well_known_types = WellKnownTypes::Protox;
        self.run(files)
    }

    fn run(&self, files: &[String]) -> io::Result<process::Output> {
        let mut lines: Vec<&str> = self.arguments.options.iter().map(String::as_str).collect();
        let set;
        if self.well_known_types == WellKnownTypes::Protox {
            set = format!("--descriptor_set_in={}", self.work_dir.write_well_known_types()?.display());
            lines.push(&set);
        }
        lines.extend(files.iter().map(String::as_str));
        let list = self.work_dir.write_arguments(&lines)?;
        Command::new(&self.protoc.path).arg(format!("@{}", list.display())).stdin(Stdio::null()).output()
    }

    fn messages(&self, output: &process::Output) -> Vec<CompilerMessage> {
        stderr::parse(&output.stderr, &self.arguments.roots, &self.inputs.includes)
    }

    /// Returns the messages of a failed run, with at least one error.
    fn failure(&self, output: &process::Output) -> Vec<CompilerMessage> {
        let mut messages = self.messages(output);
        // A process that a signal ended has no exit code, and its output may not have the cause.
        if !has_error(&messages) || output.status.code().is_none() {
            let path = self.protoc.path.display();
            messages.push(CompilerMessage::error(format!("protoc `{path}` failed ({})", output.status)));
        }
        messages
    }
}

fn has_error(messages: &[CompilerMessage]) -> bool {
    messages.iter().any(|message| message.severity == Severity::Error)
}
