//! Description of a message and its fields.

use std::sync::OnceLock;

use super::Behavior;
use super::name_index::{NameIndex, Named};

/// Description of a message: a `static` in generated code.
#[derive(Debug)]
pub struct Schema {
    name: &'static str,
    resource_type: Option<&'static str>,
    domain: Option<&'static str>,
    fields: &'static [FieldSchema],
    /// The name of the oneof that a field is in, by the field's position.
    oneofs: &'static [Option<&'static str>],
    is_in_order: bool,
    names: OnceLock<NameIndex<FieldSchema>>,
}

/// One field of a message.
#[derive(Debug)]
pub struct FieldSchema {
    /// The name in the proto. For a proto2 group, the name of its message, which is the name in paths.
    pub name: &'static str,
    /// The name in JSON.
    pub json_name: &'static str,
    /// The field number.
    pub number: u32,
    /// Cardinality and presence.
    pub shape: Shape,
    /// The kind of the value, of one list element, or of one map value.
    pub kind: Kind,
    /// The annotations of `google.api.field_behavior`.
    pub behavior: Behavior,
}

/// Description of a field for visitors, known at compile time.
#[derive(Debug, Clone, Copy)]
pub struct FieldInfo {
    /// The position in [`Schema::fields`].
    pub index: u16,
    /// The field number.
    pub number: u32,
    /// The annotations of `google.api.field_behavior`.
    pub behavior: Behavior,
    /// Whether the field is a member of a oneof.
    pub in_oneof: bool,
}

/// Cardinality and presence of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// Singular, without presence.
    Implicit,
    /// Singular, with presence.
    Optional,
    /// Singular and always set (proto2 `required`).
    Required,
    /// A member of the oneof with this position in the message.
    Oneof(u16),
    /// A list.
    Repeated,
    /// A map with keys of this kind.
    Map(KeyKind),
}

/// Kind of the keys of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// `string`
    String,
    /// `int32`, `sint32`, `sfixed32`
    Int32,
    /// `int64`, `sint64`, `sfixed64`
    Int64,
    /// `uint32`, `fixed32`
    Uint32,
    /// `uint64`, `fixed64`
    Uint64,
    /// `bool`
    Bool,
}

