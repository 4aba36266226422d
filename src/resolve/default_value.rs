//! Default values (proto2 and editions): whether the text of a descriptor is a value of the field's type.
//!
//! protoc has checked it already; prost-build and prost-derive stop on what they cannot read, so a request from
//! elsewhere is checked again. The text's form is that of `FieldDescriptorProto.default_value`.

mod float;

use crate::model::{FieldType, Presence, Scalar, Shape};

/// The one spelling of a default that is valid for its type.
pub(super) fn canonical(default: String, r#type: FieldType) -> String {
    match r#type {
        FieldType::Scalar(Scalar::Float) => float::single(&default),
        FieldType::Scalar(Scalar::Double) => float::double(&default),
        FieldType::Scalar(_) | FieldType::Enum(_) | FieldType::Message(..) => default,
    }
}

/// Says what is wrong with a default, as the end of a sentence that names it.
pub(super) fn check(default: &str, r#type: FieldType, shape: Shape) -> Result<(), &'static str> {
    if !matches!(shape, Shape::Singular(Presence::Explicit | Presence::Required) | Shape::Oneof(_)) {
        return Err("has no effect: only a singular field with presence can have one");
    }
    let FieldType::Scalar(scalar) = r#type else {
        return match r#type {
            FieldType::Enum(_) if crate::name::is_proto_identifier(default) => Ok(()),
            FieldType::Enum(_) => Err("is not the name of an enum value"),
            FieldType::Message(..) | FieldType::Scalar(_) => Err("is not possible for a message"),
        };
    };
    let is_valid = match scalar {
        Scalar::Bool => matches!(default, "true" | "false"),
        Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => default.parse::<i32>().is_ok(),
        Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => default.parse::<i64>().is_ok(),
        Scalar::Uint32 | Scalar::Fixed32 => default.parse::<u32>().is_ok(),
        Scalar::Uint64 | Scalar::Fixed64 => default.parse::<u64>().is_ok(),
        Scalar::Float | Scalar::Double => default.parse::<f64>().is_ok(),
        Scalar::String => true,
        Scalar::Bytes => is_c_escaped(default),
    };
    if is_valid { Ok(()) } else { Err("is not a value of its type") }
}

/// Whether every escape of a `bytes` default is one that C knows and fits a byte.
fn is_c_escaped(text: &str) -> bool {
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            continue;
        }
        match bytes.next() {
            Some(b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'\\' | b'?' | b'\'' | b'"') => {}
            Some(first @ b'0'..=b'7') => {
                let mut value = u32::from(first - b'0');
                for _ in 0..2 {
                    if let Some(digit) = bytes.next_if(|digit| (b'0'..=b'7').contains(digit)) {
                        value = value * 8 + u32::from(digit - b'0');
                    }
                }
                if value > 0xff {
                    return false;
                }
            }
            Some(b'x' | b'X') => {
                if bytes.next_if(u8::is_ascii_hexdigit).is_none() || bytes.next_if(u8::is_ascii_hexdigit).is_none() {
                    return false;
                }
            }
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const SINGULAR: Shape = Shape::Singular(Presence::Explicit);

    #[test]
    fn values_of_the_type_are_accepted() {
        for (scalar, default) in [
            (Scalar::Double, "-inf"),
            (Scalar::Float, "nan"),
            (Scalar::Double, "1.5e+20"),
            (Scalar::Int32, "-2147483648"),
            (Scalar::Uint64, "18446744073709551615"),
            (Scalar::Bytes, "\\000\\377\\x7f\\n\\\"é"),
        ] {
            assert_eq!(check(default, FieldType::Scalar(scalar), SINGULAR), Ok(()), "{default}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for (scalar, default) in [
            (Scalar::Int32, "2147483648"),
            (Scalar::Bool, "1"),
            (Scalar::Float, "one"),
            (Scalar::Bytes, "\\777"),
            (Scalar::Bytes, "\\x1"),
            (Scalar::Bytes, "\\"),
            (Scalar::Bytes, "\\q"),
        ] {
            assert!(check(default, FieldType::Scalar(scalar), SINGULAR).is_err(), "{default}");
        }
        assert!(check("1", FieldType::Scalar(Scalar::Int32), Shape::Repeated { packed: false }).is_err());
    }
}
