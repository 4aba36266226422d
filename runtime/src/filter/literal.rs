//! Values in filters: read once, for the type of the field that they are compared with.

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use prost_types::{Duration, Timestamp};

use super::enums::{self, Found};
use super::{pattern, time};
use crate::fields::{Kind, Value};
use crate::violation::quoted;

/// A value that a field is compared with, or that a function takes or gives.
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
    /// A value of an enum: its declared name and its number.
    Enum(Box<str>, i32),
    /// `google.protobuf.Timestamp`
    Timestamp(Timestamp),
    /// `google.protobuf.Duration`
    Duration(Duration),
}

/// Text of a filter that is to be a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    pub(super) is_quoted: bool,
}

impl Literal {
    /// The value, as those of messages are.
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

    /// Reads a value of this kind; `Err` says what one looks like.
    pub(super) fn read(kind: Kind, source: Source<'_>) -> Result<Self, String> {
        let Source { text, is_quoted } = source;
        let plain = || if is_quoted { None } else { Some(text) };
        let wanted = |what: &str| {
            let quotes = if is_quoted { " in quotes" } else { "" };
            format!("{}{quotes} is no {what}", quoted(text))
        };
        match kind {
            Kind::Bool => match plain() {
                Some("true") => Ok(Self::Bool(true)),
                Some("false") => Ok(Self::Bool(false)),
                _ => Err(wanted("`true` or `false`")),
            },
            Kind::Int32 => signed(plain(), i32::MIN.into(), i32::MAX.into())
                .ok_or_else(|| wanted("integer from -2147483648 to 2147483647")),
            Kind::Int64 => signed(plain(), i64::MIN, i64::MAX)
                .ok_or_else(|| wanted("integer from -9223372036854775808 to 9223372036854775807")),
            Kind::Uint32 => unsigned(plain(), u32::MAX.into()).ok_or_else(|| wanted("integer from 0 to 4294967295")),
            Kind::Uint64 => unsigned(plain(), u64::MAX).ok_or_else(|| wanted("integer from 0 to 18446744073709551615")),
            // A float is compared with what a float can be, so that `0.1` finds `0.1`.
            Kind::Float => plain()
                .and_then(float)
                .map(|value| f64::from(value as f32))
                .filter(|value| value.is_finite())
                .map(Self::Float)
                .ok_or_else(|| wanted("number that a float can hold")),
            Kind::Double => {
                plain().and_then(float).map(Self::Float).ok_or_else(|| wanted("number that a double can hold"))
            }
            Kind::String => unescaped(source).map(|text| Self::Text(text.into())),
            Kind::Bytes => base64(&unescaped(source)?).map(Self::Bytes).ok_or_else(|| wanted("base64")),
            Kind::Enum(schema) => match enums::find(schema, &unescaped(source)?) {
                Found::Value(name, number) => Ok(Self::Enum(name, number)),
                Found::None => Err(wanted("value of the enum")),
                Found::Several(one, other) => Err(format!("{} can be `{one}` or `{other}`", quoted(text))),
            },
            Kind::Timestamp => time::timestamp(&unescaped(source)?)
                .map(Self::Timestamp)
                .ok_or_else(|| wanted("time of RFC 3339 such as `2024-01-01T00:00:00Z`")),
            Kind::Duration => {
                time::duration(&unescaped(source)?).map(Self::Duration).ok_or_else(|| wanted("duration such as `1.5s`"))
            }
            Kind::Wrapper(kind) => Self::read(*kind, source),
            Kind::Message(_) | Kind::Opaque(_) => Err(wanted("message; only `:*` fits")),
        }
    }

    /// The value for a field of this kind, if it is one.
    pub(super) fn fitted(self, kind: Kind) -> Option<Self> {
        match (kind, self) {
            (Kind::Wrapper(kind), literal) => literal.fitted(*kind),
            (Kind::Bool, literal @ Self::Bool(_))
            | (Kind::Int64, literal @ Self::Int(_))
            | (Kind::Uint64, literal @ Self::Uint(_))
            | (Kind::Double, literal @ Self::Float(_))
            | (Kind::String, literal @ Self::Text(_))
            | (Kind::Bytes, literal @ Self::Bytes(_))
            | (Kind::Timestamp, literal @ Self::Timestamp(_))
            | (Kind::Duration, literal @ Self::Duration(_)) => Some(literal),
            (Kind::Int32, Self::Int(value)) => i32::try_from(value).ok().map(|_| Self::Int(value)),
            (Kind::Uint32, Self::Uint(value)) => u32::try_from(value).ok().map(|_| Self::Uint(value)),
            (Kind::Uint32 | Kind::Uint64, Self::Int(value)) => Self::Uint(u64::try_from(value).ok()?).fitted(kind),
            (Kind::Int32 | Kind::Int64, Self::Uint(value)) => Self::Int(i64::try_from(value).ok()?).fitted(kind),
            (Kind::Float, Self::Float(value)) => Some(Self::Float(f64::from(value as f32))),
            (Kind::Enum(schema), Self::Text(name)) => match enums::find(schema, &name) {
                Found::Value(name, number) => Some(Self::Enum(name, number)),
                Found::None | Found::Several(..) => None,
            },
            _ => None,
        }
    }
}

fn unescaped(source: Source<'_>) -> Result<std::borrow::Cow<'_, str>, String> {
    if source.is_quoted { pattern::unescape(source.text).map_err(|_| bad_escape()) } else { Ok(source.text.into()) }
}

/// What is said of a backslash that escapes nothing.
pub(super) fn bad_escape() -> String {
    "a backslash stands before `\\`, `\"`, `'`, `*`, `n`, `r` or `t`".to_owned()
}

fn signed(text: Option<&str>, least: i64, most: i64) -> Option<Literal> {
    let text = text?;
    let value = if is_digits(text.strip_prefix('-').unwrap_or(text)) {
        text.parse().ok()?
    } else {
        // `1e6` is an integer too; beyond 2^53 a double would not say which.
        let value = whole(text)?;
        value as i64
    };
    (least..=most).contains(&value).then_some(Literal::Int(value))
}

fn unsigned(text: Option<&str>, most: u64) -> Option<Literal> {
    let text = text?;
    let value = if is_digits(text) { text.parse().ok()? } else { whole(text).filter(|value| *value >= 0.0)? as u64 };
    (value <= most).then_some(Literal::Uint(value))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn whole(text: &str) -> Option<f64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    float(text).filter(|value| value.fract() == 0.0 && value.abs() <= EXACT)
}

/// A decimal number with digits on both sides of its dot; `inf` and `nan` are none.
fn float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let starts_right = unsigned.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let is_decimal = unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    if !starts_right || !is_decimal {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Either alphabet, with or without padding.
fn base64(text: &str) -> Option<Vec<u8>> {
    const ANY: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, ANY);
    const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, ANY);
    STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}
