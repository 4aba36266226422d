//! One field of a message by its position.

use std::ops::ControlFlow::{self, Break, Continue};

use super::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Value, Visitor};

/// The value of the field at this position of the schema, if it is one value and set.
#[inline]
#[must_use]
pub fn value<F: Fields>(message: &F::Message, index: u16) -> Option<Value<'_>> {
    F::visit(&mut Get { message, index }).break_value().flatten()
}

struct Get<'m, M> {
    message: &'m M,
    index: u16,
}

impl<'m, M> Get<'m, M> {
    #[inline]
    fn found(&self, field: FieldInfo, value: impl FnOnce() -> Option<Value<'m>>) -> ControlFlow<Option<Value<'m>>> {
        if field.index == self.index { Break(value()) } else { Continue(()) }
    }
}

impl<'m, M> Visitor<M> for Get<'m, M> {
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
        _: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || None)
    }

    #[inline]
    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, F::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || None)
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
