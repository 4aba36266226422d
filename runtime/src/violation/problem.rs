//! Violations of a text of a request, with their positions.

use super::{Collector, Reason, Subject, Violation, Violations, quoted};
use crate::field_path::MAX_DEPTH;
use crate::nearest::nearest;

/// Returns the end of a description that suggests a name.
pub(crate) fn hint(meant: Option<&str>) -> String {
    meant.map(|meant| format!(": did you mean `{meant}`?")).unwrap_or_default()
}

/// Violation at a position of a text, in bytes.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) at: usize,
    pub(crate) reason: Reason,
    pub(crate) description: String,
}

/// Collects the problems of one text. A parser stops when it [is full](Self::is_full).
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problem {
    #[cold]
    pub(crate) fn new(at: usize, reason: Reason, description: impl Into<String>) -> Self {
        Self { at, reason, description: description.into() }
    }

    /// The text does not follow its grammar.
    #[cold]
    pub(crate) fn syntax(at: usize, description: impl Into<String>) -> Self {
        Self::new(at, Reason::InvalidSyntax, description)
    }

    /// The text is longer than the limit.
    #[cold]
    pub(crate) fn too_long(bytes: usize, most: usize) -> Self {
        Self::new(most, Reason::LimitExceeded, format!("{bytes} bytes are more than the {most} that are read"))
    }

    /// A path has more fields than are accepted.
    #[cold]
    pub(crate) fn too_deep(at: usize) -> Self {
        let description = format!("the path is deeper than the {MAX_DEPTH} fields that are accepted");
        Self::new(at, Reason::LimitExceeded, description)
    }

    /// There is no field of this name among those that a request can use.
    #[cold]
    pub(crate) fn no_field<'f>(at: usize, message: &str, name: &str, fields: impl Iterator<Item = &'f str>) -> Self {
        let hint = hint(nearest(name, fields));
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

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    pub(crate) fn pop(&mut self) -> Option<Problem> {
        self.0.pop()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns `true` if more problems would not be returned.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= Violations::MAX
    }

    /// Converts the problems, of which there is at least one. `field` is the field of the request that holds the text.
    #[cold]
    pub(crate) fn refuse(self, field: &str, subject: Subject) -> Violations {
        let mut collector = Collector::new(subject);
        let is_full = self.is_full();
        collector.extend(self.0.into_iter().map(|problem| problem.violation(field)));
        if is_full {
            // The parser stopped here.
            collector.stop();
        }
        Violations::from_collector(collector)
    }
}
