//! Kinds of violations.

use std::fmt;

/// Kind of a violation. Its text is the `reason` of `google.rpc.BadRequest.FieldViolation`.
///
/// A service has reasons of its own: [`from_static`](Self::from_static).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The path is empty, has an empty segment, or has an open quote.
    MalformedPath,
    /// The message has no such field.
    UnknownField,
    /// The path goes on below a value that has no fields.
    NoSubfields,
    /// The key does not fit the key type of the map.
    InvalidKey,
    /// A wildcard is not allowed here.
    InvalidWildcard,
    /// A limit on number, length or depth is exceeded.
    LimitExceeded,
    /// An `IMMUTABLE` or `IDENTIFIER` field would change.
    ImmutableField,
    /// A `REQUIRED` field is, or would be, empty.
    RequiredField,
    /// The mask selects no field, and empty masks are refused.
    EmptyMask,
    /// The request does not hold the resource to update.
    MissingResource,
    /// The text does not follow the grammar.
    InvalidSyntax,
    /// A field appears twice where it may appear only once.
    DuplicateField,
    /// The field exists, and cannot be used here.
    UnsupportedField,
    /// The operator does not fit the type of the field.
    InvalidOperator,
    /// The value does not fit the type of the field.
    InvalidValue,
    /// No function has this name.
    UnknownFunction,
    /// The arguments do not fit the function.
    InvalidArguments,
    /// A number of items is negative.
    NegativeCount,
    /// The page token is not valid for this request, or has expired.
    InvalidPageToken,
    /// Reason of a service.
    Custom(CustomReason),
}

/// Text of a reason that a service declared. Made by [`Reason::from_static`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CustomReason(&'static str);

/// Error of a text that cannot be a [`Reason`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidReason(&'static str);

impl Reason {
    /// The longest text of a reason, in bytes (AIP-193).
    pub const MAX_LEN: usize = 63;

    const BUILT_IN: [Self; 19] = [
        Self::MalformedPath,
        Self::UnknownField,
        Self::NoSubfields,
        Self::InvalidKey,
        Self::InvalidWildcard,
        Self::LimitExceeded,
        Self::ImmutableField,
        Self::RequiredField,
        Self::EmptyMask,
        Self::MissingResource,
        Self::InvalidSyntax,
        Self::DuplicateField,
        Self::UnsupportedField,
        Self::InvalidOperator,
        Self::InvalidValue,
        Self::UnknownFunction,
        Self::InvalidArguments,
        Self::NegativeCount,
        Self::InvalidPageToken,
    ];

    /// Returns the reason with this text, which must match `[A-Z][A-Z0-9_]+[A-Z0-9]` and have at most
    /// [`MAX_LEN`](Self::MAX_LEN) bytes.
    ///
    /// ```
    /// use transom::violation::Reason;
    ///
    /// const PARENT_NOT_FOUND: Reason = Reason::from_static("PARENT_NOT_FOUND");
    /// assert_eq!(PARENT_NOT_FOUND.as_str(), "PARENT_NOT_FOUND");
    /// assert_eq!(Reason::from_static("REQUIRED_FIELD"), Reason::RequiredField);
    /// ```
    ///
    /// ```compile_fail,E0080
    /// const _: transom::violation::Reason = transom::violation::Reason::from_static("not found");
    /// ```
    ///
    /// # Panics
    ///
    /// When the text is not a reason; in a constant, that is a compile error. `Reason::try_from` returns an error
    /// instead.
    #[expect(clippy::panic, reason = "a mistake in the service's own code, and a compile error in a constant")]
    #[must_use]
    pub const fn from_static(text: &'static str) -> Self {
        match Self::parse(text) {
            Some(reason) => reason,
            None => panic!("a reason is UPPER_SNAKE_CASE text of 3 to 63 characters, such as `PARENT_NOT_FOUND`"),
        }
    }

    const fn parse(text: &'static str) -> Option<Self> {
        if !is_reason(text.as_bytes()) {
            return None;
        }
        let mut rest: &[Self] = &Self::BUILT_IN;
        while let [reason, others @ ..] = rest {
            if is_same(reason.as_str().as_bytes(), text.as_bytes()) {
                return Some(*reason);
            }
            rest = others;
        }
        Some(Self::Custom(CustomReason(text)))
    }

    /// Returns the text of the reason, for example `UNKNOWN_FIELD`.
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
            Self::Custom(CustomReason(text)) => text,
        }
    }
}

/// Returns `true` if the text matches `[A-Z][A-Z0-9_]+[A-Z0-9]`.
const fn is_reason(text: &[u8]) -> bool {
    let [b'A'..=b'Z', middle @ .., b'A'..=b'Z' | b'0'..=b'9'] = text else { return false };
    let mut rest = middle;
    while let [byte, others @ ..] = rest {
        if !matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_') {
            return false;
        }
        rest = others;
    }
    !middle.is_empty() && text.len() <= Reason::MAX_LEN
}

const fn is_same(left: &[u8], right: &[u8]) -> bool {
    match (left, right) {
        ([], []) => true,
        ([first, left @ ..], [second, right @ ..]) => *first == *second && is_same(left, right),
        _ => false,
    }
}

impl TryFrom<&'static str> for Reason {
    type Error = InvalidReason;

    fn try_from(text: &'static str) -> Result<Self, InvalidReason> {
        Self::parse(text).ok_or(InvalidReason(text))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Display for InvalidReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = super::quoted(self.0);
        write!(formatter, "{text} is not a reason: it must be UPPER_SNAKE_CASE text of 3 to 63 characters")
    }
}

impl std::error::Error for InvalidReason {}
