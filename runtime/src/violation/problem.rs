//! Violations of a text of a request, with their positions.

use std::cell::Cell;

use super::bounded_list::BoundedList;
use super::{Reason, Subject, Violation, Violations, quoted};
use crate::field_path::MAX_DEPTH;
use crate::text::nearest::nearest;

/// Violation at a position of a text, in bytes.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) at: usize,
    pub(crate) reason: Reason,
    pub(crate) description: String,
}

/// Number of hints that a text can still get. To find a hint takes longer than to find the problem.
#[derive(Debug)]
pub(crate) struct Hints(Cell<u8>);

/// Problems of one text. A parser stops when the list [is full](Self::is_full), and can take a problem back.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    hints: Hints,
}

impl Problem {
    #[cold]
    pub(crate) fn new(at: usize, reason: Reason, description: impl Into<String>) -> Self {
        Self { at, reason, description: description.into() }
    }

    /// Creates the problem of a text that does not follow its grammar.
    #[cold]
    pub(crate) fn syntax(at: usize, description: impl Into<String>) -> Self {
        Self::new(at, Reason::InvalidSyntax, description)
    }

    /// Creates the problem of a text that is longer than the limit.
    #[cold]
    pub(crate) fn too_long(bytes: usize, most: usize) -> Self {
        Self::new(most, Reason::LimitExceeded, format!("{bytes} bytes are more than the {most} that are read"))
    }

    /// Creates the problem of a path with more fields than are accepted.
    #[cold]
    pub(crate) fn too_deep(at: usize) -> Self {
        let description = format!("the path is deeper than the {MAX_DEPTH} fields that are accepted");
        Self::new(at, Reason::LimitExceeded, description)
    }

    /// Creates the problem of a name that is not among the `fields` that a request can use.
    #[cold]
    pub(crate) fn no_field<'f>(
        at: usize,
        message: &str,
        name: &str,
        fields: impl Iterator<Item = &'f str>,
        hints: &Hints,
    ) -> Self {
        let hint = hints.suggest(|| nearest(name, fields));
        Self::new(at, Reason::UnknownField, format!("`{message}` has no field {}{hint}", quoted(name)))
    }

    /// Converts the only problem of a text. `field` is the field of the request that holds the text.
    #[cold]
    pub(crate) fn refuse(self, field: &str, subject: Subject) -> Violations {
        Violations::new(subject, self.violation(field))
    }

    fn violation(self, field: &str) -> Violation {
        Violation::new(field, self.reason, format!("at {}: {}", self.at, self.description))
    }
}

impl Default for Hints {
    fn default() -> Self {
        Self(Cell::new(16))
    }
}

impl Hints {
    /// Creates a budget without hints.
    #[cfg(feature = "filter")]
    pub(crate) fn none() -> Self {
        Self(Cell::new(0))
    }

    /// Returns the end of a description that suggests the name that was meant. Without a hint left, it is empty and the
    /// name is not looked for.
    #[cold]
    pub(crate) fn suggest<N: AsRef<str>>(&self, meant: impl FnOnce() -> Option<N>) -> String {
        let Some(left) = self.0.get().checked_sub(1) else { return String::new() };
        self.0.set(left);
        meant().map(|meant| format!(": did you mean `{}`?", meant.as_ref())).unwrap_or_default()
    }
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    pub(crate) fn pop(&mut self) -> Option<Problem> {
        self.list.pop()
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the hints that are left.
    pub(crate) const fn hints(&self) -> &Hints {
        &self.hints
    }

    /// Returns `true` if more problems would not be returned.
    pub(crate) const fn is_full(&self) -> bool {
        self.list.len() >= Violations::MAX
    }

    /// Converts the problems, of which there is at least one. `field` is the field of the request that holds the text.
    #[cold]
    pub(crate) fn refuse(self, field: &str, subject: Subject) -> Violations {
        let is_full = self.is_full();
        let mut violations = BoundedList::new();
        self.list.into_iter().for_each(|problem| violations.add_with(|| problem.violation(field)));
        if is_full {
            // The parser stopped here.
            violations.stop();
        }
        Violations::from_list(subject, violations)
    }
}
