//! Embedded compiler: compiles proto files to the request that a plugin reads.
//!
//! The build-script API and the command use [`Compiler`] where protoc or buf would run the plugin.
//! [`Compiled::request`] returns the same bytes as protoc sends to a plugin. No environment variable is read here.

mod backend;
mod bundled;
mod catch_panic;
mod compiled;
mod descriptor_set;
mod edition;
mod import_scope;
mod inputs;
mod message;
mod protoc;
mod protox;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use bytes::Bytes;

pub use self::backend::Backend;
use self::backend::CompilerChoice;
pub(crate) use self::backend::ProtocOrigin;
pub use self::compiled::Compiled;
use self::compiled::SourceFile;
use self::descriptor_set::DescriptorSet;
pub use self::import_scope::ImportScope;
pub(crate) use self::message::CompileError;
use self::message::CompilerMessage;

/// Compiler of proto files.
#[derive(Debug, Clone, Default)]
#[must_use = "a compiler does nothing until `compile` is called"]
pub struct Compiler {
    choice: CompilerChoice,
    environment: Option<PathBuf>,
    includes: Vec<PathBuf>,
    files: Vec<PathBuf>,
    imports: ImportScope,
}

/// Output of a backend.
struct Output {
    /// A `FileDescriptorSet` with imports and source info.
    descriptor_set: Bytes,
    warnings: Vec<CompilerMessage>,
}

impl Compiler {
    /// Creates a compiler without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects a protoc binary. It is an error if the binary does not run.
    pub fn protoc(mut self, path: impl Into<PathBuf>) -> Self {
        self.choice = CompilerChoice::Protoc(path.into());
        self
    }

    /// Selects protox, which is part of this program and does not support editions.
    pub fn pure_rust(mut self) -> Self {
        self.choice = CompilerChoice::Protox;
        self
    }

    /// Sets the value of the environment variable `PROTOC`. It applies if no compiler is selected. An empty value is
    /// ignored.
    pub fn protoc_from_environment(mut self, value: Option<impl Into<PathBuf>>) -> Self {
        self.environment = value.map(Into::into).filter(|path| !path.as_os_str().is_empty());
        self
    }

    /// Adds an include directory, after those that were added before.
    pub fn include(mut self, dir: impl Into<PathBuf>) -> Self {
        self.includes.push(dir.into());
        self
    }

    /// Adds include directories.
    pub fn includes(self, dirs: impl IntoIterator<Item = impl AsRef<Path>>) -> Self {
        dirs.into_iter().fold(self, |this, dir| this.include(dir.as_ref()))
    }

    /// Adds a file to generate: a path on disk, a folder, or an import name.
    ///
    /// A folder stands for all `.proto` files below it, sorted by path, except hidden folders, well-known types and
    /// copies of bundled files.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.push(path.into());
        self
    }

    /// Adds files to generate; see [`file`](Self::file).
    pub fn files(self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Self {
        paths.into_iter().fold(self, |this, path| this.file(path.as_ref()))
    }

    /// Sets which imported files are generated too. The default is [`ImportScope::Listed`].
    pub fn imports(mut self, imports: ImportScope) -> Self {
        self.imports = imports;
        self
    }

    /// Returns the backend that [`compile`](Self::compile) uses.
    ///
    /// # Errors
    ///
    /// When the protoc that was selected, or that the environment names, does not run.
    pub fn backend(&self) -> Result<Backend, CompileError> {
        Ok(backend::choose(&self.choice, self.environment.as_deref())?)
    }

    /// Compiles the files.
    ///
    /// # Errors
    ///
    /// Returns all errors in the list of files. If there is none, returns all errors that the backend reports.
    pub fn compile(&self) -> Result<Compiled, CompileError> {
        let inputs = inputs::resolve(&self.files, &self.includes)?;
        let backend = self.backend()?;
        let output = match &backend {
            Backend::Protoc(protoc) => protoc::compile(protoc, &inputs),
            Backend::Protox => protox::compile(&inputs),
        };
        let mut warnings = inputs.warnings;
        let output = match output {
            Ok(output) => output,
            Err(messages) => {
                let editions = edition::check(&backend, &inputs.files);
                let mut messages = if editions.is_empty() { messages } else { editions };
                messages.extend(warnings);
                return Err(messages.into());
            }
        };
        warnings.extend(output.warnings);

        let set = DescriptorSet::decode(output.descriptor_set)?;
        let listed = inputs.files.into_iter().map(|file| file.name).collect();
        let sources = set
            .files()
            .iter()
            .filter_map(|file| {
                let path = inputs.includes.find(&file.name)?;
                let name = file.name.clone();
                Some(SourceFile { name, path })
            })
            .collect();
        Ok(Compiled {
            files_to_generate: import_scope::files(&set, listed, self.imports)?,
            set,
            sources,
            warnings,
            backend: Some(backend),
        })
    }
}
