//! Protobuf's own merge: what one message has set goes over to another, lists are joined, messages are merged.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::options::{ApplyOptions, Lists};
use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

/// Merges a message into another.
pub(super) fn merge<F: Fields>(stored: &mut F::Message, given: &F::Message, options: ApplyOptions) {
    let _ = F::visit(&mut Merge { stored, given, options });
}

struct Merge<'a, M> {
    stored: &'a mut M,
    given: &'a M,
    options: ApplyOptions,
}

impl<M> Merge<'_, M> {
    fn list<T: Clone>(&mut self, lens: impl Lens<M, Vec<T>>) {
        let given = lens.get(self.given);
        if !given.is_empty() {
            let stored = lens.get_mut(self.stored);
            if self.options.lists == Lists::Replace {
                stored.clear();
            }
            stored.extend_from_slice(given);
        }
    }

    fn entries<K: Key, V: Clone, C: Map<K, V>>(&mut self, lens: impl Lens<M, C>) {
        let given = lens.get(self.given);
        if !given.is_empty() && self.options.lists == Lists::Replace {
            *lens.get_mut(self.stored) = C::default();
        }
        for (key, value) in given.entries() {
            lens.get_mut(self.stored).insert(key.clone(), value.clone());
        }
    }
}

impl<M> Visitor<M> for Merge<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, _: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        let given = lens.get(self.given);
        if !L::is_default(given) {
            lens.get_mut(self.stored).clone_from(given);
        }
        Continue(())
    }

    fn required<L: Leaf>(&mut self, _: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        lens.get_mut(self.stored).clone_from(lens.get(self.given));
        Continue(())
    }

    fn optional<L: Leaf>(&mut self, _: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        if let Some(given) = lens.get(self.given) {
            lens.put(self.stored, given.clone());
        }
        Continue(())
    }

    fn message<F: Fields>(&mut self, _: FieldInfo, lens: impl OptionalLens<M, F::Message>) -> ControlFlow<Infallible> {
        if let Some(given) = lens.get(self.given) {
            match lens.get_mut(self.stored) {
                Some(stored) => merge::<F>(stored, given, self.options),
                None => lens.put(self.stored, given.clone()),
            }
        }
        Continue(())
    }

    fn required_message<F: Fields>(&mut self, _: FieldInfo, lens: impl Lens<M, F::Message>) -> ControlFlow<Infallible> {
        merge::<F>(lens.get_mut(self.stored), lens.get(self.given), self.options);
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, _: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        self.list(lens);
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        _: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        self.list(lens);
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        _: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.entries(lens);
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        _: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.entries(lens);
        Continue(())
    }
}
