//! Checks of values inside of `google.protobuf.Struct`, `Value` and `ListValue`. The literal determines the type.
//!
//! A value of another type than the literal is unknown, like an absent value. `:` on a list compares any element. Keys
//! lead through objects alone.

use std::any::Any;

use prost_types::value::Kind as JsonValue;
use prost_types::{ListValue, Struct, Value};

use super::relation::Relation;
use super::tree::Check;
use crate::accessor::compare_set;
use crate::fields::{FieldSchema, Kind, Value as Scalar};
use crate::filter::literal::{Literal, MalformedPattern, Pattern, parse_decimal, unescape};
use crate::filter::syntax::Comparator;

/// Check of a value inside of a JSON message.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::filter) struct Dynamic {
    /// Keys from the message inwards.
    pub(in crate::filter) keys: Box<[Box<str>]>,
    pub(in crate::filter) check: Check,
    /// For `:`, the literal as text: `:` on an object checks whether it has this key.
    pub(in crate::filter) has_key: Option<Box<str>>,
}

/// Message with JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::filter) enum JsonKind {
    Struct,
    Value,
    ListValue,
}

impl JsonKind {
    /// Returns the kind of the messages of a field.
    pub(in crate::filter) fn from_field(field: &FieldSchema) -> Option<Self> {
        let Kind::Message(schema) = field.kind else { return None };
        match schema().name() {
            "google.protobuf.Struct" => Some(Self::Struct),
            "google.protobuf.Value" => Some(Self::Value),
            "google.protobuf.ListValue" => Some(Self::ListValue),
            _ => None,
        }
    }
}

/// Creates the check for a comparator and a literal. Returns `None` if the type of the literal does not have the comparator.
pub(in crate::filter) fn dynamic_check(
    comparator: Comparator,
    text: &str,
    is_quoted: bool,
) -> Result<Option<Check>, MalformedPattern> {
    let relation = Relation::from_comparator(comparator);
    let compare = |literal| Some(Check::Compare(relation, literal));
    let plain = if is_quoted { "" } else { text };
    Ok(match plain {
        "true" | "false" if relation.is_equality() => compare(Literal::Bool(plain == "true")),
        "null" if relation == Relation::EQUALITY => Some(Check::Null),
        "true" | "false" | "null" => None,
        _ => {
            match parse_decimal(Some(plain)).and_then(|text| text.parse::<f64>().ok()).filter(|value| value.is_finite())
            {
                Some(number) => compare(Literal::Float(number)),
                None if relation.is_equality() => {
                    let pattern = if is_quoted { Pattern::from_quoted(text) } else { Pattern::from_plain(text) };
                    Some(Check::Match { pattern: pattern?, is_negated: comparator == Comparator::NotEqual })
                }
                None => {
                    let text = if is_quoted { unescape(text)? } else { text.into() };
                    compare(Literal::Text(text.into()))
                }
            }
        }
    })
}

/// Borrowed JSON value.
#[derive(Clone, Copy)]
enum JsonRef<'v> {
    Object(&'v Struct),
    List(&'v ListValue),
    Scalar(Scalar<'v>),
    Null,
}

impl<'v> JsonRef<'v> {
    /// Returns the value of a message, or `None` if its type is not one of the three.
    fn from_message(message: &'v dyn Any) -> Option<Self> {
        if let Some(value) = message.downcast_ref::<Value>() {
            return Some(Self::from_value(value));
        }
        message.downcast_ref().map(Self::Object).or_else(|| message.downcast_ref().map(Self::List))
    }

    fn from_value(value: &'v Value) -> Self {
        match &value.kind {
            None | Some(JsonValue::NullValue(_)) => Self::Null,
            Some(JsonValue::NumberValue(number)) => Self::Scalar(Scalar::Float(*number)),
            Some(JsonValue::StringValue(text)) => Self::Scalar(Scalar::Text(text)),
            Some(JsonValue::BoolValue(value)) => Self::Scalar(Scalar::Bool(*value)),
            Some(JsonValue::StructValue(object)) => Self::Object(object),
            Some(JsonValue::ListValue(list)) => Self::List(list),
        }
    }
}

impl Dynamic {
    /// Evaluates the check for a message of one of the three types; `None` means unknown.
    pub(in crate::filter) fn evaluate(&self, message: &dyn Any) -> Option<bool> {
        let mut node = JsonRef::from_message(message)?;
        let mut keys = self.keys.iter().peekable();
        while let Some(key) = keys.next() {
            let JsonRef::Object(object) = node else { return self.result_when_absent(false) };
            node = match object.fields.get(&**key) {
                Some(value) => JsonRef::from_value(value),
                None => return self.result_when_absent(keys.peek().is_none()),
            };
        }
        match (&self.check, node) {
            (_, JsonRef::Null) => self.result_when_absent(true),
            (Check::Present, _) => Some(true),
            (Check::Null, _) => Some(false),
            (_, JsonRef::List(list)) if self.has_key.is_some() => {
                Some(list.values.iter().any(|value| self.compare(JsonRef::from_value(value)) == Some(true)))
            }
            (_, JsonRef::Object(object)) => {
                let key = self.has_key.as_ref()?;
                let value = object.fields.get(&**key);
                Some(value.is_some_and(|value| !matches!(JsonRef::from_value(value), JsonRef::Null)))
            }
            (_, node) => self.compare(node),
        }
    }

    /// Returns the result for an absent value. `is_in_object` says whether the object that should contain it is present.
    fn result_when_absent(&self, is_in_object: bool) -> Option<bool> {
        match self.check {
            Check::Present => Some(false),
            Check::Null => is_in_object.then_some(true),
            _ => None,
        }
    }

    fn compare(&self, node: JsonRef<'_>) -> Option<bool> {
        let JsonRef::Scalar(value) = node else { return None };
        match (&self.check, value) {
            (Check::Match { pattern, is_negated }, Scalar::Text(text)) => Some(pattern.matches(text) != *is_negated),
            (Check::Compare(relation, literal), _) => match (literal, value) {
                (Literal::Bool(_), Scalar::Bool(_))
                | (Literal::Float(_), Scalar::Float(_))
                | (Literal::Text(_), Scalar::Text(_)) => Some(relation.accepts(compare_set(value, literal.view()))),
                _ => None,
            },
            _ => None,
        }
    }
}
