//! Where values come from when a mask is applied: a message that is only read, or one that is given away.

use crate::fields::{Lens, OptionalLens};

/// A message whose values are copied, or taken.
pub(super) trait Source<M> {
    /// The source for a message inside.
    type Inner<'s, N: 's>: Source<N>
    where
        Self: 's,
        M: 's;

    /// The message, to read it.
    fn get(&self) -> &M;

    /// Carries a field over.
    fn assign<T: Clone>(&mut self, stored: &mut M, lens: impl Lens<M, T>);

    /// Carries the value of an optional field over, if there is one.
    fn assign_optional<T: Clone + 'static>(&mut self, stored: &mut M, lens: impl OptionalLens<M, T>);

    /// The message in a field.
    fn inner<'s, N: 's>(&'s mut self, lens: impl Lens<M, N>) -> Self::Inner<'s, N>
    where
        M: 's;

    /// The message in an optional field.
    fn inner_optional<'s, N: 's>(&'s mut self, lens: impl OptionalLens<M, N>) -> Option<Self::Inner<'s, N>>
    where
        M: 's;
}

/// Copies; what is stored keeps its allocations.
pub(super) struct ByRef<'a, M>(pub(super) &'a M);

/// Exchanges: the source is left with what was stored.
pub(super) struct ByMove<'a, M>(pub(super) &'a mut M);

impl<M> Source<M> for ByRef<'_, M> {
    type Inner<'s, N: 's>
        = ByRef<'s, N>
    where
        Self: 's,
        M: 's;

    #[inline]
    fn get(&self) -> &M {
        self.0
    }

    #[inline]
    fn assign<T: Clone>(&mut self, stored: &mut M, lens: impl Lens<M, T>) {
        lens.get_mut(stored).clone_from(lens.get(self.0));
    }

    #[inline]
    fn assign_optional<T: Clone + 'static>(&mut self, stored: &mut M, lens: impl OptionalLens<M, T>) {
        let Some(value) = lens.get(self.0) else { return };
        match lens.get_mut(stored) {
            Some(place) => place.clone_from(value),
            None => lens.put(stored, value.clone()),
        }
    }

    #[inline]
    fn inner<'s, N: 's>(&'s mut self, lens: impl Lens<M, N>) -> ByRef<'s, N>
    where
        M: 's,
    {
        ByRef(lens.get(self.0))
    }

    #[inline]
    fn inner_optional<'s, N: 's>(&'s mut self, lens: impl OptionalLens<M, N>) -> Option<ByRef<'s, N>>
    where
        M: 's,
    {
        lens.get(self.0).map(ByRef)
    }
}

impl<M> Source<M> for ByMove<'_, M> {
    type Inner<'s, N: 's>
        = ByMove<'s, N>
    where
        Self: 's,
        M: 's;

    #[inline]
    fn get(&self) -> &M {
        self.0
    }

    #[inline]
    fn assign<T: Clone>(&mut self, stored: &mut M, lens: impl Lens<M, T>) {
        std::mem::swap(lens.get_mut(stored), lens.get_mut(self.0));
    }

    #[inline]
    fn assign_optional<T: Clone + 'static>(&mut self, stored: &mut M, lens: impl OptionalLens<M, T>) {
        match (lens.get_mut(stored), lens.get_mut(self.0)) {
            (Some(place), Some(value)) => std::mem::swap(place, value),
            _ => {
                if let Some(value) = lens.take(self.0) {
                    lens.put(stored, value);
                }
            }
        }
    }

    #[inline]
    fn inner<'s, N: 's>(&'s mut self, lens: impl Lens<M, N>) -> ByMove<'s, N>
    where
        M: 's,
    {
        ByMove(lens.get_mut(self.0))
    }

    #[inline]
    fn inner_optional<'s, N: 's>(&'s mut self, lens: impl OptionalLens<M, N>) -> Option<ByMove<'s, N>>
    where
        M: 's,
    {
        lens.get_mut(self.0).map(ByMove)
    }
}
