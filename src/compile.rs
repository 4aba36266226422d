//! The embedded compiler: proto files in, what a plugin reads out.
//!
//! [`Compiler`] is what build scripts and the command line use where buf or protoc would call the
//! plugin; [`Compiled::request`] gives the same bytes as they send. This module is part of the front:
//! it reads files and runs programs, but reads no environment variable.
//!
//! # Include directories
//!
//! Imports resolve in the include directories in the order given; then among the files that Transom
//! bundles (`google/api`, `google/longrunning`, `google/rpc`, `google/type`, `buf/validate/validate.proto`,
//! `grpc/health/v1`); then among
//! the compiler's own well-known types. The first match wins, so a vendored copy is always
//! preferred. A file's name is its path below the first include directory that it lies in, as with
//! protoc.
//!
//! Without any include directory, the listed files suggest them. A folder is one. A file is
//! included from above its package when its path spells the package
//! (`proto/shop/v1/shop.proto` with `package shop.v1;` is `shop/v1/shop.proto` in `proto`), and from
//! its own folder when it does not.

#![allow(clippy::disallowed_methods, reason = "this is part of the front")]

mod arguments;
mod backend;
mod compiled;
mod descriptor_set;
mod diagnostic;
mod edition;
mod include;
mod input;
mod protoc;
mod protox;
mod quiet;
mod scan;
mod scope;
mod scratch;
mod source_info;
mod stderr;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use bytes::Bytes;

use self::backend::Wish;
pub use self::backend::{Backend, Origin, Protoc, Version};
pub use self::compiled::{Compiled, Source};
use self::descriptor_set::DescriptorSet;
pub use self::diagnostic::{CompileError, Diagnostic, Position, Severity};
pub use self::scope::Scope;

/// Compiles proto files.
///
/// ```no_run
/// use transom_build::compile::Compiler;
///
/// # fn main() -> Result<(), transom_build::compile::CompileError> {
/// let compiled = Compiler::new()
///     .include("proto")
///     .file("proto/shop/v1/shop.proto")
///     .compile()?;
/// let request = compiled.request("json=false");
/// # let _ = request;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "a compiler does nothing until `compile` is called"]
pub struct Compiler {
    wish: Wish,
    environment: Option<PathBuf>,
    includes: Vec<PathBuf>,
    files: Vec<PathBuf>,
    scope: Scope,
}

/// What a backend makes.
struct Output {
    /// A `FileDescriptorSet` with imports and source info.
    descriptor_set: Bytes,
    warnings: Vec<Diagnostic>,
}

impl Compiler {
    /// A compiler with no files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses this protoc and no other. When it does not run, that is an error.
    pub fn protoc(mut self, path: impl Into<PathBuf>) -> Self {
        self.wish = Wish::Protoc(path.into());
        self
    }

    /// Uses protox, which is part of this program and knows no editions, even where there is a
    /// protoc.
    pub fn pure_rust(mut self) -> Self {
        self.wish = Wish::Protox;
        self
    }

    /// Tells the value of the environment variable `PROTOC`, which other build tools follow too.
    /// It counts when no compiler is asked for; an empty value counts as none.
    pub fn protoc_from_environment(mut self, value: Option<impl Into<PathBuf>>) -> Self {
        self.environment = value.map(Into::into).filter(|path| !path.as_os_str().is_empty());
        self
    }

    /// Adds a directory that imports resolve in, after the ones that are there.
    pub fn include(mut self, dir: impl Into<PathBuf>) -> Self {
        self.includes.push(dir.into());
        self
    }

    /// Adds directories that imports resolve in.
    pub fn includes(self, dirs: impl IntoIterator<Item = impl AsRef<Path>>) -> Self {
        dirs.into_iter().fold(self, |this, dir| this.include(dir.as_ref()))
    }

    /// Adds a file to generate from: a path on disk, a folder, or the name by which an import
    /// would find the file.
    ///
    /// Of a folder, every `.proto` file below it counts, sorted by path, but no hidden folders,
    /// and no vendored copies of the well-known types and the files that Transom bundles.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.push(path.into());
        self
    }

    /// Adds files to generate from; see [`file`](Self::file).
    pub fn files(self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Self {
        paths.into_iter().fold(self, |this, path| this.file(path.as_ref()))
    }

    /// Sets how far generation reaches into imports; [`Scope::Listed`] unless called.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Finds out which compiler [`compile`](Self::compile) would use.
    ///
    /// # Errors
    ///
    /// When the protoc that was asked for, or that the environment names, does not run.
    pub fn backend(&self) -> Result<Backend, CompileError> {
        Ok(backend::choose(&self.wish, self.environment.as_deref())?)
    }

    /// Compiles the files.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the list of files, or else everything that the compiler says
    /// about them.
    pub fn compile(&self) -> Result<Compiled, CompileError> {
        let inputs = input::resolve(&self.files, &self.includes)?;
        let backend = self.backend()?;
        let refused = edition::check(&backend, &inputs);
        if !refused.is_empty() {
            return Err(refused.into());
        }
        let output = match &backend {
            Backend::Protoc(protoc) => protoc::compile(protoc, &inputs),
            Backend::Protox => protox::compile(&inputs),
        };
        let mut warnings = inputs.warnings;
        let output = match output {
            Ok(output) => output,
            Err(mut diagnostics) => {
                diagnostics.extend(warnings);
                return Err(diagnostics.into());
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
                Some(Source { name, path })
            })
            .collect();
        Ok(Compiled {
            files_to_generate: scope::files(&set, listed, self.scope)?,
            set,
            sources,
            warnings,
            backend: Some(backend),
        })
    }
}
