//! The API for build scripts: protos in, Rust files into `OUT_DIR`, and the lines that cargo reads.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "this is part of the front")]

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::compile::{CompileError, Compiled, Compiler, Scope};
use crate::text::without_marker;
use crate::{Generated, compiles_well_known_types, generate_at, write};

/// Generates with the default options from the files `protos`; imports resolve in `includes`.
///
/// # Errors
///
/// See [`Config::compile_protos`].
pub fn compile_protos(protos: &[impl AsRef<Path>], includes: &[impl AsRef<Path>]) -> Result<(), Error> {
    configure().compile_protos(protos, includes)
}

/// A configuration with the default options.
#[must_use]
pub fn configure() -> Config {
    Config { parameters: Vec::new(), out_dir: None, protoc: None, imports: Scope::TypesUsed }
}

/// How to generate; see [`configure`].
#[derive(Debug, Clone)]
pub struct Config {
    parameters: Vec<String>,
    out_dir: Option<PathBuf>,
    protoc: Option<PathBuf>,
    imports: Scope,
}

impl Config {
    /// Sets an option of the plugin, as `opt` does in `buf.gen.yaml`; some may be set several times.
    #[must_use]
    pub fn option(mut self, name: &str, value: &str) -> Self {
        self.parameters.push(format!("{name}={}", value.replace(',', "\\,")));
        self
    }

    /// Writes here instead of into `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(directory.into());
        self
    }

    /// Compiles with this protoc. Without it, the environment variable `PROTOC` is followed, and then the compiler
    /// that comes with this crate (see [`crate::compile`]).
    #[must_use]
    pub fn protoc(mut self, path: impl Into<PathBuf>) -> Self {
        self.protoc = Some(path.into());
        self
    }

    /// Says which imports to generate too; [`Scope::TypesUsed`] unless set, so that the output is complete.
    #[must_use]
    pub fn imports(mut self, scope: Scope) -> Self {
        self.imports = scope;
        self
    }

    /// Generates from files, or from all files in folders; imports resolve in `includes`.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the protos or the options, all of it; or with reading and writing files.
    pub fn compile_protos(self, protos: &[impl AsRef<Path>], includes: &[impl AsRef<Path>]) -> Result<(), Error> {
        let mut compiler = Compiler::new()
            .protoc_from_environment(std::env::var_os("PROTOC"))
            .includes(includes)
            .files(protos)
            .scope(self.imports);
        if let Some(protoc) = &self.protoc {
            compiler = compiler.protoc(protoc);
        }
        println!("cargo::rerun-if-env-changed=PROTOC");
        // A folder counts as changed when a file is added to it, and so does a file that does not compile yet.
        for path in protos {
            println!("cargo::rerun-if-changed={}", path.as_ref().display());
        }
        let compiled = compiler.compile()?;
        for source in compiled.sources() {
            println!("cargo::rerun-if-changed={}", source.path.display());
        }
        for warning in compiled.warnings() {
            print_warning(&warning.to_string());
        }
        self.write(&compiled)
    }

    /// Generates from a serialized `FileDescriptorSet`, made by `protoc --include_imports --include_source_info` or
    /// `buf build`. `files` names the ones to generate; none means all that are not just imports.
    ///
    /// # Errors
    ///
    /// As [`compile_protos`](Self::compile_protos).
    pub fn compile_descriptor_set(self, set: impl Into<Vec<u8>>, files: &[&str]) -> Result<(), Error> {
        let files: Vec<String> = files.iter().map(|&file| file.to_owned()).collect();
        let compiled = Compiled::from_descriptor_set(set.into(), &files, self.imports)?;
        self.write(&compiled)
    }

    fn write(&self, compiled: &Compiled) -> Result<(), Error> {
        let directory = match (&self.out_dir, std::env::var_os("OUT_DIR")) {
            (Some(directory), _) => directory.clone(),
            (None, Some(directory)) => PathBuf::from(directory),
            (None, None) => {
                return Err(Error::new("OUT_DIR is not set: call this in a build script, or set `out_dir`"));
            }
        };
        let run = run(compiled, &self.parameters, self.imports)?;
        for warning in &run.warnings {
            print_warning(warning);
        }
        write::write_files(&run.generated.files, &directory).map_err(Error::new)
    }
}

/// Prints a warning as the one line that cargo shows, which cargo prefixes with `warning:`.
fn print_warning(warning: &str) {
    println!("cargo::warning={}", without_marker(warning, "warning: ").replace("\n  ", "; "));
}

/// A run of the generator that succeeded.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) generated: Generated,
    pub(crate) warnings: Vec<String>,
}

/// Generates from what a compiler gave; `imports` is the scope that it was asked for.
pub(crate) fn run(compiled: &Compiled, parameters: &[String], imports: Scope) -> Result<Run, Error> {
    let parameter = parameters.join(",");
    let request = if compiles_well_known_types(&parameter) {
        compiled.clone().with_well_known_types(imports)?.request(&parameter)
    } else {
        compiled.request(&parameter)
    };
    let paths: HashMap<&str, &Path> =
        compiled.sources().iter().map(|source| (source.name.as_str(), source.path.as_path())).collect();
    let path_of = |name: &str| paths.get(name).map(|path| path.display().to_string());
    let response = generate_at(request, path_of).map_err(Error::new)?;
    match response.result {
        Ok(generated) => Ok(Run { generated, warnings: response.warnings }),
        Err(errors) => {
            let all: Vec<String> = std::iter::once(errors).chain(response.warnings).collect();
            Err(Error::new(all.join("\n")))
        }
    }
}

/// Why nothing was generated: everything that is wrong, as people read it.
///
/// `Display` leaves out the word `error:` of the first error, because whoever prints the error writes it: cargo prefixes
/// the error of a build script with `Error:`. `Debug` is the same text, because that is what cargo shows.
pub struct Error {
    text: String,
}

impl Error {
    pub(crate) fn new(text: impl fmt::Display) -> Self {
        Self { text: text.to_string() }
    }

    /// Everything that is wrong, each error marked as one.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&without_marker(&self.text, "error: "))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Error {}

impl From<CompileError> for Error {
    fn from(error: CompileError) -> Self {
        Self::new(error)
    }
}
