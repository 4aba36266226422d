//! Runs a protoc binary.
//!
//! What it takes for granted: the inputs exist and lie in the include directories (`input`), and the
//! binary runs (`backend`).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};

use bytes::Bytes;
use tempfile::TempDir;

use super::Output;
use super::backend::Protoc;
use super::diagnostic::{Diagnostic, Severity};
use super::input::Inputs;
use super::stderr::{self, Roots};
use crate::bundled;

/// Compiles `inputs`.
pub(super) fn compile(protoc: &Protoc, inputs: &Inputs) -> Result<Output, Vec<Diagnostic>> {
@@
    let mut output = scratch.run(protoc, &arguments, WellKnown::OfProtoc)?;
    if !output.status.success() && stderr::lacks_well_known_types(&output.stderr) {
        output = scratch.run(protoc, &arguments, WellKnown::OfProtox)?;
    }

    let diagnostics = stderr::parse(&output.stderr, &arguments.roots, &inputs.includes);
    if !output.status.success() {
        return Err(failure(protoc, &output, diagnostics));
    }
    let descriptor_set = fs::read(scratch.descriptor_set())
        .map_err(|error| vec![Diagnostic::error(format!("cannot read what protoc wrote: {error}"))])?;
    Ok(Output { descriptor_set: Bytes::from(descriptor_set), warnings: diagnostics })
}

/// protoc failed: makes sure that an error says so, whatever was printed.
fn failure(protoc: &Protoc, output: &process::Output, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let silent = diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
    // Without an exit code it was stopped, and what it printed may not tell.
    if silent || output.status.code().is_none() {
        diagnostics.push(Diagnostic::error(format!("protoc `{}` failed ({})", protoc.path.display(), output.status)));
    }
    diagnostics
}

/// Whose well-known types the inputs import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WellKnown {
    /// The ones that protoc finds beside itself.
    OfProtoc,
    /// A protoc that was copied without its `include` folder has none; protox carries some.
    OfProtox,
}

/// A temporary directory for one run; removed when dropped.
struct Scratch {
    dir: TempDir,
}

impl Scratch {
    /// Writes the bundled files that the include directories lack.
    ///
    /// protoc has no other way to read them. They are written one by one, so that the user's own
    /// copy of a file always wins.
    fn new(inputs: &Inputs) -> io::Result<Self> {
        let dir = tempfile::Builder::new().prefix("transom-").tempdir()?;
        let scratch = Self { dir };
        fs::create_dir(scratch.bundle())?;
        for file in bundled::FILES {
            if inputs.includes.find(file.name).is_none() {
                let path = scratch.bundle().join(file.name);
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::write(path, file.source)?;
            }
        }
        Ok(scratch)
    }

    fn bundle(&self) -> PathBuf {
        self.dir.path().join("bundle")
    }

    fn descriptor_set(&self) -> PathBuf {
        self.dir.path().join("out.binpb")
    }

    fn run(
        &self,
        protoc: &Protoc,
        arguments: &Arguments,
        well_known: WellKnown,
    ) -> Result<process::Output, Vec<Diagnostic>> {
        let failed = |what: &str, error: io::Error| {
            let path = protoc.path.display();
            vec![Diagnostic::error(format!("cannot {what} protoc `{path}`: {error}"))]
        };
        let mut lines = arguments.lines.clone();
        if well_known == WellKnown::OfProtox {
            let set = self.dir.path().join("well_known.binpb");
            let pool = ::protox::prost_reflect::DescriptorPool::global();
            fs::write(&set, pool.encode_to_vec()).map_err(|error| failed("write the well-known types for", error))?;
            lines.push(format!("--descriptor_set_in={}", set.display()));
        }
        // A file, because a long list of inputs is more than some systems take on a command line.
        let list = self.dir.path().join("arguments");
        fs::write(&list, lines.join("\n")).map_err(|error| failed("write the arguments for", error))?;
        Command::new(&protoc.path)
            .arg(format!("@{}", list.display()))
            .stdin(Stdio::null())
            .output()
            .map_err(|error| failed("run", error))
    }
}

/// The command line, one argument a line.
struct Arguments {
    lines: Vec<String>,
    roots: Roots,
}

impl Arguments {
    fn new(scratch: &Scratch, inputs: &Inputs) -> Result<Self, Diagnostic> {
        let mut roots = Roots::default();
        for dir in inputs.includes.dirs() {
            let absolute = std::path::absolute(dir).map_err(|error| {
                let dir = dir.display();
                Diagnostic::error(format!("cannot resolve include directory `{dir}`: {error}"))
            })?;
            roots.add(argument(&absolute)?, Some(dir.clone()));
        }
        roots.add(argument(&scratch.bundle())?, None);

        let mut lines = vec![
            "--include_imports".to_owned(),
            "--include_source_info".to_owned(),
            format!("--descriptor_set_out={}", argument(&scratch.descriptor_set())?),
        ];
        for root in roots.absolute() {
            // protoc splits `a=b` into a virtual and a real path; with the empty virtual path, the
            // real one may hold a `=`.
            lines.push(format!("--proto_path=={root}"));
        }
        for file in &inputs.files {
            let path = match &file.path {
                Some(path) => std::path::absolute(path).map_err(|error| {
                    let path = path.display();
                    Diagnostic::error(format!("cannot resolve `{path}`: {error}"))
                })?,
                None => scratch.bundle().join(&file.name),
            };
            lines.push(argument(&path)?);
        }
        Ok(Self { lines, roots })
    }
}

/// A path as protoc takes it; some it cannot take at all.
fn argument(path: &Path) -> Result<String, Diagnostic> {
    let refuse = |reason: &str| {
        Diagnostic::error(format!("protoc cannot read `{}`: {reason}", path.display()))
            .help("rename the folder, or link to it from elsewhere")
    };
    let text = path.to_str().ok_or_else(|| refuse("the path is not valid UTF-8"))?;
    let separator = if cfg!(windows) { ';' } else { ':' };
    if text.contains(separator) {
        return Err(refuse(&format!("it takes the `{separator}` in the path for the end of a directory")));
    }
    if text.contains(['\n', '\r']) {
        return Err(refuse("the path has a line break"));
    }
    Ok(text.to_owned())
}
