//! Storage of values in the structs of prost: plain or in a `Box`, optional or not.

/// A value, or a value in a `Box`.
pub trait MaybeBoxed<T> {
    /// Stores the value, in a `Box` where the field has one.
    fn wrap(value: T) -> Self;
    /// Returns the stored value.
    fn unwrap(self) -> T;
    /// Returns a reference to the value.
    fn value(&self) -> &T;
    /// Returns the value, to change it.
    fn value_mut(&mut self) -> &mut T;
}

impl<T> MaybeBoxed<T> for T {
    fn wrap(value: T) -> Self {
        value
    }

    fn unwrap(self) -> T {
        self
    }

    fn value(&self) -> &T {
        self
    }

    fn value_mut(&mut self) -> &mut T {
        self
    }
}

impl<T> MaybeBoxed<T> for Box<T> {
    fn wrap(value: T) -> Self {
        Self::new(value)
    }

    fn unwrap(self) -> T {
        *self
    }

    fn value(&self) -> &T {
        self
    }

    fn value_mut(&mut self) -> &mut T {
        self
    }
}

/// Storage of an optional field: `Option<T>` or `Option<Box<T>>`.
pub trait OptionalStorage<T>: Sized {
    /// Returns the value, if the field is set.
    fn value(&self) -> Option<&T>;
    /// Returns the value, to change it.
    fn value_mut(&mut self) -> Option<&mut T>;
    /// Sets the value. A `Box` that exists is reused.
    fn set(&mut self, value: T);
    /// Removes and returns the value.
    fn clear(&mut self) -> Option<T>;
}

impl<T, H: MaybeBoxed<T>> OptionalStorage<T> for Option<H> {
    #[inline]
    fn value(&self) -> Option<&T> {
        self.as_ref().map(H::value)
    }

    #[inline]
    fn value_mut(&mut self) -> Option<&mut T> {
        self.as_mut().map(H::value_mut)
    }

    #[inline]
    fn set(&mut self, value: T) {
        match self {
            Some(held) => *held.value_mut() = value,
            None => *self = Some(H::wrap(value)),
        }
    }

    #[inline]
    fn clear(&mut self) -> Option<T> {
        self.take().map(H::unwrap)
    }
}
