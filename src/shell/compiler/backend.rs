//! Choice of the backend.
//!
//! The first of these is used:
//!
//! 1. The protoc that the caller selects. It is an error if it does not run.
//! 2. The protoc that the environment variable `PROTOC` names. It is an error if it does not run.
//! 3. The protoc of the crate protoc-bin-vendored.
//! 4. A `protoc` on the search path that supports editions.
//! 5. protox, a compiler in pure Rust that does not support editions.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::catch_panic::catch_panic;
use super::message::CompilerMessage;

/// Maximum number of attempts to start a busy binary, 10 ms apart.
const MAX_ATTEMPTS: u32 = 100;

/// Compiler from proto files to descriptors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// A protoc binary.
    Protoc(Protoc),
    /// [protox](https://docs.rs/protox), part of this program. It does not support editions.
    Protox,
}

/// A protoc binary that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protoc {
    /// Path to execute; a bare `protoc` is looked up on the search path.
    pub path: PathBuf,
    pub(super) version: Version,
    pub origin: ProtocOrigin,
}

/// Source of a protoc binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtocOrigin {
    /// Selected by the caller.
    Selected,
    /// Named by the environment variable `PROTOC`.
    Environment,
    /// Binary of the crate protoc-bin-vendored.
    Vendored,
    /// Found on the search path.
    SearchPath,
}

/// Version of protoc. A missing number is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

/// Backend that the caller selects.
#[derive(Debug, Clone, Default)]
pub(super) enum CompilerChoice {
    /// The best backend that is found.
    #[default]
    Automatic,
    /// A protoc binary.
    Protoc(PathBuf),
    Protox,
}

impl Version {
    /// First version that supports editions.
    const EDITIONS: Self = Self { major: 27, minor: 0, patch: 0 };

    fn parse(output: &str) -> Option<Self> {
        let mut numbers = output.trim().strip_prefix("libprotoc ")?.split(|c: char| !c.is_ascii_digit());
        let major = numbers.next()?.parse().ok()?;
        let mut next = || numbers.next().and_then(|text| text.parse().ok()).unwrap_or(0);
        Some(Self { major, minor: next(), patch: next() })
    }
}

impl Backend {
    /// Returns the name and version, for progress messages.
    pub(in super::super) fn name(&self) -> String {
        match self {
            Self::Protoc(protoc) => format!("protoc {}", protoc.version),
            Self::Protox => "protox".to_owned(),
        }
    }

    /// Returns `true` if the backend compiles files with `edition`.
    pub(super) fn supports_editions(&self) -> bool {
        match self {
            Self::Protoc(protoc) => protoc.version >= Version::EDITIONS,
            Self::Protox => false,
        }
    }
}

/// Returns the backend for `choice`; `environment` is the value of `PROTOC`.
pub(super) fn choose(choice: &CompilerChoice, environment: Option<&Path>) -> Result<Backend, CompilerMessage> {
    let required = match (choice, environment) {
        (CompilerChoice::Protox, _) => return Ok(Backend::Protox),
        (CompilerChoice::Protoc(path), _) => Some((path.as_path(), ProtocOrigin::Selected)),
        (CompilerChoice::Automatic, Some(path)) => Some((path, ProtocOrigin::Environment)),
        (CompilerChoice::Automatic, None) => None,
    };
    if let Some((path, origin)) = required {
        return probe(path, origin).map(Backend::Protoc);
    }
    let optional = [
        vendored().map(|path| (path, ProtocOrigin::Vendored)),
        Some((PathBuf::from("protoc"), ProtocOrigin::SearchPath)),
    ];
    let protoc = optional
        .into_iter()
        .flatten()
        .filter_map(|(path, origin)| probe(&path, origin).ok())
        .find(|protoc| protoc.version >= Version::EDITIONS);
    Ok(protoc.map_or(Backend::Protox, Backend::Protoc))
}

/// Runs a binary with `--version`, and again while it is busy.
///
/// A binary that was just unpacked is busy while a process that another thread forks still has the file open for
/// writing.
fn version(path: &Path) -> io::Result<std::process::Output> {
    let mut attempts = 0;
    loop {
        match Command::new(path).arg("--version").stdin(Stdio::null()).output() {
            Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy && attempts < MAX_ATTEMPTS => {
                attempts += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            other => return other,
        }
    }
}

/// Checks that a binary runs: it may have been built for another system.
fn probe(path: &Path, origin: ProtocOrigin) -> Result<Protoc, CompilerMessage> {
    let subject = match origin {
        ProtocOrigin::Environment => format!("protoc `{}`, named by PROTOC,", path.display()),
        _ => format!("protoc `{}`", path.display()),
    };
    let help = "give the path of a protoc binary, or none to use the one that Transom includes";
    let output = version(path).map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "does not exist".to_owned(),
            _ => format!("does not run: {error}"),
        };
        CompilerMessage::error(format!("{subject} {reason}")).help(help)
    })?;
    let text = String::from_utf8_lossy(&output.stdout);
    let version = Version::parse(&text).ok_or_else(|| {
        let text = text.trim();
        CompilerMessage::error(format!("{subject} is not protoc: `--version` prints `{text}`")).help(help)
    })?;
    Ok(Protoc { path: path.to_owned(), version, origin })
}

/// Returns the path of the binary in protoc-bin-vendored, if there is one for this system.
///
/// The binary is in cargo's registry folder. A program that `cargo install` built may outlive that folder. The crate
/// then panics. The panic is caught, because another backend is used.
fn vendored() -> Option<PathBuf> {
    catch_panic(protoc_bin_vendored::protoc_bin_path)?.ok()
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { major, minor, patch } = self;
        write!(f, "{major}.{minor}")?;
        if *patch > 0 {
            write!(f, ".{patch}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let protoc = match self {
            Self::Protox => return f.write_str("protox, in pure Rust"),
            Self::Protoc(protoc) => protoc,
        };
        write!(f, "protoc {}", protoc.version)?;
        match protoc.origin {
            ProtocOrigin::Selected => write!(f, " at `{}`", protoc.path.display()),
            ProtocOrigin::Environment => write!(f, " at `{}`, from PROTOC", protoc.path.display()),
            ProtocOrigin::Vendored => f.write_str(", the version that Transom includes"),
            ProtocOrigin::SearchPath => f.write_str(" from the search path"),
        }
    }
}
