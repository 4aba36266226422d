//! Chooses the compiler.
//!
//! In this order: the protoc that the caller asks for, the one that the environment names, the one
//! that the crate protoc-bin-vendored brought along, a `protoc` on the search path that knows
//! editions, and last protox, a compiler in pure Rust without editions. The first two are orders:
//! when they cannot be followed, that is an error. The others are offers.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::diagnostic::Diagnostic;
use super::quiet::quietly;

/// How often a binary that is busy is asked again: for a second.
const MAX_ATTEMPTS: u32 = 100;

/// The compiler that turns proto files into descriptors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// A protoc binary.
    Protoc(Protoc),
    /// [protox](https://docs.rs/protox), part of this program. It does not know editions.
    Protox,
}

/// A protoc binary that was seen to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protoc {
    /// What to execute; a bare `protoc` is looked up on the search path.
    pub path: PathBuf,
    /// What the binary says it is.
    pub version: Version,
    /// Why it was chosen.
    pub origin: Origin,
}

/// Where a protoc binary was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The caller asked for it.
    Asked,
    /// The environment variable `PROTOC` names it.
    Environment,
    /// The crate protoc-bin-vendored brought it.
    Vendored,
    /// The search path has it.
    SearchPath,
}

/// A version of protoc.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// The third number, 0 when it is not given.
    pub patch: u32,
}

/// What the caller wants.
#[derive(Debug, Clone, Default)]
pub(super) enum Wish {
    /// Whatever works best.
    #[default]
    Best,
    /// This protoc and no other.
    Protoc(PathBuf),
    /// No protoc.
    Protox,
}

impl Version {
    /// The first protoc that compiles files with `edition`.
    const EDITIONS: Self = Self { major: 27, minor: 0, patch: 0 };

    fn parse(output: &str) -> Option<Self> {
        let mut numbers = output.trim().strip_prefix("libprotoc ")?.split(|c: char| !c.is_ascii_digit());
        let major = numbers.next()?.parse().ok()?;
        let mut next = || numbers.next().and_then(|text| text.parse().ok()).unwrap_or(0);
        Some(Self { major, minor: next(), patch: next() })
    }
}

impl Backend {
    /// Whether files with `edition` compile.
    pub fn knows_editions(&self) -> bool {
        match self {
            Self::Protoc(protoc) => protoc.version >= Version::EDITIONS,
            Self::Protox => false,
        }
    }
}

/// Finds the compiler for `wish`; `environment` is the value of `PROTOC`.
pub(super) fn choose(wish: &Wish, environment: Option<&Path>) -> Result<Backend, Diagnostic> {
    let ordered = match (wish, environment) {
        (Wish::Protox, _) => return Ok(Backend::Protox),
        (Wish::Protoc(path), _) => Some((path.as_path(), Origin::Asked)),
        (Wish::Best, Some(path)) => Some((path, Origin::Environment)),
        (Wish::Best, None) => None,
    };
    if let Some((path, origin)) = ordered {
        return probe(path, origin).map(Backend::Protoc);
    }
    let offers = [vendored().map(|path| (path, Origin::Vendored)), Some((PathBuf::from("protoc"), Origin::SearchPath))];
    let protoc = offers
        .into_iter()
        .flatten()
        .filter_map(|(path, origin)| probe(&path, origin).ok())
        .find(|protoc| protoc.version >= Version::EDITIONS);
    Ok(protoc.map_or(Backend::Protox, Backend::Protoc))
}

/// Asks a binary for its version. One that was just unpacked is busy for as long as a process that another thread is
/// starting at this moment still holds the file, which it does until its own program runs.
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

/// Runs the binary, because a file that exists may still be for another machine.
fn probe(path: &Path, origin: Origin) -> Result<Protoc, Diagnostic> {
    let subject = match origin {
        Origin::Environment => format!("protoc `{}`, named by PROTOC,", path.display()),
        _ => format!("protoc `{}`", path.display()),
    };
    let help = "give the path of a protoc binary, or none to use the one that comes with Transom";
    let output = version(path).map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "does not exist".to_owned(),
            _ => format!("does not run: {error}"),
        };
        Diagnostic::error(format!("{subject} {reason}")).help(help)
    })?;
    let text = String::from_utf8_lossy(&output.stdout);
    let version = Version::parse(&text).ok_or_else(|| {
        let text = text.trim();
        Diagnostic::error(format!("{subject} is no protoc: `--version` says `{text}`")).help(help)
    })?;
    Ok(Protoc { path: path.to_owned(), version, origin })
}

/// The path of the binary in protoc-bin-vendored, if there is one for this system.
///
/// The binary lies in cargo's registry folder. A program that `cargo install` built may outlive
/// that folder, and the crate then panics; its panic is caught here and its message kept quiet,
/// because another compiler takes over.
fn vendored() -> Option<PathBuf> {
    quietly(protoc_bin_vendored::protoc_bin_path)?.ok()
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
            Origin::Asked => write!(f, " at `{}`", protoc.path.display()),
            Origin::Environment => write!(f, " at `{}`, from PROTOC", protoc.path.display()),
            Origin::Vendored => f.write_str(", as it comes with Transom"),
            Origin::SearchPath => f.write_str(" from the search path"),
        }
    }
}
