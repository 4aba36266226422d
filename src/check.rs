//! Tenth pass: what only the whole model can tell.
//!
//! Map entries that are maps, defaults that are values of their enum, messages of which a value can exist, what prost and
//! prost-types lack, and the names (see [`super::clash`]).

mod clash;
mod complete;
mod opaque;
mod required;
mod selections;
mod well_known;

use crate::capability::Plans;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::layout::Layout;
use crate::model::{Encoding, Field, FieldType, Message, MessageId, MessageKind, Model, Presence, Scalar, Shape};
use crate::options::Options;
use crate::request::Request;

/// Checks the model, the layout and the plans.
pub(crate) fn check(
    request: &Request,
    model: &Model,
    layout: &Layout,
    plans: &Plans,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    for (index, message) in model.messages.iter().enumerate() {
        if message.kind == MessageKind::MapEntry && !is_map_entry(message) {
            diagnostics.error(
                Diagnostic::at(
                    &message.origin,
                    format!("`{}` is marked as a map entry but is none", message.full_name),
                )
                .help("declare the field as `map<KEY, VALUE>`; the option `map_entry` is set by the compiler"),
            );
        }
        for field in &message.fields {
            if let Some(problem) = field_problem(model, MessageId(index), message, field) {
                let text = format!("field `{}` {problem}", field.name.proto);
                diagnostics.error(Diagnostic::at(&message.field_origin(field), text));
            }
        }
    }
    required::check(model, diagnostics);
    opaque::check(model, layout, plans, options, diagnostics);
    well_known::check(model, layout, plans, options, diagnostics);
    clash::check(model, layout, plans, options, diagnostics);
    selections::check(options, model, layout, diagnostics);
    complete::check(&request.files, options, model, layout, diagnostics);
}

/// Whether key and value are as the language guide ("Maps") has them.
fn is_map_entry(message: &Message) -> bool {
    let [key, value] = &*message.fields else { return false };
    let is_singular =
        |field: &Field| matches!(field.shape, Shape::Singular(presence) if presence != Presence::Required);
    let has_key_type = matches!(key.r#type, FieldType::Scalar(scalar)
        if !matches!(scalar, Scalar::Float | Scalar::Double | Scalar::Bytes));
    (key.name.proto.as_str(), key.number, value.name.proto.as_str(), value.number) == ("key", 1, "value", 2)
        && is_singular(key)
        && is_singular(value)
        && has_key_type
        && !matches!(value.r#type, FieldType::Message(_, Encoding::Delimited | Encoding::Group))
        && message.parent.is_some()
}

fn field_problem(model: &Model, id: MessageId, message: &Message, field: &Field) -> Option<String> {
    match (field.r#type, field.shape) {
        (_, Shape::Map(entry)) if model.message(entry).parent != Some(id) => {
            Some(format!("is a map, but its entry `{}` belongs to another message", model.message(entry).full_name))
        }
        (FieldType::Message(target, _), shape)
            if !matches!(shape, Shape::Map(_)) && model.message(target).kind == MessageKind::MapEntry =>
        {
            Some(format!("has the map entry `{}` as its type", model.message(target).full_name))
        }
        (FieldType::Enum(target), _) => {
            let default = field.default.as_deref()?;
            let target = model.r#enum(target);
            let is_value = target.values.iter().any(|value| value.proto_name == default);
            (!is_value && message.kind == MessageKind::Plain)
                .then(|| format!("has the default `{default}`, which `{}` does not have", target.full_name))
        }
        _ => None,
    }
}
