//! Arguments of the subcommand `generate`.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::ValueExt as _;

use crate::shell::compiler::ImportScope;

/// Parsed arguments.
pub(super) struct Arguments {
    pub(super) files: Vec<PathBuf>,
    pub(super) includes: Vec<PathBuf>,
    pub(super) out: PathBuf,
    pub(super) parameters: Vec<String>,
    pub(super) imports: ImportScope,
    pub(super) descriptor_set: Option<PathBuf>,
    pub(super) protoc: Option<PathBuf>,
    pub(super) prints_model: bool,
    pub(super) stale_files: StaleFiles,
}

/// Treatment of files that an earlier run wrote and this run does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StaleFiles {
    Keep,
    List,
    Remove,
}

/// Parses the arguments. Returns `None` for `--help`.
pub(super) fn parse(mut parser: lexopt::Parser) -> Result<Option<Arguments>, lexopt::Error> {
    use lexopt::prelude::{Long, Short, Value};
    let mut out = None;
    let mut arguments = Arguments {
        files: Vec::new(),
        includes: Vec::new(),
        out: PathBuf::new(),
        parameters: Vec::new(),
        imports: ImportScope::TypesUsed,
        descriptor_set: None,
        protoc: None,
        prints_model: false,
        stale_files: StaleFiles::Keep,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Short('I') | Long("include") => arguments.includes.push(parser.value()?.into()),
            Short('o') | Long("out") => out = Some(PathBuf::from(parser.value()?)),
            Long("opt") => arguments.parameters.push(parser.value()?.string()?),
            Long("imports") => arguments.imports = import_scope(&parser.value()?)?,
            Long("descriptor-set") => arguments.descriptor_set = Some(parser.value()?.into()),
            Long("protoc") => arguments.protoc = Some(parser.value()?.into()),
            Long("clean") => arguments.stale_files = stale_files(parser.optional_value())?,
            Long("dump-model") => arguments.prints_model = true,
            Short('h') | Long("help") => return Ok(None),
            Value(file) => arguments.files.push(file.into()),
            other => return Err(other.unexpected()),
        }
    }
    arguments.out = out.ok_or("missing argument `--out DIR`: the output directory")?;
    if arguments.files.is_empty() && arguments.descriptor_set.is_none() {
        return Err("missing argument FILE: a .proto file, or a folder of .proto files".into());
    }
    if arguments.prints_model {
        arguments.parameters.push("dump_model=true".to_owned());
    }
    Ok(Some(arguments))
}

fn import_scope(value: &OsString) -> Result<ImportScope, lexopt::Error> {
    match value.to_str() {
        Some("used") => Ok(ImportScope::TypesUsed),
        Some("none") => Ok(ImportScope::Listed),
        Some("all") => Ok(ImportScope::AllImports),
        _ => Err(format!("argument `--imports` cannot be {value:?}: it is used, none or all").into()),
    }
}

fn stale_files(value: Option<OsString>) -> Result<StaleFiles, lexopt::Error> {
    match value.as_ref().map(|value| value.to_str()) {
        None => Ok(StaleFiles::Remove),
        Some(Some("list")) => Ok(StaleFiles::List),
        Some(_) => Err("argument `--clean` has no value, or the value `list`".into()),
    }
}
