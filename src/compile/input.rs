//! Turns what the user listed (files, folders, import names) into files to compile.
//!
//! Finds everything that is wrong with the list before a compiler runs. What is inside the files is
//! the compiler's business.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostic;
use super::include::{Includes, Located, name_below, root_of};
use crate::bundled;

/// The files to compile, and the directories that their imports resolve in.
#[derive(Debug)]
pub(super) struct Inputs {
    /// In the order listed, a folder's files by name; each once.
    pub(super) files: Vec<Input>,
    pub(super) includes: Includes,
    /// What is odd, but does not stop the compilation.
    pub(super) warnings: Vec<Diagnostic>,
}

/// One file to compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Input {
    /// What an `import` would call it.
    pub(super) name: String,
    /// Where it is; `None` for a bundled file.
    pub(super) path: Option<PathBuf>,
}

/// Finds the files behind `listed`. Without any directory in `dirs`, takes the ones that the files
/// themselves suggest ([`root_of`]).
pub(super) fn resolve(listed: &[PathBuf], dirs: &[PathBuf]) -> Result<Inputs, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let mut warnings = Vec::new();
    if listed.is_empty() {
        errors.push(
            Diagnostic::error("no proto file is listed")
                .help("list at least one `.proto` file, or a folder that holds some"),
        );
    }

    let mut includes = Includes::default();
    for dir in dirs {
        if dir.is_dir() {
            includes.add(dir.clone());
        } else if dir.exists() {
            errors.push(Diagnostic::error(format!("include directory `{}` is not a directory", dir.display())));
        } else {
            warnings.push(Diagnostic::warning(format!("include directory `{}` does not exist", dir.display())));
        }
    }

    let found = find(listed, &includes, &mut errors);
    if dirs.is_empty() {
        for item in &found {
            includes.add(item.root());
        }
    }

    let mut files: Vec<Input> = Vec::new();
    let mut seen = HashSet::new();
    for item in &found {
        if let Some(input) = item.locate(&includes, &mut errors)
            && seen.insert(input.name.clone())
        {
            files.push(input);
        }
    }
    if files.is_empty() && errors.is_empty() {
        errors.push(
            Diagnostic::error("every listed file is a common import, found in a folder")
                .help("list the files of your own, or name an import to have code made for it"),
        );
    }
    if errors.is_empty() {
        Ok(Inputs { files, includes, warnings })
    } else {
        errors.extend(warnings);
        Err(errors)
    }
}

/// What one item of the list, or one file of a listed folder, turned out to be.
enum Found {
    /// A file on disk.
    File(PathBuf),
    /// A file of the listed folder.
    InFolder { file: PathBuf, folder: PathBuf },
    /// An import name that the include directories know.
    Name(Located),
    /// An import name that only the bundle knows.
    Bundled(&'static str),
}

fn find(listed: &[PathBuf], includes: &Includes, errors: &mut Vec<Diagnostic>) -> Vec<Found> {
    let mut found = Vec::new();
    for path in listed {
        if path.is_dir() {
            let before = found.len();
            let mut files = Vec::new();
            walk(path, &mut HashSet::new(), &mut files, errors);
            files.sort();
            found.extend(files.into_iter().map(|file| Found::InFolder { file, folder: path.clone() }));
            if found.len() == before {
                errors.push(
                    Diagnostic::error(format!("no `.proto` file in folder `{}`", path.display()))
                        .help("list the files, or another folder"),
                );
            }
        } else if path.is_file() {
            found.push(Found::File(path.clone()));
        } else if let Some(item) = find_name(path, includes) {
            found.push(item);
        } else {
            errors.push(missing(path, includes));
        }
    }
    found
}

/// As protoc does: a path that is not on disk may be an import name.
fn find_name(path: &Path, includes: &Includes) -> Option<Found> {
    let name = name_below(path, Path::new(""))?;
    if let Some(path) = includes.find(&name) {
        return Some(Found::Name(Located { name, path }));
    }
    bundled::find(&name).map(|file| Found::Bundled(file.name))
}

fn missing(path: &Path, includes: &Includes) -> Diagnostic {
    let dirs = includes.dirs();
    let message = format!("file `{}` does not exist", path.display());
    let diagnostic = Diagnostic::error(message);
    if dirs.is_empty() {
        return diagnostic.help("check the path; it is relative to the current directory");
    }
    let dirs: Vec<String> = dirs.iter().map(|dir| format!("`{}`", dir.display())).collect();
    diagnostic.help(format!(
        "check the path; the current directory and the include directories {} were searched",
        dirs.join(", ")
    ))
}

/// Collects the `.proto` files below `dir`. Hidden folders are skipped, and each real folder is
/// read once, so that a link to a parent ends.
fn walk(dir: &Path, visited: &mut HashSet<PathBuf>, files: &mut Vec<PathBuf>, errors: &mut Vec<Diagnostic>) {
    let mut pending = vec![dir.to_owned()];
    while let Some(dir) = pending.pop() {
        let entries = fs::canonicalize(&dir).and_then(|real| {
            if visited.insert(real) { fs::read_dir(&dir)?.collect::<Result<Vec<_>, _>>() } else { Ok(Vec::new()) }
        });
        match entries {
            Ok(entries) => {
                for entry in entries {
                    let path = entry.path();
                    let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                    if path.is_dir() && !hidden {
                        pending.push(path);
                    } else if path.extension().is_some_and(|e| e == "proto") && path.is_file() {
                        files.push(path);
                    }
                }
            }
            Err(error) => errors.push(Diagnostic::error(format!("cannot read folder `{}`: {error}", dir.display()))),
        }
    }
}

impl Found {
    /// The include directory that the item suggests when the user gave none.
    fn root(&self) -> PathBuf {
        match self {
            Self::File(path) => root_of(path),
            Self::InFolder { folder, .. } => folder.clone(),
            Self::Name(_) | Self::Bundled(_) => PathBuf::from("."),
        }
    }

    fn locate(&self, includes: &Includes, errors: &mut Vec<Diagnostic>) -> Option<Input> {
        let path = match self {
            Self::Bundled(name) => {
                return Some(Input { name: (*name).to_owned(), path: None });
            }
            Self::Name(located) => {
                return Some(Input { name: located.name.clone(), path: Some(located.path.clone()) });
            }
            Self::File(path) | Self::InFolder { file: path, .. } => path,
        };
        let Some(Located { name, path: inside }) = includes.locate(path) else {
            errors.push(outside(path));
            return None;
        };
        // A folder often holds vendored copies of what everybody imports; they are there to be
        // imported, not to have code made for them.
        if matches!(self, Self::InFolder { .. }) && bundled::is_common_import(&name) {
            return None;
        }
        if let Some(winner) = includes.find(&name)
            && winner != inside
            && fs::canonicalize(&winner).ok() != fs::canonicalize(&inside).ok()
        {
            errors.push(
                Diagnostic::error(format!("`{}` hides this file: both are `{name}` to an import", winner.display()))
                    .at(path.display().to_string(), None)
                    .help("list the other file, or put this one's include directory first"),
            );
            return None;
        }
        Some(Input { name, path: Some(inside) })
    }
}

fn outside(path: &Path) -> Diagnostic {
    let file = path.display().to_string();
    if path.to_str().is_none() {
        return Diagnostic::error("the file's path is not valid UTF-8, so nothing could import it")
            .at(file, None)
            .help("rename the file or the folder");
    }
    Diagnostic::error("the file lies in none of the include directories")
        .at(file, None)
        .help(format!("add the include directory `{}` (`-I {0}`)", root_of(path).display()))
}
