//! Values of a cursor.

use prost_types::{Duration, Timestamp};

use crate::fields::Value;

/// Value of one term of an order in one message. A cursor has one for each term.
#[derive(Debug, Clone, PartialEq)]
pub enum CursorValue {
    /// The field is not set.
    Null,
    /// `bool`
    Bool(bool),
    /// Signed integers and enums.
    Int(i64),
    /// Unsigned integers.
    Uint(u64),
    /// `float` and `double`
    Float(f64),
    /// `string`
    Text(String),
    /// `bytes`
    Bytes(Vec<u8>),
    /// `google.protobuf.Timestamp`
    Timestamp(Timestamp),
    /// `google.protobuf.Duration`
    Duration(Duration),
}

impl From<Option<Value<'_>>> for CursorValue {
    fn from(value: Option<Value<'_>>) -> Self {
        match value {
            None | Some(Value::Opaque) => Self::Null,
            Some(Value::Bool(value)) => Self::Bool(value),
            Some(Value::Int(value)) => Self::Int(value),
            Some(Value::Uint(value)) => Self::Uint(value),
            Some(Value::Float(value)) => Self::Float(value),
            Some(Value::Text(value)) => Self::Text(value.to_owned()),
            Some(Value::Bytes(value)) => Self::Bytes(value.to_vec()),
            Some(Value::Timestamp(value)) => Self::Timestamp(value),
            Some(Value::Duration(value)) => Self::Duration(value),
        }
    }
}

impl CursorValue {
    /// Returns the value as [`Value`], or `None` for `Null`.
    #[must_use]
    pub fn view(&self) -> Option<Value<'_>> {
        Some(match self {
            Self::Null => return None,
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(value) => Value::Int(*value),
            Self::Uint(value) => Value::Uint(*value),
            Self::Float(value) => Value::Float(*value),
            Self::Text(value) => Value::Text(value),
            Self::Bytes(value) => Value::Bytes(value),
            Self::Timestamp(value) => Value::Timestamp(*value),
            Self::Duration(value) => Value::Duration(*value),
        })
    }
}
