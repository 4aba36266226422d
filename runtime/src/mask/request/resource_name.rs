//! Name of a resource (AIP-122): its `IDENTIFIER` field, or else a field `name`.

use crate::fields::{Behavior, Fields, Kind, Shape, Value, value};

/// Returns the name of a resource, or an empty text if it has none.
pub(in crate::mask) fn resource_name<F: Fields>(resource: &F::Message) -> &str {
    let schema = F::schema();
    let identifier = schema.positions().find(|(_, field)| field.behavior.has(Behavior::IDENTIFIER));
    let is_text = |kind| matches!(kind, Kind::String | Kind::Wrapper(Kind::String));
    let named = identifier.or_else(|| schema.field("name")).filter(|(_, field)| is_text(field.kind));
    match named.filter(|(_, field)| !matches!(field.shape, Shape::Repeated | Shape::Map(_))) {
        Some((index, _)) => match value::<F>(resource, index) {
            Some(Value::Text(text)) => text,
            _ => "",
        },
        None => "",
    }
}
