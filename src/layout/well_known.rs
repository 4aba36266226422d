//! Well-known types as prost-types 0.14 has them.

use super::{MessageRepr, ScalarType, WellKnown};

/// Path of prost-types in generated code.
const PROST_TYPES: &str = "::prost_types::";

/// Well-known messages with a representation of their own, by name and Rust type.
const REPRESENTED: [(&str, &str, MessageRepr); 15] = [
    ("Timestamp", "::prost_types::Timestamp", MessageRepr::WellKnown(WellKnown::Timestamp)),
    ("Duration", "::prost_types::Duration", MessageRepr::WellKnown(WellKnown::Duration)),
    ("Struct", "::prost_types::Struct", MessageRepr::WellKnown(WellKnown::Struct)),
    ("Value", "::prost_types::Value", MessageRepr::WellKnown(WellKnown::Value)),
    ("ListValue", "::prost_types::ListValue", MessageRepr::WellKnown(WellKnown::ListValue)),
    ("Empty", "()", MessageRepr::WellKnown(WellKnown::Empty)),
    ("BoolValue", "bool", MessageRepr::Wrapper(ScalarType::Bool)),
    ("BytesValue", "::prost::alloc::vec::Vec<u8>", MessageRepr::Wrapper(ScalarType::Bytes)),
    ("DoubleValue", "f64", MessageRepr::Wrapper(ScalarType::Double)),
    ("FloatValue", "f32", MessageRepr::Wrapper(ScalarType::Float)),
    ("Int32Value", "i32", MessageRepr::Wrapper(ScalarType::Int32)),
    ("Int64Value", "i64", MessageRepr::Wrapper(ScalarType::Int64)),
    ("StringValue", "::prost::alloc::string::String", MessageRepr::Wrapper(ScalarType::String)),
    ("UInt32Value", "u32", MessageRepr::Wrapper(ScalarType::Uint32)),
    ("UInt64Value", "u64", MessageRepr::Wrapper(ScalarType::Uint64)),
];

/// Types of prost-types, sorted. It has the types of an older `descriptor.proto`, and no features of languages
/// (`package pb`).
const PRESENT: [&str; 58] = [
    "Any",
    "Api",
    "DescriptorProto",
    "Duration",
    "Enum",
    "EnumDescriptorProto",
    "EnumOptions",
    "EnumValue",
    "EnumValueDescriptorProto",
    "EnumValueOptions",
    "ExtensionRangeOptions",
    "Field",
    "FieldDescriptorProto",
    "FieldMask",
    "FieldOptions",
    "FileDescriptorProto",
    "FileDescriptorSet",
    "FileOptions",
    "GeneratedCodeInfo",
    "ListValue",
    "MessageOptions",
    "Method",
    "MethodDescriptorProto",
    "MethodOptions",
    "Mixin",
    "NullValue",
    "OneofDescriptorProto",
    "OneofOptions",
    "Option",
    "ServiceDescriptorProto",
    "ServiceOptions",
    "SourceCodeInfo",
    "SourceContext",
    "Struct",
    "Syntax",
    "Timestamp",
    "Type",
    "UninterpretedOption",
    "Value",
    "compiler::CodeGeneratorRequest",
    "compiler::CodeGeneratorResponse",
    "compiler::Version",
    "compiler::code_generator_response::Feature",
    "compiler::code_generator_response::File",
    "descriptor_proto::ExtensionRange",
    "descriptor_proto::ReservedRange",
    "enum_descriptor_proto::EnumReservedRange",
    "field::Cardinality",
    "field::Kind",
    "field_descriptor_proto::Label",
    "field_descriptor_proto::Type",
    "field_options::CType",
    "field_options::JsType",
    "file_options::OptimizeMode",
    "generated_code_info::Annotation",
    "method_options::IdempotencyLevel",
    "source_code_info::Location",
    "uninterpreted_option::NamePart",
];

/// Messages whose structs in prost-types lack fields of the proto, sorted. A table of such a message would name fields
/// that do not exist.
const OUTDATED: [&str; 19] = [
    "Api",
    "DescriptorProto",
    "Enum",
    "EnumDescriptorProto",
    "EnumOptions",
    "EnumValueOptions",
    "ExtensionRangeOptions",
    "FieldOptions",
    "FileDescriptorProto",
    "FileOptions",
    "GeneratedCodeInfo.Annotation",
    "MessageOptions",
    "Method",
    "MethodOptions",
    "OneofOptions",
    "ServiceOptions",
    "Type",
    "compiler.CodeGeneratorRequest",
    "compiler.CodeGeneratorResponse",
];

/// Representation of a well-known message, by its name in `google.protobuf` and its Rust type. `None` for a message
/// without a representation of its own, or with another Rust type.
pub(super) fn repr(name: &str, rust: &str) -> Option<MessageRepr> {
    let known = REPRESENTED.iter().find(|(known, path, _)| *known == name && *path == rust);
    known.map(|(_, _, repr)| *repr)
}

/// Returns `true` if the struct of prost-types lacks fields of the well-known message.
pub(super) fn is_outdated(name: &str) -> bool {
    OUTDATED.binary_search(&name).is_ok()
}

/// Returns `true` for a path into prost-types that leads to no type.
pub(super) fn is_absent(rust: &str) -> bool {
    rust.strip_prefix(PROST_TYPES).is_some_and(|name| PRESENT.binary_search(&name).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_depends_on_name_and_type() {
        assert_eq!(repr("Int32Value", "i32"), Some(MessageRepr::Wrapper(ScalarType::Int32)));
        assert_eq!(repr("Timestamp", "::prost_types::Timestamp"), Some(MessageRepr::WellKnown(WellKnown::Timestamp)));
        assert_eq!(repr("Timestamp", "::chrono::NaiveDateTime"), None);
        assert_eq!(repr("Any", "::prost_types::Any"), None);
    }

    #[test]
    fn tables_are_sorted_for_binary_search() {
        assert!(PRESENT.is_sorted() && OUTDATED.is_sorted());
        assert!(is_outdated("FieldOptions") && !is_outdated("FieldMask"));
        assert!(is_absent("::prost_types::FeatureSet") && !is_absent("::prost_types::Any") && !is_absent("::a::B"));
    }
}
