//! Questions about one value.

use super::super::expression::{Check, Relation};
use super::super::literal::Literal;
use super::super::pattern::Pattern;
use super::Question;
use crate::fields::{Leaf, Lens, OptionalLens, Value};
use crate::value::compare_set;

/// The way from a message, or from an element, to a value that can be absent.
pub(super) trait Get<M, T>: Copy + Send + Sync + 'static {
    fn get<'m>(&self, message: &'m M) -> Option<&'m T>;
}

/// A field that is always there.
#[derive(Clone, Copy)]
pub(super) struct Always<L>(pub(super) L);

/// A field that can be absent.
#[derive(Clone, Copy)]
pub(super) struct Sometimes<L>(pub(super) L);

/// The value itself.
#[derive(Clone, Copy)]
pub(super) struct Itself;

impl<M, T, L: Lens<M, T>> Get<M, T> for Always<L> {
    #[inline]
    fn get<'m>(&self, message: &'m M) -> Option<&'m T> {
        Some(self.0.get(message))
    }
}

impl<M, T, L: OptionalLens<M, T>> Get<M, T> for Sometimes<L> {
    #[inline]
    fn get<'m>(&self, message: &'m M) -> Option<&'m T> {
        self.0.get(message)
    }
}

impl<T> Get<T, T> for Itself {
    #[inline]
    fn get<'m>(&self, message: &'m T) -> Option<&'m T> {
        Some(message)
    }
}

/// Whether a field is there at all.
pub(super) fn is_there<M, T>(get: impl Get<M, T>, truth: bool) -> Question<M> {
    Box::new(move |message| get.get(message).is_some() == truth)
}

/// The question about a value; for a field without presence, being set is not being the default.
pub(super) fn question<M: 'static, L: Leaf>(
    get: impl Get<M, L::Value>,
    has_presence: bool,
    check: &Check,
    truth: bool,
) -> Question<M> {
    match check {
        Check::Present if has_presence => is_there(get, truth),
        Check::Present => Box::new(move |message| get.get(message).is_some_and(is_set::<L>) == truth),
        Check::Compare(relation, literal) => {
            compare::<M, L>(get, if truth { *relation } else { relation.negated() }, literal)
        }
        Check::Match { pattern, is_negated } => matching::<M, L>(get, pattern.clone(), truth != *is_negated),
    }
}

/// As SQL's `<> 0`, for which `-0.0` is zero.
fn is_set<L: Leaf>(value: &L::Value) -> bool {
    match L::view(value) {
        Value::Float(value) => value != 0.0,
        _ => !L::is_default(value),
    }
}

/// One function for each type of value, each of which reads a literal that stands beside it.
fn compare<M: 'static, L: Leaf>(get: impl Get<M, L::Value>, relation: Relation, literal: &Literal) -> Question<M> {
    macro_rules! by_value {
        ($variant:ident($value:expr)) => {{
            let value = $value;
            Box::new(move |message| {
                get.get(message).is_some_and(|held| relation.holds(compare_set(L::view(held), Value::$variant(value))))
            })
        }};
    }
    macro_rules! by_reference {
        ($variant:ident($value:expr)) => {{
            let value = $value;
            Box::new(move |message| {
                get.get(message).is_some_and(|held| relation.holds(compare_set(L::view(held), Value::$variant(&value))))
            })
        }};
    }
    // The type of the field is known when this is compiled, so that one pair is left.
    match (L::view(&L::Value::default()), literal) {
        (Value::Bool(_), Literal::Bool(value)) => by_value!(Bool(*value)),
        (Value::Int(_), Literal::Int(value)) => by_value!(Int(*value)),
        (Value::Int(_), Literal::Enum(_, number)) => by_value!(Int(i64::from(*number))),
        (Value::Uint(_), Literal::Uint(value)) => by_value!(Uint(*value)),
        (Value::Float(_), Literal::Float(value)) => by_value!(Float(*value)),
        (Value::Timestamp(_), Literal::Timestamp(value)) => by_value!(Timestamp(*value)),
        (Value::Duration(_), Literal::Duration(value)) => by_value!(Duration(*value)),
        (Value::Text(_), Literal::Text(value)) => by_reference!(Text(value.clone())),
        (Value::Bytes(_), Literal::Bytes(value)) => by_reference!(Bytes(value.clone())),
        // The check has made the types equal.
        _ => Box::new(|_| false),
    }
}

fn matching<M: 'static, L: Leaf>(get: impl Get<M, L::Value>, pattern: Pattern, wanted: bool) -> Question<M> {
    macro_rules! text {
        (|$held:ident| $matches:expr) => {
            Box::new(move |message| {
                get.get(message).is_some_and(|held| match L::view(held) {
                    Value::Text($held) => ($matches) == wanted,
                    _ => false,
                })
            })
        };
    }
    match pattern {
        Pattern::Exact(text) => text!(|held| *held == *text),
        Pattern::Prefix(text) => text!(|held| held.starts_with(&*text)),
        Pattern::Suffix(text) => text!(|held| held.ends_with(&*text)),
        Pattern::Contains(text) => text!(|held| held.contains(&*text)),
    }
}