/// Kind of a value, in the terms of the proto.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Kind {
    /// `bool`
    Bool,
    /// `int32`, `sint32`, `sfixed32`
    Int32,
    /// `int64`, `sint64`, `sfixed64`
    Int64,
    /// `uint32`, `fixed32`
    Uint32,
    /// `uint64`, `fixed64`
    Uint64,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `string`
    String,
    /// `bytes`
    Bytes,
    /// An enum.
    Enum(&'static EnumSchema),
    /// `google.protobuf.Timestamp` of prost-types.
    Timestamp,
    /// `google.protobuf.Duration` of prost-types.
    Duration,
    /// A wrapper such as `google.protobuf.Int32Value`: one value of the given kind that can be absent.
    Wrapper(&'static Kind),
    /// A message whose fields are described.
    Message(fn() -> &'static Schema),
    /// A message without field paths, replaced as one value; its full name.
    Opaque(&'static str),
}

/// An enum.
#[derive(Debug)]
pub struct EnumSchema {
    /// The path of the Rust type, as the table writes it.
    pub type_name: &'static str,
    /// The number of the value with this name, which is the declared one.
    pub number: fn(&str) -> Option<i32>,
    /// The declared name of the value with this number; `None` for types that have no names, too.
    pub name: fn(i32) -> Option<&'static str>,
    /// The Rust type. Two fields of one enum have two schemas.
    pub id: fn() -> std::any::TypeId,
}

impl PartialEq for EnumSchema {
    fn eq(&self, other: &Self) -> bool {
        (self.id)() == (other.id)()
    }
}

impl Eq for EnumSchema {}

impl Schema {
    /// Describes the message with this full name (without a leading dot).
    #[must_use]
    pub const fn new(name: &'static str, fields: &'static [FieldSchema]) -> Self {
        let is_in_order = is_in_order(fields);
        Self { name, resource_type: None, domain: None, fields, oneofs: &[], is_in_order, names: OnceLock::new() }
    }

    /// Adds the type of `google.api.resource`, for example `library.googleapis.com/Book`.
    #[must_use]
    pub const fn with_resource_type(mut self, resource_type: &'static str) -> Self {
        self.resource_type = Some(resource_type);
        self
    }

    /// Adds the domain of errors about the message, for example `library.googleapis.com`.
    #[must_use]
    pub const fn with_domain(mut self, domain: &'static str) -> Self {
        self.domain = Some(domain);
        self
    }

    /// Names the oneof of each field as the Rust struct does; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_oneofs(mut self, oneofs: &'static [Option<&'static str>]) -> Self {
        self.oneofs = oneofs;
        self
    }

    /// The members of the oneof with this name, which may be written as in the proto or as in JSON.
    #[cfg(feature = "mask")]
    pub(crate) fn members_of_oneof(&self, name: &str) -> impl Iterator<Item = &'static FieldSchema> {
        let is_letter = |byte: &u8| *byte != b'_';
        let is_same = move |oneof: &str| {
            let (left, right) = (oneof.bytes().filter(is_letter), name.bytes().filter(is_letter));
            left.map(|byte| byte.to_ascii_lowercase()).eq(right.map(|byte| byte.to_ascii_lowercase()))
        };
        let members = self.fields.iter().zip(self.oneofs);
        let named =
            members.filter(move |(_, oneof)| oneof.is_some_and(|oneof| is_same(oneof.trim_start_matches("r#"))));
        named.map(|(field, _)| field)
    }

    /// The message's full name, for example `library.v1.Book`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The type of `google.api.resource`, if the message is annotated.
    #[must_use]
    pub const fn resource_type(&self) -> Option<&'static str> {
        self.resource_type
    }

    /// The domain of errors about the message; `None` for the package of the message.
    #[must_use]
    pub const fn domain(&self) -> Option<&'static str> {
        self.domain
    }

    /// All fields, in source order.
    #[must_use]
    pub const fn fields(&self) -> &'static [FieldSchema] {
        self.fields
    }

    /// Whether the order of the source is that of the numbers.
    pub(crate) const fn is_in_order(&self) -> bool {
        self.is_in_order
    }

    /// The position and the description of the field with this proto name.
    #[inline]
    #[must_use]
    pub fn field(&self, name: &str) -> Option<(u16, &'static FieldSchema)> {
        self.names().find(name.as_bytes())
    }

    /// Returns the index of the field names.
    #[inline]
    pub(crate) fn names(&self) -> &NameIndex<FieldSchema> {
        self.names.get_or_init(|| NameIndex::new(self.positions(), self.fields.len()))
    }

    /// The position and the description of the field with this number.
    #[must_use]
    pub fn field_by_number(&self, number: u32) -> Option<(u16, &'static FieldSchema)> {
        self.position(|field| field.number == number)
    }

    /// The position and the description of the field with this JSON name.
    #[must_use]
    pub fn field_by_json_name(&self, name: &str) -> Option<(u16, &'static FieldSchema)> {
        self.position(|field| field.json_name == name)
    }

    fn position(&self, matches: impl Fn(&FieldSchema) -> bool) -> Option<(u16, &'static FieldSchema)> {
        self.positions().find(|(_, field)| matches(field))
    }

    /// Returns all fields with their positions. The generator rejects messages with more fields than positions.
    pub(crate) fn positions(&self) -> impl Iterator<Item = (u16, &'static FieldSchema)> + use<> {
        positions(self.fields)
    }
}

const fn is_in_order(mut fields: &[FieldSchema]) -> bool {
    while let [first, rest @ ..] = fields {
        if let [second, ..] = rest
            && first.number >= second.number
        {
            return false;
        }
        fields = rest;
    }
    true
}

/// Returns fields with their positions. The range has an end because an open range overflows after 65,536 fields.
fn positions(fields: &'static [FieldSchema]) -> impl Iterator<Item = (u16, &'static FieldSchema)> {
    (0..=u16::MAX).zip(fields)
}

impl Named for FieldSchema {
    #[inline]
    fn name(&self) -> &'static str {
        self.name
    }
}

impl FieldSchema {
    /// The description of the field's message, or of its elements' or values', if it has one.
    #[must_use]
    pub fn message(&self) -> Option<&'static Schema> {
        match self.kind {
            Kind::Message(schema) => Some(schema()),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Only the name of a message is written, because the schemas of recursive messages are infinite.
        match self {
            Self::Bool => formatter.write_str("bool"),
            Self::Int32 => formatter.write_str("int32"),
            Self::Int64 => formatter.write_str("int64"),
            Self::Uint32 => formatter.write_str("uint32"),
            Self::Uint64 => formatter.write_str("uint64"),
            Self::Float => formatter.write_str("float"),
            Self::Double => formatter.write_str("double"),
            Self::String => formatter.write_str("string"),
            Self::Bytes => formatter.write_str("bytes"),
            Self::Enum(_) => formatter.write_str("enum"),
            Self::Timestamp => formatter.write_str("google.protobuf.Timestamp"),
            Self::Duration => formatter.write_str("google.protobuf.Duration"),
            Self::Wrapper(kind) => write!(formatter, "wrapper of {kind:?}"),
            Self::Message(schema) => formatter.write_str(schema().name),
            Self::Opaque(name) => formatter.write_str(name),
        }
    }
}
