//! Resolution of the listed files, folders and import names to files to compile.
//!
//! All errors in the list are reported before a backend runs. The content of the files is checked by the backend.

pub(super) mod include_dirs;
pub(super) mod scanner;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use self::include_dirs::{IncludeDirs, LocatedFile, name_below, root_of};
use super::bundled;
use super::message::CompilerMessage;

/// Files to compile, and the include directories of their imports.
#[derive(Debug)]
pub(super) struct Inputs {
    /// The files in the order listed, without duplicates. The files of a folder are sorted by path.
    pub(super) files: Vec<InputFile>,
    pub(super) includes: IncludeDirs,
    pub(super) warnings: Vec<CompilerMessage>,
}

/// File to compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InputFile {
    /// Import name.
    pub(super) name: String,
    /// Path on disk; `None` for a bundled file.
    pub(super) path: Option<PathBuf>,
}

/// Resolves the entries of `listed`. If `dirs` is empty, the entries determine the include directories
/// ([`root_of`]).
pub(super) fn resolve(listed: &[PathBuf], dirs: &[PathBuf]) -> Result<Inputs, Vec<CompilerMessage>> {
    let mut errors = Vec::new();
    let mut warnings = Vec::new();
    if listed.is_empty() {
        errors.push(
            CompilerMessage::error("no proto file is listed")
                .help("list at least one `.proto` file, or a folder with `.proto` files"),
        );
    }

    let mut includes = IncludeDirs::default();
    for dir in dirs {
        if dir.is_dir() {
            includes.add(dir.clone());
        } else if dir.exists() {
            errors.push(CompilerMessage::error(format!("include directory `{}` is not a directory", dir.display())));
        } else {
            warnings.push(CompilerMessage::warning(format!("include directory `{}` does not exist", dir.display())));
        }
    }

    let entries = find(listed, &includes, &mut errors);
    if dirs.is_empty() {
        for entry in &entries {
            includes.add(entry.root());
        }
    }

    let mut files: Vec<InputFile> = Vec::new();
    let mut seen = HashSet::new();
    for entry in &entries {
        if let Some(input) = entry.locate(&includes, &mut errors)
            && seen.insert(input.name.clone())
        {
            files.push(input);
        }
    }
    if files.is_empty() && errors.is_empty() {
        errors.push(
            CompilerMessage::error("every listed file is a bundled file or a well-known type in a folder")
                .help("list files of your own, or list the file itself to generate code for it"),
        );
    }
    if errors.is_empty() {
        Ok(Inputs { files, includes, warnings })
    } else {
        errors.extend(warnings);
        Err(errors)
    }
}

/// Resolved entry of the list, or file of a listed folder.
enum Entry {
    /// File on disk.
    File(PathBuf),
    /// File in a listed folder.
    InFolder { file: PathBuf, folder: PathBuf },
    /// Import name of a file in an include directory.
    ImportName(LocatedFile),
    /// Import name of a bundled file.
    Bundled(&'static str),
}

fn find(listed: &[PathBuf], includes: &IncludeDirs, errors: &mut Vec<CompilerMessage>) -> Vec<Entry> {
    let mut found = Vec::new();
    for path in listed {
        if path.is_dir() {
            let before = found.len();
            let mut files = Vec::new();
            walk(path, &mut HashSet::new(), &mut files, errors);
            files.sort();
            found.extend(files.into_iter().map(|file| Entry::InFolder { file, folder: path.clone() }));
            if found.len() == before {
                errors.push(
                    CompilerMessage::error(format!("no `.proto` file in folder `{}`", path.display()))
                        .help("list the files, or another folder"),
                );
            }
        } else if path.is_file() {
            found.push(Entry::File(path.clone()));
        } else if let Some(entry) = find_import_name(path, includes) {
            found.push(entry);
        } else {
            errors.push(missing(path, includes));
        }
    }
    found
}

/// Resolves a path that is not on disk as an import name, as protoc does.
fn find_import_name(path: &Path, includes: &IncludeDirs) -> Option<Entry> {
    let name = name_below(path, Path::new(""))?;
    if let Some(path) = includes.find(&name) {
        return Some(Entry::ImportName(LocatedFile { name, path }));
    }
    bundled::find(&name).map(|file| Entry::Bundled(file.name))
}

/// Returns the error for an entry that does not exist.
fn missing(path: &Path, includes: &IncludeDirs) -> CompilerMessage {
    let dirs = includes.dirs();
    let message = format!("file `{}` does not exist", path.display());
    let error = CompilerMessage::error(message);
    if dirs.is_empty() {
        return error.help("check the path; it is relative to the current directory");
    }
    let dirs: Vec<String> = dirs.iter().map(|dir| format!("`{}`", dir.display())).collect();
    error.help(format!(
        "check the path; the current directory and the include directories {} were searched",
        dirs.join(", ")
    ))
}

/// Collects the `.proto` files below `dir`. Hidden folders are skipped. Each real folder is read once, so that a link to
/// a parent folder does not loop.
fn walk(dir: &Path, visited: &mut HashSet<PathBuf>, files: &mut Vec<PathBuf>, errors: &mut Vec<CompilerMessage>) {
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
            Err(error) => {
                errors.push(CompilerMessage::error(format!("cannot read folder `{}`: {error}", dir.display())))
            }
        }
    }
}

impl Entry {
    /// Returns the include directory for the entry, if the user gives none.
    fn root(&self) -> PathBuf {
        match self {
            Self::File(path) => root_of(path),
            Self::InFolder { folder, .. } => folder.clone(),
            Self::ImportName(_) | Self::Bundled(_) => PathBuf::from("."),
        }
    }

    /// Returns the file to compile, or `None` if there is an error or the file is not to be generated.
    fn locate(&self, includes: &IncludeDirs, errors: &mut Vec<CompilerMessage>) -> Option<InputFile> {
        let path = match self {
            Self::Bundled(name) => {
                return Some(InputFile { name: (*name).to_owned(), path: None });
            }
            Self::ImportName(located) => {
                return Some(InputFile { name: located.name.clone(), path: Some(located.path.clone()) });
            }
            Self::File(path) | Self::InFolder { file: path, .. } => path,
        };
        let Some(LocatedFile { name, path: inside }) = includes.locate(path) else {
            errors.push(outside(path));
            return None;
        };
        // A folder often contains vendored copies of common imports. No code is generated for them.
        if matches!(self, Self::InFolder { .. }) && bundled::is_common_import(&name) {
            return None;
        }
        if let Some(winner) = includes.find(&name)
            && winner != inside
            && fs::canonicalize(&winner).ok() != fs::canonicalize(&inside).ok()
        {
            errors.push(
                CompilerMessage::error(format!(
                    "`{}` hides this file: both are `{name}` to an import",
                    winner.display()
                ))
                .at(path.display().to_string(), None)
                .help("list the other file, or put this one's include directory first"),
            );
            return None;
        }
        Some(InputFile { name, path: Some(inside) })
    }
}

/// Returns the error for a file outside of the include directories.
fn outside(path: &Path) -> CompilerMessage {
    let file = path.display().to_string();
    if path.to_str().is_none() {
        return CompilerMessage::error("the file's path is not valid UTF-8, so it has no import name")
            .at(file, None)
            .help("rename the file or the folder");
    }
    CompilerMessage::error("the file is not in any include directory")
        .at(file, None)
        .help(format!("add the include directory `{}` (`-I {0}`)", root_of(path).display()))
}
