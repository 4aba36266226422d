//! The table of one message, in the grammar of the runtime's macro `fields!`.

use std::fmt::Write as _;

use super::place::Place;
use crate::layout::{FieldLayout, MessageRepr, ScalarType, Storage, ValueType, WellKnown, oneof_enum};
use crate::model::{Behavior, Behaviors, Field, FieldId, MessageId};
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
    let domain = match place.context.plans.domains.package(place.context.id).get(id) {
        "" => String::new(),
        domain if domain == derived_domain(full_name) => String::new(),
        domain => format!(", domain {domain:?}"),
    };
    let is_masked = |index: &usize| place.tables.masked.contains(&(id, FieldId(*index)));
    let masked: Vec<String> = (0..message.fields.len()).filter(is_masked).map(|index| index.to_string()).collect();
    let masked = if masked.is_empty() { String::new() } else { format!(", masked [{}]", masked.join(" ")) };
    let reaches = place.tables.transitive_behaviors(id);
    let _ = writeln!(output, "{:indent$}::transom::__private::fields! {{", "");
    let _ = writeln!(
        output,
        "{:indent$}    impl {carrier}, reaches {}{masked}{resource_type}{domain};",
        "",
        behaviors(reaches)
    );
    for (field_id, field) in message.fields() {
        let index = field_id.0;
        let layout = place.context.layout.field(id, field_id);
        let _ = writeln!(
            output,
            "{:indent$}    {index} {} = {}, {:?}, {:?}, {} {}: {};",
            "",
            constant(&field.name.proto),
            field.number,
            place.model.path_name(field),
            field.json_name,
            behaviors(field.behaviors),
            kind(place, id, layout.value),
            storage(place, id, field, layout),
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

/// Type of a value.
fn kind(place: &Place<'_>, carrier: MessageId, value: ValueType) -> String {
    let id = match value {
        ValueType::Scalar(scalar) | ValueType::Wrapper(scalar) => return keyword(scalar).to_owned(),
        // The values of an external enum may have no names.
        ValueType::Enum(id) if place.context.layout.is_prost_enum(id) => {
            return format!("enumeration({})", place.r#enum(id));
        }
        ValueType::Enum(_) => return "int32".to_owned(),
        ValueType::Message(id) => id,
    };
    let well_known = match place.context.layout.repr(id) {
        MessageRepr::Struct => {
            let is_described = place.tables.leads_into(carrier, id);
            return if is_described { format!("message({})", place.fields(id)) } else { opaque(place, id) };
        }
        MessageRepr::WellKnown(well_known) => well_known,
        MessageRepr::CompiledWellKnown | MessageRepr::Wrapper(_) | MessageRepr::MapEntry | MessageRepr::Opaque => {
            return opaque(place, id);
        }
    };
    match well_known {
        WellKnown::Timestamp => "timestamp".to_owned(),
        WellKnown::Duration => "duration".to_owned(),
        WellKnown::Struct => "message(::transom::fields::Struct)".to_owned(),
        WellKnown::Value => "message(::transom::fields::StructValue)".to_owned(),
        WellKnown::ListValue => "message(::transom::fields::ListValue)".to_owned(),
        WellKnown::Empty => opaque(place, id),
    }
}

/// A message that is one value.
fn opaque(place: &Place<'_>, id: MessageId) -> String {
    let full_name = place.model.message(id).full_name.trim_start_matches('.');
    format!("opaque({}, {full_name:?})", place.message(id))
}

/// Storage of a field.
fn storage(place: &Place<'_>, id: MessageId, field: &Field, layout: FieldLayout) -> String {
    let rust = &field.name.rust;
    match layout.storage {
        Storage::Plain => format!("implicit({rust})"),
        Storage::Required { .. } => format!("required({rust})"),
        Storage::Option { .. } if matches!(layout.value, ValueType::Wrapper(_)) => format!("wrapper({rust})"),
        Storage::Option { .. } => format!("optional({rust})"),
        Storage::Vec => format!("repeated({rust})"),
        Storage::Map { key, .. } => format!("map({rust}, {})", keyword(key)),
        Storage::Oneof { oneof: position, .. } => {
            let message = place.model.message(id);
            match message.oneofs.get(position as usize) {
                Some(oneof) => {
                    let variant = to_upper_camel(&field.name.proto);
                    let r#enum = oneof_enum(place.model, message, oneof);
                    format!("oneof({position}, {}, {}::{enum}::{variant})", oneof.name.rust, place.inner(id))
                }
                None => format!("optional({rust})"),
            }
        }
    }
}

/// Keyword of a scalar.
fn keyword(scalar: ScalarType) -> &'static str {
    match scalar {
        ScalarType::Double => "double",
        ScalarType::Float => "float",
        ScalarType::Int32 => "int32",
        ScalarType::Int64 => "int64",
        ScalarType::Uint32 => "uint32",
        ScalarType::Uint64 => "uint64",
        ScalarType::Bool => "bool",
        ScalarType::String => "string",
        ScalarType::Bytes => "bytes",
        ScalarType::SharedBytes => "bytes(shared)",
    }
}
