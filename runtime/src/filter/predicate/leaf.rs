//! Predicates on a single value.

use super::chain::{Predicate, Tail};
use crate::accessor::compare_set;
use crate::fields::{Leaf, Lens, OptionalLens, Value};
use crate::filter::expression::{Check, Relation};
use crate::filter::literal::{Literal, Pattern};

/// Statically typed access from a message, or from an element, to a value that can be absent.
pub(super) trait LeafAccess<M, T>: Copy + Send + Sync + 'static {
    fn get<'m>(&self, message: &'m M) -> Option<&'m T>;
}

/// Access to a field that is always present.
#[derive(Clone, Copy)]
pub(super) struct PresentField<L>(pub(super) L);

/// Access to a field that can be absent.
#[derive(Clone, Copy)]
pub(super) struct OptionalField<L>(pub(super) L);

/// Access to an element itself.
#[derive(Clone, Copy)]
pub(super) struct Element;

impl<M, T, L: Lens<M, T>> LeafAccess<M, T> for PresentField<L> {
    #[inline]
    fn get<'m>(&self, message: &'m M) -> Option<&'m T> {
        Some(self.0.get(message))
    }
}

impl<M, T, L: OptionalLens<M, T>> LeafAccess<M, T> for OptionalField<L> {
    #[inline]
    fn get<'m>(&self, message: &'m M) -> Option<&'m T> {
        self.0.get(message)
    }
}

impl<T> LeafAccess<T, T> for Element {
    #[inline]
    fn get<'m>(&self, message: &'m T) -> Option<&'m T> {
        Some(message)
    }
}

/// Creates the predicate that the presence of a field is `truth`.
pub(super) fn presence<M, T>(get: impl LeafAccess<M, T>, truth: bool) -> Predicate<M> {
    Box::new(move |message| get.get(message).is_some() == truth)
}

/// Creates the predicate that the result of a check is `truth`. A field without presence is set if it is not the default.
///
/// The most frequent predicates take the tail and call it themselves, which saves a call.
pub(super) fn predicate<M: 'static, L: Leaf>(
    get: impl LeafAccess<M, L::Value>,
    has_presence: bool,
    check: &Check,
    truth: bool,
    tail: &mut Tail<M>,
) -> Predicate<M> {
    match check {
        // Only messages have dynamic checks; see `field.rs`.
        Check::Dynamic(_) => Box::new(|_| false),
        Check::Null => presence(get, !truth),
        Check::Present if has_presence => presence(get, truth),
        Check::Present => Box::new(move |message| get.get(message).is_some_and(is_set::<L>) == truth),
        Check::Compare(relation, literal) => {
            compare::<M, L>(get, if truth { *relation } else { relation.negated() }, literal, tail)
        }
        Check::Match { pattern, is_negated } => pattern_predicate::<M, L>(get, pattern.clone(), truth != *is_negated),
    }
}

/// Returns `true` if a value is not the default. As with `<> 0` of SQL, `-0.0` is the default.
fn is_set<L: Leaf>(value: &L::Value) -> bool {
    match L::view(value) {
        Value::Float(value) => value != 0.0,
        _ => !L::is_default(value),
    }
}

