//! Proto paths in options, and the elements that each option applies to.

/// Path in an option. [`crate::resolve`] checks that it selects an element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Selection {
    /// Name of the option.
    pub(crate) option: &'static str,
    /// Full name with a leading dot, or `.` for all elements.
    pub(crate) path: String,
    pub(crate) elements: Elements,
}

/// Kind of elements that an option applies to, at or under its path.
///
/// Paths follow the look-up rules of prost-build. A oneof member has a path in its message, and also one in its oneof.
/// The values of a map have the name `value` in the message that has the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elements {
    Messages,
    /// Messages and enums.
    Types,
    /// Enums and oneofs. Oneofs are enums in Rust.
    Enums,
    Oneofs,
    /// Messages, enums and oneofs.
    Items,
    /// Messages and enums whose Rust types are not generated.
    ExternTypes,
    /// Messages, enums and oneofs, generated or not.
    AllTypes,
    /// Fields, oneofs, and values of enums. The path of a oneof member is `MESSAGE.ONEOF.FIELD`.
    Fields,
    /// Fields with the type `bytes`.
    BytesFields,
    Maps,
    /// Singular fields with a message type. A oneof member has both paths.
    MessageFields,
    /// All elements with doc comments in the output.
    Documented,
    Services,
    Methods,
    /// One method, at the path.
    Method,
}

impl Elements {
    /// Returns the noun for messages such as "no field is at or under the path".
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Messages => "generated message",
            Self::Types => "generated message or enum",
            Self::Enums => "generated enum or oneof",
            Self::Oneofs => "generated oneof",
            Self::Items => "generated message, enum or oneof",
            Self::ExternTypes => "type that `extern_path` moves",
            Self::AllTypes => "message, enum or oneof",
            Self::Fields => "generated field, oneof or enum value",
            Self::BytesFields => "field of type `bytes`",
            Self::Maps => "map field",
            Self::MessageFields => "singular field with a message type",
            Self::Documented => "generated element",
            Self::Services => "service",
            Self::Methods | Self::Method => "method",
        }
    }
}
