//! Whether two fields hold the same type of value, so that one can be assigned to the other.

use crate::model::{EnumId, Field, FieldType, Inside, Message, MessageId, Model, Scalar, Shape};
use crate::options::Options;

/// The type of a field's value in Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Scalar(Scalar),
    /// `bytes::Bytes`
    SharedBytes,
    Enum(EnumId),
    Message(MessageId),
}

/// The scalar that a field of this type holds, as such or in a wrapper.
pub(super) fn scalar(model: &Model, r#type: FieldType) -> Option<Scalar> {
    match r#type {
        FieldType::Scalar(scalar) => Some(plain(scalar)),
        FieldType::Enum(_) => None,
        FieldType::Message(id, _) => match model.message(id).inside {
            Inside::Wrapper(scalar) => Some(plain(scalar)),
            _ => None,
        },
    }
}

/// Of several encodings of one Rust type, the plain one.
fn plain(scalar: Scalar) -> Scalar {
    match scalar {
        Scalar::Sint32 | Scalar::Sfixed32 => Scalar::Int32,
        Scalar::Sint64 | Scalar::Sfixed64 => Scalar::Int64,
        Scalar::Fixed32 => Scalar::Uint32,
        Scalar::Fixed64 => Scalar::Uint64,
        other => other,
    }
}

/// Whether a field of a request can stand for one of the resource: values alike, and stored alike.
pub(super) fn same(
    model: &Model,
    options: &Options,
    request: (&Message, &Field),
    resource: (&Message, &Field),
) -> bool {
    let value = |(message, field)| value(model, options, message, field);
    match (request.1.shape, resource.1.shape) {
        (Shape::Singular(_), Shape::Singular(_)) | (Shape::Repeated { .. }, Shape::Repeated { .. }) => {
            value(request) == value(resource)
        }
        (Shape::Map(left), Shape::Map(right)) => {
            let key = |entry| model.message(entry).fields.first().and_then(|key| scalar(model, key.r#type));
            let is_btree =
                |(message, field): (&Message, &Field)| options.is_btree_map(&message.full_name, &field.name.proto);
            key(left) == key(right) && is_btree(request) == is_btree(resource) && value(request) == value(resource)
        }
        _ => false,
    }
}

fn value(model: &Model, options: &Options, message: &Message, field: &Field) -> Value {
    let r#type = model.value_type(field);
    match r#type {
        FieldType::Scalar(Scalar::Bytes) if options.is_shared_bytes(&message.full_name, field.value_name()) => {
            Value::SharedBytes
        }
        FieldType::Scalar(scalar) => Value::Scalar(plain(scalar)),
        FieldType::Enum(id) => Value::Enum(id),
        FieldType::Message(id, _) => scalar(model, r#type).map_or(Value::Message(id), Value::Scalar),
    }
}
