//! One Rust scope: which proto element took which identifier.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Diagnostic, Diagnostics, Origin};

/// The identifiers of one scope.
pub(super) struct Scope {
    /// Kind of an identifier in messages: `field`, `variant`, ...
    kind: &'static str,
    taken: HashMap<String, (String, Origin)>,
}

impl Scope {
    pub(super) fn new(kind: &'static str) -> Self {
        Self { kind, taken: HashMap::new() }
    }

    /// Takes an identifier for `element`, or reports who has it, or that it is none.
    ///
    /// Says whether it could, so that one cause is reported once.
    pub(super) fn add(
        &mut self,
        identifier: String,
        element: &str,
        origin: &Origin,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        if identifier.is_empty() {
            let message = format!("{element} has no letter or digit, so there is no Rust {} for it", self.kind);
            diagnostics.error(Diagnostic::at(origin, message).help("give it a name in the proto"));
            return false;
        }
        match self.taken.entry(identifier) {
            Entry::Vacant(vacant) => {
                vacant.insert((element.to_owned(), origin.clone()));
                true
            }
            Entry::Occupied(occupied) => {
                let (other, place) = occupied.get();
                let message = format!("{element} and {other} both become the Rust {} `{}`", self.kind, occupied.key());
                diagnostics.error(
                    Diagnostic::at(origin, message)
                        .related(place, format!("{other} is declared here"))
                        .help("rename one of them in the proto"),
                );
                false
            }
        }
    }
}
