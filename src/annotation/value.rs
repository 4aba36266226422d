//! Values of options.

use super::OptionMessage;
use crate::descriptor::wire::{Reader, Value};
use crate::diagnostic::Origin;
use crate::model::{MessageId, Scalar};

/// Type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueKind {
    Scalar(Scalar),
    Enum,
    /// `None` for a message that the request does not declare.
    Message(Option<MessageId>),
}

/// Value of an option, and the place of the value in the source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OptionValue<'a> {
    pub(crate) value: TypedValue<'a>,
    pub(crate) origin: Origin,
}

/// Value of an option by its type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TypedValue<'a> {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f32),
    Double(f64),
    String(&'a str),
    Bytes(&'a [u8]),
    Enum(i32),
    Message(OptionMessage<'a>),
}

impl<'a> TypedValue<'a> {
    /// The text of a string.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

/// Decodes one field of the wire format and adds its values: none if the field does not have the type, several if it is
/// packed.
pub(super) fn decode<'a>(encoded: Value<'a>, kind: ValueKind, origin: &Origin, values: &mut Vec<OptionValue<'a>>) {
    let mut add = |value| values.push(OptionValue { value, origin: origin.clone() });
    match (kind, encoded) {
        (ValueKind::Message(id), Value::Delimited(bytes) | Value::Group(bytes)) => {
            add(TypedValue::Message(OptionMessage::new(id, bytes, origin.clone())));
        }
        (ValueKind::Scalar(Scalar::String), Value::Delimited(bytes)) => {
            if let Ok(text) = std::str::from_utf8(bytes) {
                add(TypedValue::String(text));
            }
        }
        (ValueKind::Scalar(Scalar::Bytes), Value::Delimited(bytes)) => add(TypedValue::Bytes(bytes)),
        (ValueKind::Scalar(_) | ValueKind::Enum, Value::Delimited(packed)) => {
            elements(packed, kind).filter_map(|element| number(element, kind)).for_each(add);
        }
        (ValueKind::Scalar(_) | ValueKind::Enum, single) => number(single, kind).into_iter().for_each(add),
        (ValueKind::Message(_), Value::Varint(_) | Value::Fixed32(_) | Value::Fixed64(_)) => {}
    }
}

/// Elements of a packed field, up to the first that is malformed.
fn elements(packed: &[u8], kind: ValueKind) -> Box<dyn Iterator<Item = Value<'_>> + '_> {
    match kind {
        ValueKind::Scalar(Scalar::Fixed32 | Scalar::Sfixed32 | Scalar::Float) => {
            Box::new(packed.as_chunks::<4>().0.iter().map(|bytes| Value::Fixed32(u32::from_le_bytes(*bytes))))
        }
        ValueKind::Scalar(Scalar::Fixed64 | Scalar::Sfixed64 | Scalar::Double) => {
            Box::new(packed.as_chunks::<8>().0.iter().map(|bytes| Value::Fixed64(u64::from_le_bytes(*bytes))))
        }
        _ => Box::new(Reader::varints(packed).map(Value::Varint)),
    }
}

/// Number, boolean or enum value; `None` if the wire type is not that of the type.
fn number<'a>(encoded: Value<'_>, kind: ValueKind) -> Option<TypedValue<'a>> {
    Some(match (kind, encoded) {
        // A negative `int32` or enum value is a varint of 64 bits; other integers of 32 bits are truncated to these.
        (ValueKind::Enum, Value::Varint(bits)) => TypedValue::Enum(bits as i32),
        (ValueKind::Scalar(scalar), Value::Varint(bits)) => match scalar {
            Scalar::Bool => TypedValue::Bool(bits != 0),
            Scalar::Int32 => TypedValue::Int(i64::from(bits as i32)),
            Scalar::Int64 => TypedValue::Int(bits as i64),
            Scalar::Uint32 => TypedValue::Uint(u64::from(bits as u32)),
            Scalar::Uint64 => TypedValue::Uint(bits),
            Scalar::Sint32 => TypedValue::Int(zigzag(u64::from(bits as u32))),
            Scalar::Sint64 => TypedValue::Int(zigzag(bits)),
            _ => return None,
        },
        (ValueKind::Scalar(scalar), Value::Fixed32(bits)) => match scalar {
            Scalar::Float => TypedValue::Float(f32::from_bits(bits)),
            Scalar::Fixed32 => TypedValue::Uint(u64::from(bits)),
            Scalar::Sfixed32 => TypedValue::Int(i64::from(bits as i32)),
            _ => return None,
        },
        (ValueKind::Scalar(scalar), Value::Fixed64(bits)) => match scalar {
            Scalar::Double => TypedValue::Double(f64::from_bits(bits)),
            Scalar::Fixed64 => TypedValue::Uint(bits),
            Scalar::Sfixed64 => TypedValue::Int(bits as i64),
            _ => return None,
        },
        _ => return None,
    })
}

/// Decodes a zigzag-encoded integer.
fn zigzag(bits: u64) -> i64 {
    ((bits >> 1) as i64) ^ -((bits & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(encoded: Value<'_>, scalar: Scalar) -> Vec<TypedValue<'_>> {
        let mut values = Vec::new();
        decode(encoded, ValueKind::Scalar(scalar), &Origin { file: 0, path: Vec::new() }, &mut values);
        values.into_iter().map(|value| value.value).collect()
    }

    #[test]
    fn scalars_decode_by_declared_type() {
        assert_eq!(decoded(Value::Varint(3), Scalar::Sint32), [TypedValue::Int(-2)]);
        assert_eq!(decoded(Value::Varint(u64::MAX), Scalar::Int32), [TypedValue::Int(-1)]);
        assert_eq!(decoded(Value::Varint(u64::MAX), Scalar::Uint64), [TypedValue::Uint(u64::MAX)]);
        assert_eq!(decoded(Value::Fixed64(1.5f64.to_bits()), Scalar::Double), [TypedValue::Double(1.5)]);
        assert_eq!(decoded(Value::Fixed32(u32::MAX), Scalar::Sfixed32), [TypedValue::Int(-1)]);
        assert_eq!(decoded(Value::Delimited(b"a"), Scalar::String), [TypedValue::String("a")]);
    }

    #[test]
    fn packed_elements_decode_up_to_malformed_element() {
        assert_eq!(
            decoded(Value::Delimited(&[1, 2, 0xff]), Scalar::Uint32),
            [TypedValue::Uint(1), TypedValue::Uint(2)]
        );
        assert_eq!(decoded(Value::Delimited(&[7, 0, 0, 0, 1]), Scalar::Fixed32), [TypedValue::Uint(7)]);
    }

    #[test]
    fn other_wire_type_decodes_to_nothing() {
        assert_eq!(decoded(Value::Fixed32(1), Scalar::Int32), []);
        assert_eq!(decoded(Value::Varint(1), Scalar::String), []);
        assert_eq!(decoded(Value::Delimited(&[0xff]), Scalar::String), []);
    }
}
