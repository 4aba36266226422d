//! Subcommand `generate`: compiles, generates and writes without an external protoc or buf.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use super::arguments::{Arguments, StaleFiles, parse};
use super::embedded_protoc;
use super::progress::Progress;
use crate::response::OutputFile;
use crate::shell::compiler::{Compiled, Compiler};
use crate::shell::error::Error;
use crate::shell::generation::{Generation, generate};
use crate::shell::output::{stale_files, write_files};
use crate::text::visible;

/// Runs the subcommand.
pub(super) fn run(parser: lexopt::Parser, embedded_protoc: &[(&str, &[u8])]) -> ExitCode {
    let arguments = match parse(parser) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => return super::help(),
        Err(error) => return super::usage_error(&error),
    };
    let start = Instant::now();
    let progress = Progress::start();
    let result = compile_and_write(&arguments, embedded_protoc, &progress);
    progress.finish();
    match result {
        Ok(Summary { generation: Generation { generated, .. }, model, stale_files }) => {
            let seconds = start.elapsed().as_secs_f64();
            super::print(&model);
            super::print(&stale_files);
            super::print(&format!(
                "generated {}, {}, {} in {seconds:.2} s\n",
                count(generated.files.len(), "file"),
                count(generated.packages, "package"),
                count(generated.services, "service"),
            ))
        }
        Err(failure) => {
            let (outcome, error) = match failure {
                Failure::BeforeWriting(error) => ("nothing was generated", error),
                Failure::Writing(error) => ("the output is not complete", error),
            };
            super::report(&format!("{outcome}\n{}", error.text()));
            ExitCode::FAILURE
        }
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Result of a successful run.
struct Summary {
    generation: Generation,
    /// Text of the model; empty if it is not printed.
    model: String,
    /// A line for each stale file.
    stale_files: String,
}

/// Failure of a run.
enum Failure {
    /// The output is unchanged.
    BeforeWriting(Error),
    /// Some files may have been written or removed.
    Writing(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::BeforeWriting(error)
    }
}

/// Compiles the protos, generates code and writes the output.
fn compile_and_write(
    arguments: &Arguments,
    embedded_protoc: &[(&str, &[u8])],
    progress: &Progress,
) -> Result<Summary, Failure> {
    let compiled = compile(arguments, embedded_protoc, progress)?;
    for warning in compiled.warnings() {
        progress.message(&warning.to_string());
    }
    progress.phase(format!("generating from {}", count(compiled.files_to_generate().len(), "file")));
    let mut generation = generate(&compiled, &arguments.parameters, arguments.imports)?;
    for warning in &generation.warnings {
        progress.message(warning);
    }
    let files = &mut generation.generated.files;
    let mut model = String::new();
    if arguments.prints_model
        && let Some(dump) = files.pop()
    {
        model = dump.content;
    }
    progress.phase(format!("writing {}", count(files.len(), "file")));
    write_files(files, &arguments.out).map_err(|error| Failure::Writing(Error::new(error)))?;
    let stale_files = clean(arguments.stale_files, files, &arguments.out).map_err(Failure::Writing)?;
    Ok(Summary { generation, model, stale_files })
}

/// Removes or lists the files of an earlier run. Returns the text to print.
fn clean(treatment: StaleFiles, files: &[OutputFile], out: &Path) -> Result<String, Error> {
    let mut lines = String::new();
    if treatment == StaleFiles::Keep {
        return Ok(lines);
    }
    for path in stale_files(files, out).map_err(Error::new)? {
        let shown = path.display().to_string();
        let verb = if treatment == StaleFiles::Remove {
            std::fs::remove_file(&path)
                .map_err(|error| Error::new(format!("error: cannot remove `{}`: {error}", visible(&shown))))?;
            "removed"
        } else {
            "stale"
        };
        lines.push_str(&format!("{verb} {}\n", visible(&shown)));
    }
    Ok(lines)
}

fn compile(arguments: &Arguments, embedded_protoc: &[(&str, &[u8])], progress: &Progress) -> Result<Compiled, Error> {
    if let Some(path) = &arguments.descriptor_set {
        progress.phase(format!("reading {}", path.display()));
        let set = std::fs::read(path)
            .map_err(|error| Error::new(format!("error: cannot read `{}`: {error}", path.display())))?;
        let files: Vec<String> = arguments.files.iter().map(|file| file.to_string_lossy().into_owned()).collect();
        return Ok(Compiled::from_descriptor_set(set, &files, arguments.imports)?);
    }
    let mut compiler = Compiler::new()
        .protoc_from_environment(std::env::var_os("PROTOC"))
        .includes(&arguments.includes)
        .files(&arguments.files)
        .imports(arguments.imports);
    if let Some(protoc) = &arguments.protoc {
        compiler = compiler.protoc(protoc);
    }
    let (compiler, _unpacked) = embedded_protoc::prefer(compiler, embedded_protoc);
    let backend = compiler.backend()?;
    progress.phase(format!("compiling {} with {}", count(arguments.files.len(), "input"), backend.name()));
    Ok(compiler.compile()?)
}
