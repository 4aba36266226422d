//! Paths that options were given, and the elements that each option applies to.

/// A path given to an option; [`crate::resolve`] checks that it selects an element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Selection {
    /// The option's name.
    pub(crate) option: &'static str,
    /// A full name with a leading dot, or `.` for everything.
    pub(crate) path: String,
    pub(crate) elements: Elements,
}

/// Elements that a path of an option applies to, at the path or under it.
///
/// Paths follow the look-up rules of prost-build. A oneof member has a path in its message, and also one in its oneof.
/// The values of a map have the name `value` in the message that has the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elements {
    Messages,
    /// Messages and enums.
    Types,
    /// Enums, and oneofs, which are enums in Rust.
    Enums,
    /// Messages, enums and oneofs.
    Items,
    /// Messages and enums whose Rust types are not generated.
    ExternTypes,
    /// Messages and enums, whether they are generated or not.
    AllTypes,
    /// Fields, oneofs, and values of enums. A member of a oneof goes by `MESSAGE.ONEOF.FIELD`.
    Fields,
    /// Fields with the type `bytes`.
    BytesFields,
    Maps,
    /// Singular fields with a message type. A member of a oneof goes by either name.
    MessageFields,
    /// Everything that has a doc comment in the output.
    Documented,
    Methods,
    /// One method, whose path is the whole path.
    Method,
}

impl Elements {
    /// Names the elements for the end of a sentence that starts with "no".
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Messages => "generated message",
            Self::Types => "generated message or enum",
            Self::Enums => "generated enum or oneof",
            Self::Items => "generated message, enum or oneof",
            Self::ExternTypes => "type that `extern_path` moves",
            Self::AllTypes => "message or enum",
            Self::Fields => "generated field, oneof or enum value",
            Self::BytesFields => "field of type `bytes`",
            Self::Maps => "map field",
            Self::MessageFields => "singular field with a message type",
            Self::Documented => "generated element",
            Self::Methods | Self::Method => "method",
        }
    }
}
