//! Values in filters: read once, for the type of the field that they are compared with.

use prost_types::{Duration, Timestamp};

use super::enums::{self, Found};
use super::{pattern, time};
use crate::base64_text;
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

    /// Whether it is a time, and so are the values of this kind.
    pub(super) fn is_time_of(&self, kind: Kind) -> bool {
        matches!((self, kind), (Self::Timestamp(_), Kind::Timestamp) | (Self::Duration(_), Kind::Duration))
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
            Kind::Int32 => integer(plain())
                .and_then(|value| i32::try_from(value).ok())
                .map(|value| Self::Int(value.into()))
                .ok_or_else(|| wanted("integer from -2147483648 to 2147483647")),
            Kind::Int64 => integer(plain())
                .and_then(|value| i64::try_from(value).ok())
                .map(Self::Int)
                .ok_or_else(|| wanted("integer from -9223372036854775808 to 9223372036854775807")),
            Kind::Uint32 => integer(plain())
                .and_then(|value| u32::try_from(value).ok())
                .map(|value| Self::Uint(value.into()))
                .ok_or_else(|| wanted("integer from 0 to 4294967295")),
            Kind::Uint64 => integer(plain())
                .and_then(|value| u64::try_from(value).ok())
                .map(Self::Uint)
                .ok_or_else(|| wanted("integer from 0 to 18446744073709551615")),
            // A float is compared with what a float can be, so that `0.1` finds `0.1`.
            Kind::Float => decimal(plain())
                .and_then(|text| text.parse::<f32>().ok())
                .filter(|value| value.is_finite())
                .map(|value| Self::Float(value.into()))
                .ok_or_else(|| wanted("number that a float can hold")),
            Kind::Double => decimal(plain())
                .and_then(|text| text.parse::<f64>().ok())
                .filter(|value| value.is_finite())
                .map(Self::Float)
                .ok_or_else(|| wanted("number that a double can hold")),
            Kind::String => unescaped(source).map(|text| Self::Text(text.into())),
            Kind::Bytes => {
                base64_text::decode_to_vec(&unescaped(source)?).map(Self::Bytes).ok_or_else(|| wanted("base64"))
            }
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

    /// The value for a field of this kind, if it is one that a filter could have written.
    pub(super) fn fitted(self, kind: Kind) -> Option<Self> {
        match (kind, self) {
            (Kind::Wrapper(kind), literal) => literal.fitted(*kind),
            (Kind::Bool, literal @ Self::Bool(_))
            | (Kind::Int64, literal @ Self::Int(_))
            | (Kind::Uint64, literal @ Self::Uint(_))
            | (Kind::Bytes, literal @ Self::Bytes(_)) => Some(literal),
            // NUL stands in no text of a filter.
            (Kind::String, Self::Text(text)) => (!text.contains('\0')).then_some(Self::Text(text)),
            (Kind::Timestamp, Self::Timestamp(time)) => time::is_timestamp(&time).then_some(Self::Timestamp(time)),
            (Kind::Duration, Self::Duration(span)) => time::is_duration(&span).then_some(Self::Duration(span)),
            (Kind::Int32, Self::Int(value)) => i32::try_from(value).ok().map(|_| Self::Int(value)),
            (Kind::Uint32, Self::Uint(value)) => u32::try_from(value).ok().map(|_| Self::Uint(value)),
            (Kind::Uint32 | Kind::Uint64, Self::Int(value)) => Self::Uint(u64::try_from(value).ok()?).fitted(kind),
            (Kind::Int32 | Kind::Int64, Self::Uint(value)) => Self::Int(i64::try_from(value).ok()?).fitted(kind),
            (Kind::Float, Self::Float(value)) => {
                let value = f64::from(value as f32);
                value.is_finite().then_some(Self::Float(value))
            }
            (Kind::Double, Self::Float(value)) => value.is_finite().then_some(Self::Float(value)),
            (Kind::Enum(schema), Self::Enum(name, number)) => {
                ((schema.number)(&name) == Some(number)).then_some(Self::Enum(name, number))
            }
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

/// A decimal number, with digits on both sides of its dot; `inf` and `nan` are none. What it still can be that is no
/// number, its parser finds.
pub(super) fn decimal(text: Option<&str>) -> Option<&str> {
    let unsigned = text?.strip_prefix('-').or(text)?;
    let goes_on_right = unsigned.split_once('.').is_none_or(|(_, fraction)| begins_with_digit(fraction));
    let is_decimal = unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    if begins_with_digit(unsigned) && goes_on_right && is_decimal { text } else { None }
}

/// An integer, which can be written with an exponent, and with a fraction if that comes to nothing: exactly what it says,
/// as far as 64 bits with or without a sign go.
fn integer(text: Option<&str>) -> Option<i128> {
    const MOST_DIGITS: i64 = 20;
    let text = text?;
    if !text.starts_with('+')
        && let Ok(value) = text.parse::<i64>()
    {
        return Some(value.into());
    }
    let (is_negative, number) = text.strip_prefix('-').map_or((false, text), |number| (true, number));
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, power(exponent)?),
        None => (number, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let digits = || whole.bytes().chain(fraction.bytes()).skip_while(|digit| *digit == b'0');
    let trailing = digits().fold(0, |zeros: i64, digit| if digit == b'0' { zeros + 1 } else { 0 });
    let significant = i64::try_from(digits().count()).ok()?;
    // So many digits stand left of the dot when it is moved, and so many zeros behind the last other digit.
    let fraction = i64::try_from(fraction.len()).ok()?;
    let (length, zeros) = (exponent.checked_add(significant - fraction)?, exponent.checked_add(trailing - fraction)?);
    if significant == 0 {
        return Some(0);
    }
    if zeros < 0 || length > MOST_DIGITS {
        return None;
    }
    let all = digits().chain(std::iter::repeat(b'0')).take(usize::try_from(length).ok()?);
    let value = all.fold(0, |value: i128, digit| value * 10 + i128::from(digit - b'0'));
    Some(if is_negative { -value } else { value })
}

/// What follows an `e`; of any length.
fn power(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !is_digits(digits) {
        return None;
    }
    // Beyond this, there is no telling such numbers apart in so few bytes as a filter has.
    const FAR: i64 = i64::MAX / 4;
    let value =
        digits.bytes().fold(0_i64, |value, digit| value.saturating_mul(10).saturating_add((digit - b'0').into()));
    Some(if text.starts_with('-') { -value.min(FAR) } else { value.min(FAR) })
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_digit())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
