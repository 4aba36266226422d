//! Identity of an error: the domain of the service that returns it, and the type of its resource.

use std::fmt;

use crate::fields::{Fields, Schema};

/// Identity of the errors of one resource: the `domain` and the `resourceType` of `google.rpc.ErrorInfo`.
///
/// For generated code the domain is `google.api.default_host` of the service, or else its package. The type is that of
/// `google.api.resource`, for example `library.googleapis.com/Book`, or else the full name of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    domain: Domain,
    resource_type: &'static str,
}

#[derive(Debug, Clone, Copy)]
enum Domain {
    Name(&'static str),
    /// The package of the message with this full name.
    PackageOf(&'static str),
}

impl Subject {
    /// Creates the identity from a domain, for example `library.googleapis.com`, and a type of resource, for example
    /// `library.googleapis.com/Book`.
    #[must_use]
    pub const fn new(domain: &'static str, resource_type: &'static str) -> Self {
        Self { domain: Domain::Name(domain), resource_type }
    }

    /// Returns the identity that generated code gives a message.
    #[inline]
    #[must_use]
    pub fn from_fields<F: Fields>() -> Self {
        Self::from_schema(F::schema())
    }

    pub(crate) const fn from_schema(schema: &'static Schema) -> Self {
        let domain = match schema.domain() {
            Some(name) => Domain::Name(name),
            None => Domain::PackageOf(schema.name()),
        };
        let resource_type = match schema.resource_type() {
            Some(resource_type) => resource_type,
            None => schema.name(),
        };
        Self { domain, resource_type }
    }

    /// Creates the identity of a message without annotations from its full name. The domain is its package.
    #[must_use]
    pub const fn from_full_name(full_name: &'static str) -> Self {
        Self { domain: Domain::PackageOf(full_name), resource_type: full_name }
    }

    /// Replaces the domain.
    #[must_use]
    pub const fn with_domain(self, domain: &'static str) -> Self {
        Self { domain: Domain::Name(domain), ..self }
    }

    /// Returns the domain.
    #[must_use]
    pub fn domain(self) -> &'static str {
        self.domain.text()
    }

    /// Returns the type of the resource.
    #[must_use]
    pub const fn resource_type(self) -> &'static str {
        self.resource_type
    }
}

impl Domain {
    fn text(self) -> &'static str {
        match self {
            Self::Name(name) => name,
            Self::PackageOf(full_name) => package(full_name),
        }
    }
}

impl PartialEq for Domain {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Domain {}

/// Resource that an error is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedResource {
    /// Identity of the error.
    pub subject: Subject,
    /// Name of the resource, for example `shelves/1/books/2`; empty if it is unknown.
    pub name: String,
}

impl NamedResource {
    /// Creates the reference from an identity and a name.
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
