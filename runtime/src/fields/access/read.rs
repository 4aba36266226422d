//! Look-up of one value in a message by the positions of fields.

use std::ops::ControlFlow::{self, Break, Continue};

use super::{Fields, Key, Leaf, Lens, Map, OptionalLens, Value, Visitor};
use crate::fields::FieldInfo;

/// Returns the value of the field at this position, if the field is singular, of a value type, and set.
#[inline]
#[must_use]
pub fn value<F: Fields>(message: &F::Message, index: u16) -> Option<Value<'_>> {
    F::visit(&mut At { message, index, rest: &[] }).break_value().flatten()
}

/// Returns the value at a path of singular fields. Returns `None` if one of them is not set.
pub(crate) fn value_at<'m, F: Fields>(message: &'m F::Message, path: &[u16]) -> Option<Value<'m>> {
    let (index, rest) = path.split_first()?;
    F::visit(&mut At { message, index: *index, rest }).break_value().flatten()
}

struct At<'m, 'p, M> {
    message: &'m M,
    index: u16,
    rest: &'p [u16],
}

impl<'m, M> At<'m, '_, M> {
    #[inline]
    fn found(&self, field: FieldInfo, value: impl FnOnce() -> Option<Value<'m>>) -> ControlFlow<Option<Value<'m>>> {
        if field.index == self.index { Break(value()) } else { Continue(()) }
    }
}

impl<'m, M> Visitor<M> for At<'m, '_, M> {
    type Break = Option<Value<'m>>;

    #[inline]
    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.found(field, || Some(L::view(lens.get(self.message))))
    }

    #[inline]
    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.found(field, || Some(L::view(lens.get(self.message))))
    }

    #[inline]
    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, L::Value>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || lens.get(self.message).map(L::view))
    }

    #[inline]
    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || lens.get(self.message).and_then(|message| value_at::<F>(message, self.rest)))
    }

    #[inline]
    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || value_at::<F>(lens.get(self.message), self.rest))
    }

    #[inline]
    fn repeated<L: Leaf>(&mut self, field: FieldInfo, _: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Self::Break> {
        self.found(field, || None)
    }

    #[inline]
    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || None)
    }

    #[inline]
    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || None)
    }

    #[inline]
    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || None)
    }
}
