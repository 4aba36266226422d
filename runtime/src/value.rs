//! Values of one type in order, and a function, made once, for the value that a path leads to.

use std::cmp::Ordering;
use std::ops::ControlFlow::{self, Break, Continue};

use smallvec::SmallVec;

use crate::fields::{FieldInfo, Fields, Key, KeyRef, Leaf, Lens, Map, OptionalLens, Value, Visitor};

/// The order of two values of one field, where absence is below everything.
///
/// Inlined where the type is known, so that one case is left of the match.
#[inline(always)]
pub(crate) fn compare(left: Option<Value<'_>>, right: Option<Value<'_>>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => compare_set(left, right),
        (left, right) => left.is_some().cmp(&right.is_some()),
    }
}

/// The order of two values of one type; values of different types are equal, and nothing compares them.
#[inline(always)]
pub(crate) fn compare_set(left: Value<'_>, right: Value<'_>) -> Ordering {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => left.cmp(&right),
        (Value::Int(left), Value::Int(right)) => left.cmp(&right),
        (Value::Uint(left), Value::Uint(right)) => left.cmp(&right),
        (Value::Float(left), Value::Float(right)) => compare_floats(left, right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Bytes(left), Value::Bytes(right)) => left.cmp(right),
        (Value::Timestamp(left), Value::Timestamp(right)) => {
            left.seconds.cmp(&right.seconds).then(left.nanos.cmp(&right.nanos))
        }
        (Value::Duration(left), Value::Duration(right)) => {
            left.seconds.cmp(&right.seconds).then(left.nanos.cmp(&right.nanos))
        }
        _ => Ordering::Equal,
    }
}

/// By value; NaN is above all others and equal to itself, as in PostgreSQL.
#[inline]
fn compare_floats(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right).unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}

/// What finds a value in a message.
pub(crate) type Getter<M> = Box<dyn for<'m> Fn(&'m M) -> Option<Value<'m>> + Send + Sync>;

/// One step of a path to a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Hop<'k> {
    /// The field at this position.
    Field(u16),
    /// The value of a key. Orders have no keys.
    #[cfg_attr(not(feature = "filter"), allow(dead_code))]
    Key(KeyRef<'k>),
}

/// Returns the function that finds the value at a path of fields. For one message there is
/// [`crate::fields::value_at`].
pub(crate) fn getter<F: Fields>(path: &[u16]) -> Getter<F::Message> {
    let hops: SmallVec<[Hop<'_>; 6]> = path.iter().map(|index| Hop::Field(*index)).collect();
    getter_at::<F>(&hops)
}

/// Returns the function that finds the value at a path, made once of the lenses of the fields.
pub(crate) fn getter_at<F: Fields>(hops: &[Hop<'_>]) -> Getter<F::Message> {
    let found = match hops {
        [Hop::Field(index), rest @ ..] => F::visit(&mut Way { index: *index, rest }).break_value(),
        _ => None,
    };
    found.unwrap_or_else(nothing)
}

/// The function that finds nothing.
fn nothing<M>() -> Getter<M> {
    Box::new(|_| None)
}

struct Way<'p> {
    index: u16,
    rest: &'p [Hop<'p>],
}

impl<'p> Way<'p> {
    fn found<M>(&self, field: FieldInfo, make: impl FnOnce() -> Getter<M>) -> ControlFlow<Getter<M>> {
        if field.index == self.index { Break(make()) } else { Continue(()) }
    }

    /// The key that the next step names, and the steps after it.
    fn key<K: Key>(&self) -> Option<(K, &'p [Hop<'p>])> {
        match self.rest {
            [Hop::Key(key), rest @ ..] => Some((K::of(*key)?, rest)),
            _ => None,
        }
    }
}

impl<M: 'static> Visitor<M> for Way<'_> {
    type Break = Getter<M>;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.found(field, || Box::new(move |message| Some(L::view(lens.get(message)))))
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, L::Value>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || Box::new(move |message| lens.get(message).map(L::view)))
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let inner = getter_at::<F>(self.rest);
            Box::new(move |message| lens.get(message).and_then(&inner))
        })
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let inner = getter_at::<F>(self.rest);
            Box::new(move |message| inner(lens.get(message)))
        })
    }

    // A list has no one value.

    fn repeated<L: Leaf>(&mut self, _: FieldInfo, _: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Self::Break> {
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        _: FieldInfo,
        _: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Self::Break> {
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let Some((key, _)) = self.key::<K>() else { return nothing() };
            Box::new(move |message| lens.get(message).get(&key).map(L::view))
        })
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let Some((key, rest)) = self.key::<K>() else { return nothing() };
            let inner = getter_at::<F>(rest);
            Box::new(move |message| lens.get(message).get(&key).and_then(&inner))
        })
    }
}
