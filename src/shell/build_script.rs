//! API for build scripts: compiles protos, writes Rust files to `OUT_DIR`, and prints instructions for cargo.

use std::path::{Path, PathBuf};

use super::compiler::{Compiled, Compiler, ImportScope};
use super::error::Error;
use super::generation::generate;
use super::output::write_files;
use crate::text::without_marker;

/// Generates code from proto files with the default options. Imports resolve in `includes`.
///
/// # Errors
///
/// See [`Config::compile_protos`].
pub fn compile_protos(protos: &[impl AsRef<Path>], includes: &[impl AsRef<Path>]) -> Result<(), Error> {
    configure().compile_protos(protos, includes)
}

/// Returns a configuration with the default options.
#[must_use]
pub fn configure() -> Config {
    Config { parameters: Vec::new(), out_dir: None, protoc: None, imports: ImportScope::TypesUsed }
}

/// Configuration of the generator in a build script, created by [`configure`].
#[derive(Debug, Clone)]
pub struct Config {
    parameters: Vec<String>,
    out_dir: Option<PathBuf>,
    protoc: Option<PathBuf>,
    imports: ImportScope,
}

impl Config {
    /// Sets an option of the plugin, as `opt` does in `buf.gen.yaml`. The README marks the repeatable options.
    #[must_use]
    pub fn option(mut self, name: &str, value: &str) -> Self {
        self.parameters.push(format!("{name}={}", value.replace(',', "\\,")));
        self
    }

    /// Sets the output directory. The default is `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(directory.into());
        self
    }

    /// Sets the protoc binary to compile with.
    ///
    /// The default is the first of these that works: the binary that the environment variable `PROTOC` names, the
    /// binary of the crate `protoc-bin-vendored`, a `protoc` with editions on the search path, and protox.
    #[must_use]
    pub fn protoc(mut self, path: impl Into<PathBuf>) -> Self {
        self.protoc = Some(path.into());
        self
    }

    /// Sets which imported files get code too. The default is [`ImportScope::TypesUsed`], so that the output is
    /// complete.
    #[must_use]
    pub fn imports(mut self, imports: ImportScope) -> Self {
        self.imports = imports;
        self
    }

    /// Generates code from proto files, and from all proto files in folders. Imports resolve in `includes`.
    ///
    /// # Errors
    ///
    /// Returns all errors in the protos and the options at once, or the first error of reading or writing a file.
    pub fn compile_protos(self, protos: &[impl AsRef<Path>], includes: &[impl AsRef<Path>]) -> Result<(), Error> {
        let mut compiler = Compiler::new()
            .protoc_from_environment(std::env::var_os("PROTOC"))
            .includes(includes)
            .files(protos)
            .imports(self.imports);
        if let Some(protoc) = &self.protoc {
            compiler = compiler.protoc(protoc);
        }
        println!("cargo::rerun-if-env-changed=PROTOC");
        // The sources below are known only after a compilation without errors. A folder also changes when a file is
        // added to it.
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

    /// Generates code from a serialized `FileDescriptorSet`, as `protoc --include_imports --include_source_info` and
    /// `buf build` write it. `files` names the files to generate. If it is empty, all files are generated except
    /// those that buf marks as imports, the well-known types and the bundled files.
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
        let generation = generate(compiled, &self.parameters, self.imports)?;
        for warning in &generation.warnings {
            print_warning(warning);
        }
        write_files(&generation.generated.files, &directory).map_err(Error::new)
    }
}

/// Prints a warning on one line, because cargo reads one line. Cargo adds `warning:`.
fn print_warning(warning: &str) {
    println!("cargo::warning={}", without_marker(warning, "warning: ").replace("\n  ", "; "));
}
