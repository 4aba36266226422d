//! Include directories: the mapping between import names and files.
//!
//! An import name is the path below an include directory, with `/` on every system. The rules are those of protoc:
//! directories are searched in the order given, and the first directory that contains a file determines its name.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::scanner;

/// Include directories as the user gives them, in order of precedence.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct IncludeDirs {
    dirs: Vec<PathBuf>,
}

/// File in an include directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct LocatedFile {
    /// Import name.
    pub(in super::super) name: String,
    /// Path on disk: the include directory as the user gives it, joined with the name.
    pub(in super::super) path: PathBuf,
}

impl IncludeDirs {
    pub(in super::super) fn dirs(&self) -> &[PathBuf] {
        &self.dirs
    }

    /// Adds a directory with the lowest precedence, unless it is present.
    pub(in super::super) fn add(&mut self, dir: PathBuf) {
        if !self.dirs.contains(&dir) {
            self.dirs.push(dir);
        }
    }

    /// Returns the file with the import name `name`.
    pub(in super::super) fn find(&self, name: &str) -> Option<PathBuf> {
        self.dirs.iter().map(|dir| join(dir, name)).find(|path| path.is_file())
    }

    /// Returns the import name of the file at `path`, or `None` if no include directory contains it.
    ///
    /// Paths are first compared as written, as in protoc, then with links and `..` resolved.
    pub(in super::super) fn locate(&self, path: &Path) -> Option<LocatedFile> {
        let as_written = self.dirs.iter().find_map(|dir| {
            let name = name_below(&plain(path), &plain(dir))?;
            Some((dir, name))
        });
        let (dir, name) = as_written.or_else(|| {
            let real = fs::canonicalize(path).ok()?;
            self.dirs.iter().find_map(|dir| {
                let name = name_below(&real, &fs::canonicalize(dir).ok()?)?;
                Some((dir, name))
            })
        })?;
        let path = join(dir, &name);
        Some(LocatedFile { name, path })
    }
}

/// Returns the include directory for a file: the directory above its package if the path ends with the package, else
/// the directory of the file.
///
/// Example: `proto/shop/v1/shop.proto` with `package shop.v1;` → `proto`.
pub(in super::super) fn root_of(path: &Path) -> PathBuf {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    // Comments may have invalid UTF-8.
    let source = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let package = scanner::head(&source).package;
    let mut root = parent;
    for part in package.iter().rev() {
        match (root.file_name(), root.parent()) {
            (Some(last), Some(above)) if last == part.as_str() => root = above,
            _ => return parent.to_owned(),
        }
    }
    if root.as_os_str().is_empty() { PathBuf::from(".") } else { root.to_owned() }
}

/// Joins without a leading `./`, for paths in messages.
fn join(dir: &Path, name: &str) -> PathBuf {
    if dir == Path::new(".") { PathBuf::from(name) } else { dir.join(name) }
}

/// Removes `.` components.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|component| *component != Component::CurDir).collect()
}

/// Returns the import name of `path` below `dir`; `None` if it is not below `dir` or the name is not valid.
pub(in super::super) fn name_below(path: &Path, dir: &Path) -> Option<String> {
    let rest = path.strip_prefix(dir).ok()?;
    let parts: Option<Vec<&str>> = rest
        .components()
        .map(|component| match component {
            Component::Normal(part) => part.to_str(),
            _ => None,
        })
        .collect();
    let name = parts?.join("/");
    (!name.is_empty()).then_some(name)
}
