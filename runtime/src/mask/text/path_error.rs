//! Errors of single paths.

use crate::fields::Schema;
use crate::violation::{Reason, Violation, quoted};

/// Error of a path, without its position in the mask.
pub(super) struct PathError {
    pub(super) reason: Reason,
    pub(super) description: String,
}

impl PathError {
    pub(super) fn new(reason: Reason, description: impl Into<String>) -> Self {
        Self { reason, description: description.into() }
    }

    pub(super) fn unknown_field(schema: &Schema, name: &str) -> Self {
        let description = format!("`{}` has no field {}", schema.name(), quoted(name));
        Self { reason: Reason::UnknownField, description }
    }

    /// Converts the error to a violation. Without a position, all paths are rejected.
    pub(super) fn into_violation(self, mask_field: &str, position: Option<usize>) -> Violation {
        let field = match position {
            Some(position) => format!("{mask_field}.paths[{position}]"),
            None => format!("{mask_field}.paths"),
        };
        Violation { field, description: self.description, reason: self.reason }
    }
}
