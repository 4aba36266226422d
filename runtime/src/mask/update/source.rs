//! Source of the values of an update: a message that is read, or one that is consumed.

use crate::fields::{Lens, OptionalLens};

/// Message whose values are copied or moved.
pub(in crate::mask) trait Source<M> {
    /// Source for a message in a field.
    type Child<'s, N: 's>: Source<N>
    where
        Self: 's,
        M: 's;

    /// Returns the message.
    fn get(&self) -> &M;

    /// Assigns the value of a field to `stored`.
    fn assign<T: Clone>(&mut self, stored: &mut M, lens: impl Lens<M, T>);

    /// Assigns the value of an optional field to `stored`, if it has one.
    fn assign_optional<T: Clone + 'static>(&mut self, stored: &mut M, lens: impl OptionalLens<M, T>);

    /// Returns the source for the message in a field.
    fn child<'s, N: 's>(&'s mut self, lens: impl Lens<M, N>) -> Self::Child<'s, N>
    where
        M: 's;

    /// Returns the source for the message in an optional field.
    fn child_optional<'s, N: 's>(&'s mut self, lens: impl OptionalLens<M, N>) -> Option<Self::Child<'s, N>>
    where
        M: 's;
}

/// Source that copies. The stored values keep their allocations.
pub(in crate::mask) struct ByRef<'a, M>(pub(in crate::mask) &'a M);

/// Source that swaps: the stored values move to the source.
pub(in crate::mask) struct ByMove<'a, M>(pub(in crate::mask) &'a mut M);

impl<M> Source<M> for ByRef<'_, M> {
    type Child<'s, N: 's>
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
            Some(current) => current.clone_from(value),
            None => lens.put(stored, value.clone()),
        }
    }

    #[inline]
    fn child<'s, N: 's>(&'s mut self, lens: impl Lens<M, N>) -> ByRef<'s, N>
    where
        M: 's,
    {
        ByRef(lens.get(self.0))
    }

    #[inline]
    fn child_optional<'s, N: 's>(&'s mut self, lens: impl OptionalLens<M, N>) -> Option<ByRef<'s, N>>
    where
        M: 's,
    {
        lens.get(self.0).map(ByRef)
    }
}

impl<M> Source<M> for ByMove<'_, M> {
    type Child<'s, N: 's>
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
            (Some(current), Some(value)) => std::mem::swap(current, value),
            _ => {
                if let Some(value) = lens.take(self.0) {
                    lens.put(stored, value);
                }
            }
        }
    }

    #[inline]
    fn child<'s, N: 's>(&'s mut self, lens: impl Lens<M, N>) -> ByMove<'s, N>
    where
        M: 's,
    {
        ByMove(lens.get_mut(self.0))
    }

    #[inline]
    fn child_optional<'s, N: 's>(&'s mut self, lens: impl OptionalLens<M, N>) -> Option<ByMove<'s, N>>
    where
        M: 's,
    {
        lens.get_mut(self.0).map(ByMove)
    }
}
