//! `protoc-gen-transom generate`: compile, generate and write, without protoc and without buf.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use lexopt::ValueExt as _;

use super::carried;
use super::progress::Progress;
use crate::OutputFile;
use crate::compile::{Backend, Compiled, Compiler, Scope};
use crate::configure::{Error, Run, run as generate};
use crate::text::visible;
use crate::write::{stale_files, write_files};

/// What the command was asked to do.
struct Arguments {
    files: Vec<PathBuf>,
    includes: Vec<PathBuf>,
    out: PathBuf,
    parameters: Vec<String>,
    imports: Scope,
    descriptor_set: Option<PathBuf>,
    protoc: Option<PathBuf>,
    prints_model: bool,
    stale: Stale,
}

/// Treatment of files that an earlier run wrote and this run does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stale {
    Keep,
    List,
    Remove,
}

/// Runs the subcommand.
pub(super) fn run(parser: lexopt::Parser, carried_protoc: &[(&str, &[u8])]) -> ExitCode {
    let arguments = match parse(parser) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => return super::help(),
        Err(error) => return super::usage_error(&error),
    };
    let start = Instant::now();
    let progress = Progress::start();
    let result = work(&arguments, carried_protoc, &progress);
    progress.finish();
    match result {
        Ok(Done { run: Run { generated, .. }, model, stale }) => {
            let seconds = start.elapsed().as_secs_f64();
            super::print(&model);
            super::print(&stale);
            super::print(&format!(
                "generated {}, {}, {} in {seconds:.2} s\n",
                count(generated.files.len(), "file"),
                count(generated.packages, "package"),
                count(generated.services, "service"),
            ))
        }
        Err(failure) => {
            let (outcome, error) = match failure {
                Failure::Generating(error) => ("nothing was generated", error),
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

/// Reads the arguments; none when help is asked for.
fn parse(mut parser: lexopt::Parser) -> Result<Option<Arguments>, lexopt::Error> {
    use lexopt::prelude::{Long, Short, Value};
    let mut out = None;
    let mut arguments = Arguments {
        files: Vec::new(),
        includes: Vec::new(),
        out: PathBuf::new(),
        parameters: Vec::new(),
        imports: Scope::TypesUsed,
        descriptor_set: None,
        protoc: None,
        prints_model: false,
        stale: Stale::Keep,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Short('I') | Long("include") => arguments.includes.push(parser.value()?.into()),
            Short('o') | Long("out") => out = Some(PathBuf::from(parser.value()?)),
            Long("opt") => arguments.parameters.push(parser.value()?.string()?),
            Long("imports") => arguments.imports = scope(&parser.value()?)?,
            Long("descriptor-set") => arguments.descriptor_set = Some(parser.value()?.into()),
            Long("protoc") => arguments.protoc = Some(parser.value()?.into()),
            Long("clean") => arguments.stale = stale(parser.optional_value())?,
            Long("dump-model") => arguments.prints_model = true,
            Short('h') | Long("help") => return Ok(None),
            Value(file) => arguments.files.push(file.into()),
            other => return Err(other.unexpected()),
        }
    }
    arguments.out = out.ok_or("missing argument `--out DIR`: where the output goes")?;
    if arguments.files.is_empty() && arguments.descriptor_set.is_none() {
        return Err("missing argument FILE: a .proto file, or a folder of them".into());
    }
    if arguments.prints_model {
        arguments.parameters.push("dump_model=true".to_owned());
    }
    Ok(Some(arguments))
}

fn scope(value: &OsString) -> Result<Scope, lexopt::Error> {
    match value.to_str() {
        Some("used") => Ok(Scope::TypesUsed),
        Some("none") => Ok(Scope::Listed),
        Some("all") => Ok(Scope::AllImports),
        _ => Err(format!("argument `--imports` cannot be {value:?}: it is used, none or all").into()),
    }
}

fn stale(value: Option<OsString>) -> Result<Stale, lexopt::Error> {
    match value.as_ref().map(|value| value.to_str()) {
        None => Ok(Stale::Remove),
        Some(Some("list")) => Ok(Stale::List),
        Some(_) => Err("argument `--clean` has no value, or the value `list`".into()),
    }
}

/// The result of a run of the command.
struct Done {
    run: Run,
    /// The text of the model, if it is to be printed.
    model: String,
    /// A line for each stale file.
    stale: String,
}

/// The step that a run of the command failed in.
enum Failure {
    /// Before the output was touched.
    Generating(Error),
    /// While files were written or removed.
    Writing(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Generating(error)
    }
}

/// Compiles, generates and writes.
fn work(arguments: &Arguments, carried_protoc: &[(&str, &[u8])], progress: &Progress) -> Result<Done, Failure> {
    let compiled = compile(arguments, carried_protoc, progress)?;
    for warning in compiled.warnings() {
        progress.say(&warning.to_string());
    }
    progress.phase(format!("generating from {}", count(compiled.files_to_generate().len(), "file")));
    let mut run = generate(&compiled, &arguments.parameters, arguments.imports)?;
    for warning in &run.warnings {
        progress.say(warning);
    }
    let files = &mut run.generated.files;
    let mut model = String::new();
    if arguments.prints_model
        && let Some(dump) = files.pop()
    {
        model = dump.content;
    }
    progress.phase(format!("writing {}", count(files.len(), "file")));
    write_files(files, &arguments.out).map_err(|error| Failure::Writing(Error::new(error)))?;
    let stale = clean(arguments.stale, files, &arguments.out).map_err(Failure::Writing)?;
    Ok(Done { run, model, stale })
}

/// Removes or lists the files of an earlier run, and returns what to print about them.
fn clean(stale: Stale, files: &[OutputFile], out: &Path) -> Result<String, Error> {
    let mut lines = String::new();
    if stale == Stale::Keep {
        return Ok(lines);
    }
    for path in stale_files(files, out).map_err(Error::new)? {
        let shown = path.display().to_string();
        let verb = if stale == Stale::Remove {
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

fn compile(arguments: &Arguments, carried_protoc: &[(&str, &[u8])], progress: &Progress) -> Result<Compiled, Error> {
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
        .scope(arguments.imports);
    if let Some(protoc) = &arguments.protoc {
        compiler = compiler.protoc(protoc);
    }
    let (compiler, _carried) = carried::prefer(compiler, carried_protoc);
    let backend = match compiler.backend()? {
        Backend::Protoc(protoc) => format!("protoc {}", protoc.version),
        Backend::Protox => "protox".to_owned(),
    };
    progress.phase(format!("compiling {} with {backend}", count(arguments.files.len(), "input")));
    Ok(compiler.compile()?)
}
