//! Literals: values in filters, parsed for the kind of the field that they are compared with.

mod enum_value;
mod number;
mod pattern;
mod time;

use prost_types::{Duration, Timestamp};

pub(super) use self::enum_value::nearest_enum_value;
use self::enum_value::{EnumMatch, find_enum_value};
pub(super) use self::number::parse_decimal;
use self::number::parse_integer;
pub(super) use self::pattern::{MalformedPattern, Pattern, unescape, write_escaped};
pub(super) use self::time::{write_duration, write_timestamp};
use crate::fields::{Kind, Value};
use crate::text::base64;
use crate::violation::quoted;

/// Value that a field is compared with, or an argument or the result of a function.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Literal {
    /// `bool`
    Bool(bool),
    /// Signed integers.
    Int(i64),
    /// Unsigned integers.
    Uint(u64),
    /// `float` and `double`
    Float(f64),
    /// `string`
    Text(Box<str>),
    /// `bytes`
    Bytes(Vec<u8>),
    /// Enum value: its declared name and its number.
    Enum(Box<str>, i32),
    /// `google.protobuf.Timestamp`
    Timestamp(Timestamp),
    /// `google.protobuf.Duration`
    Duration(Duration),
}

/// Source text of a literal.
#[derive(Debug, Clone, Copy)]
pub(super) struct LiteralSource<'t> {
    pub(super) text: &'t str,
    pub(super) is_quoted: bool,
}

