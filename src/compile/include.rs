//! Include directories: which file a name means, and which name a file has.
//!
//! A name is what `import` statements use: the path below an include directory, with `/` on every
//! system. The rules are protoc's: directories are searched in the order given, and a file's name
//! comes from the first directory that its path lies in.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::scan;

/// The directories, as the user gave them, in order of precedence.
#[derive(Debug, Clone, Default)]
pub(super) struct Includes {
    dirs: Vec<PathBuf>,
}

/// A file that lies in an include directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Located {
    /// What an `import` would call it.
    pub(super) name: String,
    /// Where it is: an include directory as the user spelled it, and the name.
    pub(super) path: PathBuf,
}

impl Includes {
    pub(super) fn dirs(&self) -> &[PathBuf] {
        &self.dirs
    }

    /// Adds a directory with the lowest precedence, unless it is there already.
    pub(super) fn add(&mut self, dir: PathBuf) {
        if !self.dirs.contains(&dir) {
            self.dirs.push(dir);
        }
    }

    /// The file that an import of `name` reads.
    pub(super) fn find(&self, name: &str) -> Option<PathBuf> {
        self.dirs.iter().map(|dir| join(dir, name)).find(|path| path.is_file())
    }

    /// The name of the file at `path`, or `None` when it lies in no include directory.
    ///
    /// Paths are compared as they are written first, as protoc does; when that finds nothing, once
    /// more with links and `..` resolved.
    pub(super) fn locate(&self, path: &Path) -> Option<Located> {
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
        Some(Located { name, path })
    }
}

/// The directory that `path` should be included from: above its package when the last directories
/// spell the package (`proto/shop/v1/shop.proto` with `package shop.v1;` gives `proto`), else the
/// directory that holds it.
pub(super) fn root_of(path: &Path) -> PathBuf {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    // A comment need not be UTF-8.
    let source = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let package = scan::head(&source).package;
    let mut root = parent;
    for part in package.iter().rev() {
        match (root.file_name(), root.parent()) {
            (Some(last), Some(above)) if last == part.as_str() => root = above,
            _ => return parent.to_owned(),
        }
    }
    if root.as_os_str().is_empty() { PathBuf::from(".") } else { root.to_owned() }
}

/// Joins without a leading `./`, so that messages read as people write paths.
fn join(dir: &Path, name: &str) -> PathBuf {
    if dir == Path::new(".") { PathBuf::from(name) } else { dir.join(name) }
}

/// Drops `.` components.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|component| *component != Component::CurDir).collect()
}

/// `path` below `dir` as an import name; `None` when it is elsewhere or no valid name.
pub(super) fn name_below(path: &Path, dir: &Path) -> Option<String> {
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
