//! The table of one message, in the grammar of the runtime's macro `fields!`.

use std::fmt::Write as _;

use super::place::Place;
use crate::model::{
    Behavior, Behaviors, Field, FieldId, FieldType, Inside, Json, MessageId, Presence, Scalar, Shape, TypeId,
};
use crate::name::{constant, to_upper_camel};

/// Writes the table of a message.
pub(super) fn emit(place: &Place<'_>, id: MessageId, indent: usize, output: &mut String) {
    let message = place.model.message(id);
    let full_name = message.full_name.trim_start_matches('.');
    let carrier = if place.is_own(id) {
        format!("{} = {full_name:?}", place.message(id))
    } else {
        format!("{} = {full_name:?} for {}", place.fields(id), place.message(id))
    };
    let resource_type = message.resource_type.as_ref().map(|of| format!(", type {of:?}")).unwrap_or_default();
    let domain = match place.package.domains.get(id) {
        "" => String::new(),
        domain if domain == derived_domain(full_name) => String::new(),
        domain => format!(", domain {domain:?}"),
    };
    let is_masked = |index: &usize| place.package.masked.contains(&(id, FieldId(*index)));
    let masked: Vec<String> = (0..message.fields.len()).filter(is_masked).map(|index| index.to_string()).collect();
    let masked = if masked.is_empty() { String::new() } else { format!(", masked [{}]", masked.join(" ")) };
    let reaches = place.package.tables.get(&id).copied().unwrap_or(message.reaches);
    let _ = writeln!(output, "{:indent$}::transom::__private::fields! {{", "");
    let _ = writeln!(
        output,
        "{:indent$}    impl {carrier}, reaches {}{masked}{resource_type}{domain};",
        "",
        behaviors(reaches)
    );
    for (index, field) in message.fields.iter().enumerate() {
        let _ = writeln!(
            output,
            "{:indent$}    {index} {} = {}, {:?}, {:?}, {} {}: {};",
            "",
            constant(&field.name.proto),
            field.number,
            place.model.path_name(field),
            field.json_name,
            behaviors(field.behaviors),
            kind(place, id, field),
            shape(place, id, field),
        );
    }
    let _ = writeln!(output, "{:indent$}}}", "");
}

fn behaviors(behaviors: Behaviors) -> String {
    format!("[{}]", behaviors.iter().map(Behavior::name).collect::<Vec<_>>().join(" "))
}

/// The domain that the runtime derives from the full name of a message: what precedes the first name that starts with a
/// capital letter.
fn derived_domain(full_name: &str) -> &str {
    let names = full_name.split('.');
    let before = names.take_while(|name| !name.starts_with(|first: char| first.is_ascii_uppercase()));
    let length = before.map(|name| name.len() + 1).sum::<usize>();
    length.checked_sub(1).and_then(|end| full_name.get(..end)).unwrap_or(full_name)
}

/// What a value is.
fn kind(place: &Place<'_>, carrier: MessageId, field: &Field) -> String {
    let message = place.model.message(carrier);
    let id = match place.model.value_type(field) {
        FieldType::Scalar(Scalar::Bytes) if place.options.is_shared_bytes(&message.full_name, field.value_name()) => {
            return "bytes(shared)".to_owned();
        }
        FieldType::Scalar(scalar) => return keyword(scalar).to_owned(),
        FieldType::Enum(id) => {
            let full_name = place.model.full_name(TypeId::Enum(id));
            // Nobody knows whether a type from elsewhere has names for its values.
            let is_prosts =
                !place.options.extern_paths().covers(full_name) || place.options.has_extern_fields(full_name);
            return if is_prosts { format!("enumeration({})", place.r#enum(id)) } else { "int32".to_owned() };
        }
        FieldType::Message(id, _) => id,
    };
    let target = place.model.message(id);
    match target.inside {
        Inside::Fields if place.package.shallow.contains(&carrier) => opaque(place, id),
        Inside::Fields if !place.package.tables.contains_key(&id) => opaque(place, id),
        Inside::Fields => format!("message({})", place.fields(id)),
        Inside::Timestamp => "timestamp".to_owned(),
        Inside::Duration => "duration".to_owned(),
        Inside::Wrapper(scalar) => keyword(scalar).to_owned(),
        Inside::Json(Json::Struct) => "message(::transom::fields::Struct)".to_owned(),
        Inside::Json(Json::Value) => "message(::transom::fields::StructValue)".to_owned(),
        Inside::Json(Json::ListValue) => "message(::transom::fields::ListValue)".to_owned(),
        Inside::Opaque => opaque(place, id),
    }
}

/// A message that is one value.
fn opaque(place: &Place<'_>, id: MessageId) -> String {
    let full_name = place.model.message(id).full_name.trim_start_matches('.');
    format!("opaque({}, {full_name:?})", place.message(id))
}

/// How many values there are, and where they are stored.
fn shape(place: &Place<'_>, id: MessageId, field: &Field) -> String {
    let rust = &field.name.rust;
    let message = place.model.message(id);
    match field.shape {
        Shape::Singular(Presence::Implicit) => format!("implicit({rust})"),
        Shape::Singular(Presence::Required) => format!("required({rust})"),
        Shape::Singular(Presence::Explicit) => match field.r#type {
            FieldType::Message(id, _) if matches!(place.model.message(id).inside, Inside::Wrapper(_)) => {
                format!("wrapper({rust})")
            }
            _ => format!("optional({rust})"),
        },
        Shape::Repeated { .. } => format!("repeated({rust})"),
        Shape::Map(entry) => {
            let key = place.model.message(entry).fields.first().map(|key| key.r#type);
            let key = if let Some(FieldType::Scalar(key)) = key { keyword(key) } else { "string" };
            format!("map({rust}, {key})")
        }
        Shape::Oneof(position) => match message.oneofs.get(position) {
            Some(oneof) => {
                let variant = to_upper_camel(&field.name.proto);
                let r#enum = place.model.oneof_type(message, oneof);
                format!("oneof({position}, {}, {}::{enum}::{variant})", oneof.name.rust, place.inner(id))
            }
            None => format!("optional({rust})"),
        },
    }
}

/// A scalar, whatever its encoding.
fn keyword(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Double => "double",
        Scalar::Float => "float",
        Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => "int32",
        Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => "int64",
        Scalar::Uint32 | Scalar::Fixed32 => "uint32",
        Scalar::Uint64 | Scalar::Fixed64 => "uint64",
        Scalar::Bool => "bool",
        Scalar::String => "string",
        Scalar::Bytes => "bytes",
    }
}