/// Creates the predicate that a value is set and has a relation to a literal.
///
/// The type of the field is a type parameter, so the compiler keeps one arm of the match.
fn compare<M: 'static, L: Leaf>(
    get: impl LeafAccess<M, L::Value>,
    relation: Relation,
    literal: &Literal,
    tail: &mut Tail<M>,
) -> Predicate<M> {
    macro_rules! chained {
        (|$value:ident| $result:expr, $variant:ident) => {
            match tail.take() {
                None => Box::new(move |message| match get.get(message).map(L::view) {
                    Some(Value::$variant($value)) => $result,
                    _ => false,
                }),
                Some(tail) => Box::new(move |message| match get.get(message).map(L::view) {
                    Some(Value::$variant($value)) => $result && tail(message),
                    _ => false,
                }),
            }
        };
    }
    macro_rules! discrete {
        ($variant:ident, $literal:expr, $successor:expr, |$value:ident| $key:expr) => {
            match Bound::new(relation, $literal, $successor) {
                Bound::Equal(bound, wanted) => chained!(|$value| (($key == bound) == wanted), $variant),
                Bound::AtLeast(bound, wanted) => chained!(|$value| (($key >= bound) == wanted), $variant),
                Bound::Any(wanted) => Box::new(move |message| wanted && get.get(message).is_some()),
            }
        };
    }
    match (L::view(&L::Value::default()), literal) {
        (Value::Bool(_), Literal::Bool(value)) => discrete!(Bool, *value, |_| None, |value| value),
        (Value::Int(_), Literal::Int(value)) => discrete!(Int, *value, |value| value.checked_add(1), |value| value),
        (Value::Int(_), Literal::Enum(_, number)) => {
            discrete!(Int, i64::from(*number), |value| value.checked_add(1), |value| value)
        }
        (Value::Uint(_), Literal::Uint(value)) => discrete!(Uint, *value, |value| value.checked_add(1), |value| value),
        // `nanos` may become 1,000,000,000, which is still below the next second.
        (Value::Timestamp(_), Literal::Timestamp(time)) => {
            discrete!(
                Timestamp,
                (time.seconds, time.nanos),
                |(seconds, nanos)| Some((seconds, nanos.saturating_add(1))),
                |value| { (value.seconds, value.nanos) }
            )
        }
        (Value::Duration(_), Literal::Duration(span)) => {
            discrete!(
                Duration,
                (span.seconds, span.nanos),
                |(seconds, nanos)| Some((seconds, nanos.saturating_add(1))),
                |value| { (value.seconds, value.nanos) }
            )
        }
        (Value::Float(_), Literal::Float(_))
        | (Value::Text(_), Literal::Text(_))
        | (Value::Bytes(_), Literal::Bytes(_)) => {
            let literal = literal.clone();
            Box::new(move |message| {
                get.get(message).is_some_and(|value| relation.accepts(compare_set(L::view(value), literal.view())))
            })
        }
        // The checker ensures equal types.
        _ => Box::new(|_| false),
    }
}

/// Relation to a value of a discrete type, as one comparison and its expected result.
///
/// Example: `> 5` becomes `AtLeast(6, true)`, and `<= 5` becomes `AtLeast(6, false)`.
enum Bound<T> {
    Equal(T, bool),
    AtLeast(T, bool),
    Any(bool),
}

impl<T> Bound<T> {
    fn new(relation: Relation, value: T, successor: impl Fn(T) -> Option<T>) -> Self {
        match relation.as_str() {
            "=" => Self::Equal(value, true),
            "!=" => Self::Equal(value, false),
            ">=" => Self::AtLeast(value, true),
            "<" => Self::AtLeast(value, false),
            ">" => successor(value).map_or(Self::Any(false), |next| Self::AtLeast(next, true)),
            _ => successor(value).map_or(Self::Any(true), |next| Self::AtLeast(next, false)),
        }
    }
}

/// Creates the predicate that a text matches a pattern, or does not.
fn pattern_predicate<M: 'static, L: Leaf>(
    get: impl LeafAccess<M, L::Value>,
    pattern: Pattern,
    wanted: bool,
) -> Predicate<M> {
    macro_rules! text {
        (|$value:ident| $matches:expr) => {
            Box::new(move |message| {
                get.get(message).is_some_and(|value| match L::view(value) {
                    Value::Text($value) => ($matches) == wanted,
                    _ => false,
                })
            })
        };
    }
    match pattern {
        Pattern::Exact(text) => text!(|value| *value == *text),
        Pattern::Prefix(text) => text!(|value| value.starts_with(&*text)),
        Pattern::Suffix(text) => text!(|value| value.ends_with(&*text)),
        Pattern::Contains(text) => text!(|value| value.contains(&*text)),
    }
}
