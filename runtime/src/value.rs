//! Values of one type in order, and a function, made once, for the value that a path leads to.

use std::cmp::Ordering;
use std::ops::ControlFlow::{self, Break, Continue};

use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Value, Visitor};

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

/// What finds the value that a path of fields leads to, made once of the lenses of the fields. For one message there is
/// [`crate::fields::value_at`].
pub(crate) fn getter<F: Fields>(path: &[u16]) -> Getter<F::Message> {
    let found = path.split_first().and_then(|(index, rest)| F::visit(&mut Way { index: *index, rest }).break_value());
    found.unwrap_or_else(|| Box::new(|_| None))
}

struct Way<'p> {
    index: u16,
    rest: &'p [u16],
}

impl Way<'_> {
    fn found<M>(&self, field: FieldInfo, make: impl FnOnce() -> Getter<M>) -> ControlFlow<Getter<M>> {
        if field.index == self.index { Break(make()) } else { Continue(()) }
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
            let inner = getter::<F>(self.rest);
            Box::new(move |message| lens.get(message).and_then(&inner))
        })
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let inner = getter::<F>(self.rest);
            Box::new(move |message| inner(lens.get(message)))
        })
    }

    // No path of one value goes through a list or a map.

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
        _: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        _: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        Continue(())
    }
}
