//! Clears the fields that have a behavior, at any depth.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use crate::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

/// Clears every field that has one of these behaviors, also in lists and maps. A proto2 `required` field is set to its
/// default.
pub(in crate::mask) fn strip<F: Fields>(message: &mut F::Message, behavior: Behavior) {
    if F::REACHES.has(behavior) {
        let _ = F::visit(&mut Strip { message, behavior });
    }
}

struct Strip<'a, M> {
    message: &'a mut M,
    behavior: Behavior,
}

impl<M> Strip<'_, M> {
    fn is_cleared(&self, field: FieldInfo) -> bool {
        field.behavior.has(self.behavior)
    }
}

impl<M> Visitor<M> for Strip<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            *lens.get_mut(self.message) = L::Value::default();
        }
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            lens.take(self.message);
        }
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            lens.take(self.message);
        } else if let Some(inner) = lens.get_mut(self.message) {
            strip::<F>(inner, self.behavior);
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            *lens.get_mut(self.message) = F::Message::default();
        } else {
            strip::<F>(lens.get_mut(self.message), self.behavior);
        }
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            lens.get_mut(self.message).clear();
        }
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            lens.get_mut(self.message).clear();
        } else if F::REACHES.has(self.behavior) {
            for item in lens.get_mut(self.message) {
                strip::<F>(item, self.behavior);
            }
        }
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            *lens.get_mut(self.message) = C::default();
        }
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            *lens.get_mut(self.message) = C::default();
        } else if F::REACHES.has(self.behavior) {
            lens.get_mut(self.message).retain(|_, value| {
                strip::<F>(value, self.behavior);
                true
            });
        }
        Continue(())
    }
}
