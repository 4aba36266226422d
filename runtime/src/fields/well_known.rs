//! The well-known types of prost-types that masks can go into: `google.protobuf.Struct` and what it is made of.
//!
//! The others are one value each: a timestamp without its nanoseconds is another time, not a part of it.

/// Stands for the fields of `google.protobuf.Struct`.
#[derive(Debug)]
pub enum Struct {}

/// Stands for the fields of `google.protobuf.Value`.
#[derive(Debug)]
pub enum StructValue {}

/// Stands for the fields of `google.protobuf.ListValue`.
#[derive(Debug)]
pub enum ListValue {}

crate::__fields! {
    impl Struct = "google.protobuf.Struct" for prost_types::Struct, reaches [];
    0 FIELDS = 1, "fields", "fields", [] message(StructValue): map(fields, string);
}

crate::__fields! {
    impl StructValue = "google.protobuf.Value" for prost_types::Value, reaches [];
    0 NULL_VALUE = 1, "null_value", "nullValue", [] int32: oneof(0, kind, prost_types::value::Kind::NullValue);
    1 NUMBER_VALUE = 2, "number_value", "numberValue", [] double: oneof(0, kind, prost_types::value::Kind::NumberValue);
    2 STRING_VALUE = 3, "string_value", "stringValue", [] string: oneof(0, kind, prost_types::value::Kind::StringValue);
    3 BOOL_VALUE = 4, "bool_value", "boolValue", [] bool: oneof(0, kind, prost_types::value::Kind::BoolValue);
    4 STRUCT_VALUE = 5, "struct_value", "structValue", [] message(Struct): oneof(0, kind, prost_types::value::Kind::StructValue);
    5 LIST_VALUE = 6, "list_value", "listValue", [] message(ListValue): oneof(0, kind, prost_types::value::Kind::ListValue);
}

crate::__fields! {
    impl ListValue = "google.protobuf.ListValue" for prost_types::ListValue, reaches [];
    0 VALUES = 1, "values", "values", [] message(StructValue): repeated(values);
}
