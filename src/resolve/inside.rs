//! Sixth pass: how far one can go into each message.
//!
//! It depends on where the Rust type lives: prost-types has fixed types for well-known messages, and what a user's
//! `extern_path` names may be anything.

use crate::model::{Inside, Json, MessageKind, Model, Scalar};
use crate::options::Options;

/// The message of masks.
pub(super) const FIELD_MASK: &str = ".google.protobuf.FieldMask";

/// The scope of the well-known types.
const WELL_KNOWN: &str = ".google.protobuf.";

/// The messages whose structs in prost-types 0.14 lack fields of their protos, without the scope and sorted. A table of
/// such a message would name fields that are not there.
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

/// The runtime counts fields in 16 bits.
const MAX_FIELDS: usize = 1 << 16;

/// Decides for every message.
pub(super) fn resolve(options: &Options, model: &mut Model) {
    for message in &mut model.messages {
        message.inside = match message.kind {
            MessageKind::MapEntry => Inside::Opaque,
            MessageKind::Plain if message.fields.len() > MAX_FIELDS => Inside::Opaque,
            MessageKind::Plain => inside(options, &message.full_name),
        };
    }
}

fn inside(options: &Options, full_name: &str) -> Inside {
    let is_well_known = full_name.starts_with(WELL_KNOWN);
    match options.extern_paths().resolve(full_name).as_deref() {
        // Whoever generates the well-known types has them as they are; they stay what they are for everybody else.
        None if is_well_known => Inside::Opaque,
        None => Inside::Fields,
        Some(rust) if is_well_known => match well_known(rust) {
            // Not a struct.
            Inside::Opaque if rust == "()" => Inside::Opaque,
            Inside::Opaque if is_outdated(options, full_name) => Inside::Opaque,
            Inside::Opaque if options.has_extern_fields(full_name) => Inside::Fields,
            inside => inside,
        },
        Some(_) if options.has_extern_fields(full_name) => Inside::Fields,
        Some(_) => Inside::Opaque,
    }
}

/// Whether a well-known message is the struct of prost-types, and that lacks fields.
fn is_outdated(options: &Options, full_name: &str) -> bool {
    options.extern_paths().is_of_prost(full_name)
        && full_name.strip_prefix(WELL_KNOWN).is_some_and(|name| OUTDATED.binary_search(&name).is_ok())
}

/// What is known of the Rust type of a well-known message.
fn well_known(rust: &str) -> Inside {
    match rust {
        "::prost_types::Timestamp" => Inside::Timestamp,
        "::prost_types::Duration" => Inside::Duration,
        "::prost_types::Struct" => Inside::Json(Json::Struct),
        "::prost_types::Value" => Inside::Json(Json::Value),
        "::prost_types::ListValue" => Inside::Json(Json::ListValue),
        "bool" => Inside::Wrapper(Scalar::Bool),
        "::prost::alloc::vec::Vec<u8>" => Inside::Wrapper(Scalar::Bytes),
        "f64" => Inside::Wrapper(Scalar::Double),
        "f32" => Inside::Wrapper(Scalar::Float),
        "i32" => Inside::Wrapper(Scalar::Int32),
        "i64" => Inside::Wrapper(Scalar::Int64),
        "::prost::alloc::string::String" => Inside::Wrapper(Scalar::String),
        "u32" => Inside::Wrapper(Scalar::Uint32),
        "u64" => Inside::Wrapper(Scalar::Uint64),
        _ => Inside::Opaque,
    }
}
