//! Accessors: functions that return the value at a path of fields. Also the order of two values of one field.

use std::cmp::Ordering;
use std::ops::ControlFlow::{self, Break, Continue};

use smallvec::SmallVec;

use crate::fields::{FieldInfo, Fields, Key, KeyRef, Leaf, Lens, Map, OptionalLens, Value, Visitor};

/// Compares two values of one field. An absent value is below every value.
///
/// It is inlined where the type is known, so that one arm of the match remains.
#[inline(always)]
pub(crate) fn compare(left: Option<Value<'_>>, right: Option<Value<'_>>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => compare_set(left, right),
        (left, right) => left.is_some().cmp(&right.is_some()),
    }
}

/// Compares two values of one type. Values of different types are never compared; the result is `Equal`.
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

/// Compares floats by value. NaN is equal to itself and above all other values, as in PostgreSQL.
#[inline]
fn compare_floats(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right).unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}

/// Function that returns a value of a message, or `None` if it is absent.
pub(crate) type Accessor<M> = Box<dyn for<'m> Fn(&'m M) -> Option<Value<'m>> + Send + Sync>;

/// Step of a path to a single value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum AccessStep<'k> {
    /// The field with this index.
    Field(u16),
    /// The map value with this key. Orders have no keys.
    #[cfg_attr(not(feature = "filter"), allow(dead_code))]
    Key(KeyRef<'k>),
}

/// Creates the accessor of a path of fields. For a single message, use [`crate::fields::value_at`].
pub(crate) fn accessor<F: Fields>(path: &[u16]) -> Accessor<F::Message> {
    let steps: SmallVec<[AccessStep<'_>; 6]> = path.iter().map(|index| AccessStep::Field(*index)).collect();
    accessor_at::<F>(&steps)
}

/// Creates the accessor of a path of fields and map keys, from the lenses of the fields.
pub(crate) fn accessor_at<F: Fields>(steps: &[AccessStep<'_>]) -> Accessor<F::Message> {
    let accessor = match steps {
        [AccessStep::Field(index), rest @ ..] => F::visit(&mut AccessorBuilder { index: *index, rest }).break_value(),
        _ => None,
    };
    accessor.unwrap_or_else(absent)
}

/// Creates the accessor that always returns `None`.
fn absent<M>() -> Accessor<M> {
    Box::new(|_| None)
}

/// Visitor that creates the accessor of the field with an index.
struct AccessorBuilder<'p> {
    index: u16,
    rest: &'p [AccessStep<'p>],
}

impl<'p> AccessorBuilder<'p> {
    fn accept<M>(&self, field: FieldInfo, create: impl FnOnce() -> Accessor<M>) -> ControlFlow<Accessor<M>> {
        if field.index == self.index { Break(create()) } else { Continue(()) }
    }

    /// Returns the key of the next step, and the steps after it.
    fn key<K: Key>(&self) -> Option<(K, &'p [AccessStep<'p>])> {
        match self.rest {
            [AccessStep::Key(key), rest @ ..] => Some((K::of(*key)?, rest)),
            _ => None,
        }
    }
}

impl<M: 'static> Visitor<M> for AccessorBuilder<'_> {
    type Break = Accessor<M>;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.accept(field, || Box::new(move |message| Some(L::view(lens.get(message)))))
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, L::Value>,
    ) -> ControlFlow<Self::Break> {
        self.accept(field, || Box::new(move |message| lens.get(message).map(L::view)))
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Self::Break> {
        self.accept(field, || {
            let inner = accessor_at::<F>(self.rest);
            Box::new(move |message| lens.get(message).and_then(&inner))
        })
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Self::Break> {
        self.accept(field, || {
            let inner = accessor_at::<F>(self.rest);
            Box::new(move |message| inner(lens.get(message)))
        })
    }

    // A list is not a single value.

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
        self.accept(field, || {
            let Some((key, _)) = self.key::<K>() else { return absent() };
            Box::new(move |message| lens.get(message).get(&key).map(L::view))
        })
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.accept(field, || {
            let Some((key, rest)) = self.key::<K>() else { return absent() };
            let inner = accessor_at::<F>(rest);
            Box::new(move |message| lens.get(message).get(&key).and_then(&inner))
        })
    }
}
