//! Questions about one value.

use super::super::expression::{Check, Relation};
use super::super::literal::Literal;
use super::super::pattern::Pattern;
use super::{Next, Question};
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

/// The question about a value; for a field without presence, being set is not being the default. The commonest ones take
/// the next question along.
pub(super) fn question<M: 'static, L: Leaf>(
    get: impl Get<M, L::Value>,
    has_presence: bool,
    check: &Check,
    truth: bool,
    next: &mut Next<M>,
) -> Question<M> {
    match check {
        // `way.rs` compiles the dynamic checks of messages; no leaf has any.
        Check::Dynamic(_) => Box::new(|_| false),
        Check::Null => is_there(get, !truth),
        Check::Present if has_presence => is_there(get, truth),
        Check::Present => Box::new(move |message| get.get(message).is_some_and(is_set::<L>) == truth),
        Check::Compare(relation, literal) => {
            compare::<M, L>(get, if truth { *relation } else { relation.negated() }, literal, next)
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

/// Whether a value is set and in the relation to the literal.
///
/// The type of the field is known when this is compiled, so that one pair of types is left of the match.
fn compare<M: 'static, L: Leaf>(
    get: impl Get<M, L::Value>,
    relation: Relation,
    literal: &Literal,
    next: &mut Next<M>,
) -> Question<M> {
    macro_rules! chained {
        (|$held:ident| $answer:expr, $variant:ident) => {
            match next.take() {
                None => Box::new(move |message| match get.get(message).map(L::view) {
                    Some(Value::$variant($held)) => $answer,
                    _ => false,
                }),
                Some(next) => Box::new(move |message| match get.get(message).map(L::view) {
                    Some(Value::$variant($held)) => $answer && next(message),
                    _ => false,
                }),
            }
        };
    }
    macro_rules! discrete {
        ($variant:ident, $literal:expr, $successor:expr, |$held:ident| $key:expr) => {
            match Bound::of(relation, $literal, $successor) {
                Bound::Equal(bound, wanted) => chained!(|$held| (($key == bound) == wanted), $variant),
                Bound::AtLeast(bound, wanted) => chained!(|$held| (($key >= bound) == wanted), $variant),
                Bound::Any(wanted) => Box::new(move |message| wanted && get.get(message).is_some()),
            }
        };
    }
    match (L::view(&L::Value::default()), literal) {
        (Value::Bool(_), Literal::Bool(value)) => discrete!(Bool, *value, |_| None, |held| held),
        (Value::Int(_), Literal::Int(value)) => discrete!(Int, *value, |value| value.checked_add(1), |held| held),
        (Value::Int(_), Literal::Enum(_, number)) => {
            discrete!(Int, i64::from(*number), |value| value.checked_add(1), |held| held)
        }
        (Value::Uint(_), Literal::Uint(value)) => discrete!(Uint, *value, |value| value.checked_add(1), |held| held),
        // A nanosecond too many for a second is still below the next second.
        (Value::Timestamp(_), Literal::Timestamp(time)) => {
            discrete!(
                Timestamp,
                (time.seconds, time.nanos),
                |(seconds, nanos)| Some((seconds, nanos.saturating_add(1))),
                |held| { (held.seconds, held.nanos) }
            )
        }
        (Value::Duration(_), Literal::Duration(span)) => {
            discrete!(
                Duration,
                (span.seconds, span.nanos),
                |(seconds, nanos)| Some((seconds, nanos.saturating_add(1))),
                |held| { (held.seconds, held.nanos) }
            )
        }
        (Value::Float(_), Literal::Float(_))
        | (Value::Text(_), Literal::Text(_))
        | (Value::Bytes(_), Literal::Bytes(_)) => {
            let literal = literal.clone();
            Box::new(move |message| {
                get.get(message).is_some_and(|held| relation.holds(compare_set(L::view(held), literal.view())))
            })
        }
        // The check has made the types equal.
        _ => Box::new(|_| false),
    }
}

/// A relation to a value, of those of which each but the last has a next: one comparison that is wanted or not.
enum Bound<T> {
    Equal(T, bool),
    AtLeast(T, bool),
    Any(bool),
}

impl<T> Bound<T> {
    fn of(relation: Relation, value: T, successor: impl Fn(T) -> Option<T>) -> Self {
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
