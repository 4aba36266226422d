//! Values of `google.protobuf.Struct`, `Value` and `ListValue`: what keys lead to, compared as the literal is typed.
//!
//! A value of another type than the literal is unknown, as one that is not there. A list has what any of its elements is
//! equal to; keys lead through objects alone.

use std::any::Any;

use prost_types::value::Kind as Held;
use prost_types::{ListValue, Struct, Value};

use super::expression::{Check, Relation};
use super::literal::{Literal, decimal};
use super::pattern::{Malformed, Pattern};
use super::syntax::Comparator;
use crate::fields::{FieldSchema, Kind, Value as Scalar};
use crate::value::compare_set;

/// Predicate on a value inside of a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dynamic {
    /// The keys from the field inwards.
    pub(super) keys: Box<[Box<str>]>,
    pub(super) check: Check,
    /// For `:`, the value as it is written: the key that an object has.
    pub(super) has: Option<Box<str>>,
}

/// The messages whose values have types of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Json {
    Struct,
    Value,
    ListValue,
}

impl Json {
    /// The one that values of the field are.
    pub(super) fn of(field: &FieldSchema) -> Option<Self> {
        let Kind::Message(schema) = field.kind else { return None };
        match schema().name() {
            "google.protobuf.Struct" => Some(Self::Struct),
            "google.protobuf.Value" => Some(Self::Value),
            "google.protobuf.ListValue" => Some(Self::ListValue),
            _ => None,
        }
    }
}

/// The check that text makes of the comparator; `None` where its type does not have it.
pub(super) fn check(comparator: Comparator, text: &str, is_quoted: bool) -> Result<Option<Check>, Malformed> {
    let relation = Relation::of(comparator);
    let compare = |literal| Some(Check::Compare(relation, literal));
    let plain = if is_quoted { "" } else { text };
    Ok(match plain {
        "true" | "false" if relation.is_equality() => compare(Literal::Bool(plain == "true")),
        "null" if relation == Relation::EQUALITY => Some(Check::Null),
        "true" | "false" | "null" => None,
        _ => match decimal(Some(plain)).and_then(|text| text.parse::<f64>().ok()).filter(|value| value.is_finite()) {
            Some(number) => compare(Literal::Float(number)),
            None if relation.is_equality() => {
                let pattern = if is_quoted { Pattern::of_quoted(text) } else { Pattern::of_plain(text) };
                Some(Check::Match { pattern: pattern?, is_negated: comparator == Comparator::NotEqual })
            }
            None => {
                let text = if is_quoted { super::pattern::unescape(text)? } else { text.into() };
                compare(Literal::Text(text.into()))
            }
        },
    })
}

/// Borrowed JSON value: an object, a list, a scalar or null.
#[derive(Clone, Copy)]
enum Node<'v> {
    Object(&'v Struct),
    List(&'v ListValue),
    Scalar(Scalar<'v>),
    Null,
}

impl<'v> Node<'v> {
    /// The message of the field. Its type is one of the three, whatever the table calls it.
    fn of(message: &'v dyn Any) -> Option<Self> {
        if let Some(value) = message.downcast_ref::<Value>() {
            return Some(Self::of_value(value));
        }
        message.downcast_ref().map(Self::Object).or_else(|| message.downcast_ref().map(Self::List))
    }

    fn of_value(value: &'v Value) -> Self {
        match &value.kind {
            None | Some(Held::NullValue(_)) => Self::Null,
            Some(Held::NumberValue(number)) => Self::Scalar(Scalar::Float(*number)),
            Some(Held::StringValue(text)) => Self::Scalar(Scalar::Text(text)),
            Some(Held::BoolValue(value)) => Self::Scalar(Scalar::Bool(*value)),
            Some(Held::StructValue(object)) => Self::Object(object),
            Some(Held::ListValue(list)) => Self::List(list),
        }
    }
}

impl Dynamic {
    /// The answer about a message, which is one of the three; `None` is unknown.
    pub(super) fn answer(&self, message: &dyn Any) -> Option<bool> {
        let mut node = Node::of(message)?;
        let mut keys = self.keys.iter().peekable();
        while let Some(key) = keys.next() {
            let Node::Object(object) = node else { return self.when_absent(false) };
            node = match object.fields.get(&**key) {
                Some(value) => Node::of_value(value),
                None => return self.when_absent(keys.peek().is_none()),
            };
        }
        match (&self.check, node) {
            (_, Node::Null) => self.when_absent(true),
            (Check::Present, _) => Some(true),
            (Check::Null, _) => Some(false),
            (_, Node::List(list)) if self.has.is_some() => {
                Some(list.values.iter().any(|value| self.compared(Node::of_value(value)) == Some(true)))
            }
            (_, Node::Object(object)) => {
                let key = self.has.as_ref()?;
                let value = object.fields.get(&**key);
                Some(value.is_some_and(|value| !matches!(Node::of_value(value), Node::Null)))
            }
            (_, node) => self.compared(node),
        }
    }

    /// The answer where the value is not there, in an object that is or is not.
    fn when_absent(&self, is_in_object: bool) -> Option<bool> {
        match self.check {
            Check::Present => Some(false),
            Check::Null => is_in_object.then_some(true),
            _ => None,
        }
    }

    fn compared(&self, node: Node<'_>) -> Option<bool> {
        let Node::Scalar(value) = node else { return None };
        match (&self.check, value) {
            (Check::Match { pattern, is_negated }, Scalar::Text(text)) => Some(pattern.matches(text) != *is_negated),
            (Check::Compare(relation, literal), _) => match (literal, value) {
                (Literal::Bool(_), Scalar::Bool(_))
                | (Literal::Float(_), Scalar::Float(_))
                | (Literal::Text(_), Scalar::Text(_)) => Some(relation.holds(compare_set(value, literal.view()))),
                _ => None,
            },
            _ => None,
        }
    }
}
