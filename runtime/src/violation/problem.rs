//! What is wrong with a text of a request, and where in it.

use super::{Reason, Violation, Violations, quoted};

/// A mistake at a position in bytes.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) at: usize,
    pub(crate) reason: Reason,
    pub(crate) description: String,
}

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

    /// The text is longer than what is read.
    #[cold]
    pub(crate) fn too_long(bytes: usize, most: usize) -> Self {
        Self::new(most, Reason::LimitExceeded, format!("{bytes} bytes are more than the {most} that are read"))
    }

    /// There is no field of this name.
    #[cold]
    pub(crate) fn no_field(at: usize, message: &str, name: &str) -> Self {
        Self::new(at, Reason::UnknownField, format!("`{message}` has no field {}", quoted(name)))
    }

    /// The mistakes in the text of this field of a request for the resource.
    #[cold]
    pub(crate) fn refuse(list: Vec<Self>, field: &str, resource: &'static str) -> Violations {
        let list = list.into_iter().map(|Self { at, reason, description }| Violation {
            field: field.to_owned(),
            description: format!("at {at}: {description}"),
            reason,
        });
        Violations::of(resource, list.collect())
    }
}
