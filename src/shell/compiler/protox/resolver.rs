//! Resolver of imports for protox, with limits that protect its recursion.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::rc::Rc;

use protox::Error;
use protox::file::{File, FileResolver, GoogleFileResolver};

use super::super::backend::Backend;
use super::super::inputs::include_dirs::IncludeDirs;
use super::super::inputs::scanner;
use super::super::message::CompilerMessage;
use super::super::{bundled, edition};

/// Maximum number of open brackets in a file. protox recurses into brackets.
///
/// Messages nest at most 31 levels deep, and decoders refuse option values of more than 100 levels.
const MAX_NESTING: usize = 100;

/// Maximum length of a chain of imports. protox recurses into imports.
const MAX_IMPORT_CHAIN: usize = 1000;

/// Resolver of import names: include directories, then bundled files, then the well-known types of protox.
pub(super) struct Resolver {
    includes: IncludeDirs,
    well_known_types: GoogleFileResolver,
    state: Rc<RefCell<State>>,
}

/// Facts about the files that the resolver opened.
#[derive(Default)]
pub(super) struct State {
    /// Source of each file by import name.
    pub(super) sources: HashMap<String, String>,
    /// Length of a chain of imports to each file, by import name.
    depths: HashMap<String, usize>,
    /// Errors of files that were rejected. The error type of protox has no field for them.
    pub(super) rejected: Vec<CompilerMessage>,
}

impl FileResolver for Resolver {
    fn open_file(&self, name: &str) -> Result<File, Error> {
        let Some(path) = self.includes.find(name) else {
            return match bundled::find(name) {
                Some(file) => self.parse(name, name, file.source),
                None => self.well_known_types.open_file(name),
            };
        };
        let file = path.display().to_string();
        let source = fs::read_to_string(&path).map_err(|error| {
            let message = match error.kind() {
                io::ErrorKind::InvalidData => CompilerMessage::error("the file is not UTF-8").help("save it as UTF-8"),
                _ => CompilerMessage::error(format!("cannot read the file: {error}")),
            };
            self.reject(message.at(file.as_str(), None))
        })?;
        // protoc accepts a byte order mark, protox does not.
        let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
        match edition::unsupported(&Backend::Protox, &file, source) {
            Some(message) => Err(self.reject(message)),
            None => self.parse(name, &file, source),
        }
    }
}

impl Resolver {
    pub(super) fn new(includes: &IncludeDirs, state: &Rc<RefCell<State>>) -> Self {
        Self { includes: includes.clone(), well_known_types: GoogleFileResolver::new(), state: Rc::clone(state) }
    }

    fn parse(&self, name: &str, file: &str, source: &str) -> Result<File, Error> {
        if let Some(position) = scanner::deeper_than(MAX_NESTING, source) {
            let message = format!("more than {MAX_NESTING} brackets are open here");
            return Err(self.reject(CompilerMessage::error(message).at(file, Some(position))));
        }
        let parsed = File::from_source(name, source)?;
        let mut state = self.state.borrow_mut();
        let depth = state.depths.get(name).copied().unwrap_or_default();
        for import in &parsed.file_descriptor_proto().dependency {
            state.depths.insert(import.clone(), depth + 1);
        }
        state.sources.insert(name.to_owned(), source.to_owned());
        drop(state);
        if depth > MAX_IMPORT_CHAIN {
            let message = format!("a chain of more than {MAX_IMPORT_CHAIN} imports leads to this file");
            return Err(self.reject(CompilerMessage::error(message).at(file, None)));
        }
        Ok(parsed)
    }

    /// Records an error, and returns an error for protox.
    fn reject(&self, message: CompilerMessage) -> Error {
        self.state.borrow_mut().rejected.push(message);
        Error::new("rejected")
    }
}
