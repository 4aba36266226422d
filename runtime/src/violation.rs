//! What can be wrong with a request: the mistakes that masks, orders, filters and pages find, with the field of each.
//!
//! A mistake is data; as a gRPC status it is `INVALID_ARGUMENT` with a `google.rpc.BadRequest` that names every one.

#[cfg(feature = "_lists")]
mod problem;
#[cfg(feature = "_grpc")]
pub(crate) mod status;

use std::fmt;

#[cfg(feature = "_lists")]
pub(crate) use problem::Problem;

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which field of the request: `filter`, or `update_mask.paths[1]`, which counts from 0, as `google.rpc.BadRequest`
    /// does today; a field of the resource is named by its path.
    pub field: String,
    /// What is wrong, and what would be right. Of a text it starts with the position in bytes: `at 14: …`.
    pub description: String,
    /// The kind of mistake.
    pub reason: Reason,
}

/// The kinds of mistakes; as text they are the `reason` of `google.rpc.BadRequest.FieldViolation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The path is not one: empty, with an empty segment, or with an open quote.
    MalformedPath,
    /// The message has no such field.
    UnknownField,
    /// The path goes on where nothing can follow.
    NoSubfields,
    /// The key does not fit the map's type of keys.
    InvalidKey,
    /// A wildcard where there may be none.
    InvalidWildcard,
    /// More paths, longer or deeper ones than are accepted.
    LimitExceeded,
    /// A field changes that can be set once only, or that names the resource.
    ImmutableField,
    /// A required field would be left empty.
    RequiredField,
    /// Nothing is selected, where that is refused.
    EmptyMask,
    /// The resource to update is not in the request.
    MissingResource,
    /// The text does not follow the grammar.
    InvalidSyntax,
    /// A field stands twice where it may stand once.
    DuplicateField,
    /// The field is known, and cannot be used here.
    UnsupportedField,
    /// The operator does not fit the type of the field.
    InvalidOperator,
    /// The value does not fit the type of the field.
    InvalidValue,
    /// No function has this name.
    UnknownFunction,
    /// The function takes other arguments.
    InvalidArguments,
    /// A number of items is below zero.
    NegativeCount,
    /// The page token is not one for this request, or no longer.
    InvalidPageToken,
}

/// All that is wrong with a request: never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations {
    /// The full name of the resource's message.
    resource: &'static str,
    list: Vec<Violation>,
}

impl Reason {
    /// The reason as a constant of the API: `UNKNOWN_FIELD`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MalformedPath => "MALFORMED_PATH",
            Self::UnknownField => "UNKNOWN_FIELD",
            Self::NoSubfields => "NO_SUBFIELDS",
            Self::InvalidKey => "INVALID_KEY",
            Self::InvalidWildcard => "INVALID_WILDCARD",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::ImmutableField => "IMMUTABLE_FIELD",
            Self::RequiredField => "REQUIRED_FIELD",
            Self::EmptyMask => "EMPTY_MASK",
            Self::MissingResource => "MISSING_RESOURCE",
            Self::InvalidSyntax => "INVALID_SYNTAX",
            Self::DuplicateField => "DUPLICATE_FIELD",
            Self::UnsupportedField => "UNSUPPORTED_FIELD",
            Self::InvalidOperator => "INVALID_OPERATOR",
            Self::InvalidValue => "INVALID_VALUE",
            Self::UnknownFunction => "UNKNOWN_FUNCTION",
            Self::InvalidArguments => "INVALID_ARGUMENTS",
            Self::NegativeCount => "NEGATIVE_COUNT",
            Self::InvalidPageToken => "INVALID_PAGE_TOKEN",
        }
    }
}

impl Violations {
    /// `Err` when there is any.
    pub(crate) fn check(resource: &'static str, list: Vec<Violation>) -> Result<(), Self> {
        if list.is_empty() { Ok(()) } else { Err(Self { resource, list }) }
    }

    /// All that is wrong, which is something.
    pub(crate) fn of(resource: &'static str, list: Vec<Violation>) -> Self {
        Self { resource, list }
    }

    /// The violations, in the order in which they were found.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.list
    }

    /// The full name of the resource's message.
    #[must_use]
    pub fn resource(&self) -> &'static str {
        self.resource
    }

    /// Puts a prefix before the field of each violation, where the resource is itself a field: `book.` makes `title`
    /// `book.title`.
    #[must_use]
    pub fn within(mut self, prefix: &str) -> Self {
        for violation in &mut self.list {
            violation.field.insert_str(0, prefix);
        }
        self
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.field, self.description)
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, violation) in self.list.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(formatter, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// Text from a request as it may stand in an error: without control characters, and short enough for what AIP-193 lets
/// an error repeat.
pub(crate) fn quoted(text: &str) -> String {
    format!("`{}`", shown(text, 96))
}

/// The beginning of a text, of at most so many bytes, without control characters.
pub(crate) fn shown(text: &str, most: usize) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        let length = shown.len();
        shown.extend(character.escape_debug());
        if shown.len() > most {
            shown.truncate(length);
            shown.push('…');
            break;
        }
    }
    shown
}