impl Literal {
    /// Returns the value as [`Value`].
    #[must_use]
    pub fn view(&self) -> Value<'_> {
        match self {
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(value) => Value::Int(*value),
            Self::Uint(value) => Value::Uint(*value),
            Self::Float(value) => Value::Float(*value),
            Self::Text(value) => Value::Text(value),
            Self::Bytes(value) => Value::Bytes(value),
            Self::Enum(_, number) => Value::Int(i64::from(*number)),
            Self::Timestamp(value) => Value::Timestamp(*value),
            Self::Duration(value) => Value::Duration(*value),
        }
    }

    /// Returns `true` if the literal is a timestamp or a duration, and so are the values of this kind.
    pub(super) fn is_time_of(&self, kind: Kind) -> bool {
        matches!((self, kind), (Self::Timestamp(_), Kind::Timestamp) | (Self::Duration(_), Kind::Duration))
    }

    /// Parses a literal of this kind. `Err` is the description of the violation.
    pub(super) fn parse(kind: Kind, source: LiteralSource<'_>) -> Result<Self, String> {
        let LiteralSource { text, is_quoted } = source;
        let plain = || if is_quoted { None } else { Some(text) };
        let expected = |what: &str| {
            let quotes = if is_quoted { " in quotes" } else { "" };
            format!("{}{quotes} is not {what}", quoted(text))
        };
        match kind {
            Kind::Bool => match plain() {
                Some("true") => Ok(Self::Bool(true)),
                Some("false") => Ok(Self::Bool(false)),
                _ => Err(expected("`true` or `false`")),
            },
            Kind::Int32 => parse_integer(plain())
                .and_then(|value| i32::try_from(value).ok())
                .map(|value| Self::Int(value.into()))
                .ok_or_else(|| expected("an integer from -2147483648 to 2147483647")),
            Kind::Int64 => parse_integer(plain())
                .and_then(|value| i64::try_from(value).ok())
                .map(Self::Int)
                .ok_or_else(|| expected("an integer from -9223372036854775808 to 9223372036854775807")),
            Kind::Uint32 => parse_integer(plain())
                .and_then(|value| u32::try_from(value).ok())
                .map(|value| Self::Uint(value.into()))
                .ok_or_else(|| expected("an integer from 0 to 4294967295")),
            Kind::Uint64 => parse_integer(plain())
                .and_then(|value| u64::try_from(value).ok())
                .map(Self::Uint)
                .ok_or_else(|| expected("an integer from 0 to 18446744073709551615")),
            // Rounded to `float`, so that `0.1` is equal to the `float` 0.1.
            Kind::Float => parse_decimal(plain())
                .and_then(|text| text.parse::<f32>().ok())
                .filter(|value| value.is_finite())
                .map(|value| Self::Float(value.into()))
                .ok_or_else(|| expected("a number that a float can hold")),
            Kind::Double => parse_decimal(plain())
                .and_then(|text| text.parse::<f64>().ok())
                .filter(|value| value.is_finite())
                .map(Self::Float)
                .ok_or_else(|| expected("a number that a double can hold")),
            Kind::String => unescaped(source).map(|text| Self::Text(text.into())),
            Kind::Bytes => {
                base64::decode_to_vec(&unescaped(source)?).map(Self::Bytes).ok_or_else(|| expected("base64"))
            }
            Kind::Enum(schema) => match find_enum_value(schema, &unescaped(source)?) {
                EnumMatch::One(name, number) => Ok(Self::Enum(name, number)),
                EnumMatch::None => Err(expected("a value of the enum")),
                EnumMatch::Several(one, other) => Err(format!("{} is ambiguous: `{one}` or `{other}`", quoted(text))),
            },
            Kind::Timestamp => time::parse_timestamp(&unescaped(source)?)
                .map(Self::Timestamp)
                .ok_or_else(|| expected("an RFC 3339 timestamp such as `2024-01-01T00:00:00Z`")),
            Kind::Duration => time::parse_duration(&unescaped(source)?)
                .map(Self::Duration)
                .ok_or_else(|| expected("a duration such as `1.5s`")),
            Kind::Wrapper(kind) => Self::parse(*kind, source),
            Kind::Message(_) | Kind::Opaque(_) => Err(expected("a message; only `:*` can be used")),
        }
    }

    /// Converts the literal for a field of this kind. Returns `None` if a filter cannot contain the value.
    pub(super) fn convert(self, kind: Kind) -> Option<Self> {
        match (kind, self) {
            (Kind::Wrapper(kind), literal) => literal.convert(*kind),
            (Kind::Bool, literal @ Self::Bool(_))
            | (Kind::Int64, literal @ Self::Int(_))
            | (Kind::Uint64, literal @ Self::Uint(_))
            | (Kind::Bytes, literal @ Self::Bytes(_)) => Some(literal),
            // A filter cannot contain NUL.
            (Kind::String, Self::Text(text)) => (!text.contains('\0')).then_some(Self::Text(text)),
            (Kind::Timestamp, Self::Timestamp(time)) => {
                time::is_valid_timestamp(&time).then_some(Self::Timestamp(time))
            }
            (Kind::Duration, Self::Duration(span)) => time::is_valid_duration(&span).then_some(Self::Duration(span)),
            (Kind::Int32, Self::Int(value)) => i32::try_from(value).ok().map(|_| Self::Int(value)),
            (Kind::Uint32, Self::Uint(value)) => u32::try_from(value).ok().map(|_| Self::Uint(value)),
            (Kind::Uint32 | Kind::Uint64, Self::Int(value)) => Self::Uint(u64::try_from(value).ok()?).convert(kind),
            (Kind::Int32 | Kind::Int64, Self::Uint(value)) => Self::Int(i64::try_from(value).ok()?).convert(kind),
            (Kind::Float, Self::Float(value)) => {
                let value = f64::from(value as f32);
                value.is_finite().then_some(Self::Float(value))
            }
            (Kind::Double, Self::Float(value)) => value.is_finite().then_some(Self::Float(value)),
            (Kind::Enum(schema), Self::Enum(name, number)) => {
                ((schema.number)(&name) == Some(number)).then_some(Self::Enum(name, number))
            }
            (Kind::Enum(schema), Self::Text(name)) => match find_enum_value(schema, &name) {
                EnumMatch::One(name, number) => Some(Self::Enum(name, number)),
                EnumMatch::None | EnumMatch::Several(..) => None,
            },
            _ => None,
        }
    }
}

fn unescaped(source: LiteralSource<'_>) -> Result<std::borrow::Cow<'_, str>, String> {
    if source.is_quoted { unescape(source.text).map_err(|_| invalid_escape()) } else { Ok(source.text.into()) }
}

/// Returns the description of an invalid escape.
pub(in crate::filter) fn invalid_escape() -> String {
    "a backslash must come before `\\`, `\"`, `'`, `*`, `n`, `r` or `t`".to_owned()
}
