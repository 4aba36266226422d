//! Identity of an error: the domain of the service that returns it, and the type of its resource.

use std::fmt;

use crate::fields::{Fields, Schema};

/// Identity of the errors of one resource: the `domain` and the `resourceType` of `google.rpc.ErrorInfo`.
///
/// For generated code the domain is `google.api.default_host` of the service, or else its package. The type is that of
/// `google.api.resource`, for example `library.googleapis.com/Book`, or else the full name of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    message: &'static str,
    /// `None` for the package of the message.
    domain: Option<&'static str>,
    /// `None` for the full name of the message.
    resource_type: Option<&'static str>,
}

impl Subject {
    /// Creates the identity from a domain, for example `library.googleapis.com`, and a type of resource, for example
    /// `library.googleapis.com/Book`.
    #[must_use]
    pub const fn new(domain: &'static str, resource_type: &'static str) -> Self {
        Self { message: resource_type, domain: Some(domain), resource_type: None }
    }

    /// Returns the identity that generated code gives a message.
    #[inline]
    #[must_use]
    pub fn of<F: Fields>() -> Self {
        Self::of_schema(F::schema())
    }

    pub(crate) const fn of_schema(schema: &'static Schema) -> Self {
        Self { message: schema.name(), domain: schema.domain(), resource_type: schema.resource_type() }
    }

    /// Creates the identity of a message without annotations from its full name. The domain is its package.
    #[must_use]
    pub const fn of_message(full_name: &'static str) -> Self {
        Self { message: full_name, domain: None, resource_type: None }
    }

    /// Replaces the domain.
    #[must_use]
    pub const fn with_domain(self, domain: &'static str) -> Self {
        Self { domain: Some(domain), ..self }
    }

    /// Returns the domain.
    #[must_use]
    pub fn domain(self) -> &'static str {
        self.domain.unwrap_or_else(|| package(self.message))
    }

    /// Returns the full name of the message.
    #[must_use]
    pub const fn message(self) -> &'static str {
        self.message
    }

    /// Returns the type of the resource.
    #[must_use]
    pub fn resource_type(self) -> &'static str {
        self.resource_type.unwrap_or(self.message)
    }
}

/// Resource that an error is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedResource {
    /// Identity of the error.
    pub subject: Subject,
    /// Name of the resource, for example `shelves/1/books/2`; empty if it is unknown.
    pub name: String,
}

impl NamedResource {
    /// Names a resource.
    #[must_use]
    pub fn new(subject: Subject, name: impl Into<String>) -> Self {
        Self { subject, name: name.into() }
    }
}

/// The type and, if it is known, the name, of which at most 96 bytes are shown.
impl fmt::Display for NamedResource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}`", self.subject.resource_type())?;
        match self.name.as_str() {
            "" => Ok(()),
            name => write!(formatter, " {}", super::quoted(name)),
        }
    }
}

/// Returns the package of a message from its full name: the segments before the first that starts with a capital
/// letter. A full name that consists of the message alone is returned as it is.
pub(crate) fn package(full_name: &'static str) -> &'static str {
    let names = full_name.split('.');
    let before = names.take_while(|name| !name.starts_with(|first: char| first.is_ascii_uppercase()));
    let length = before.map(|name| name.len() + 1).sum::<usize>();
    match length.checked_sub(1).and_then(|end| full_name.get(..end)) {
        Some(package) => package,
        None => full_name,
    }
}
