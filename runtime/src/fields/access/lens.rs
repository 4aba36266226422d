//! Lenses: access to one field of a message.
//!
//! Generated code creates lenses from closures without captures. Such a lens has no size and no cost at run time. It is
//! `Copy`, `Send` and `Sync`, so accessors that are built from lenses can be stored and shared between threads.

use std::marker::PhantomData;

use super::storage::OptionalStorage;

/// Lens of a field that always has a value.
pub trait Lens<M, T>: Copy + Send + Sync + 'static {
    /// Returns the field of a message.
    fn get<'m>(&self, message: &'m M) -> &'m T;
    /// Returns the field of a message, to change it.
    fn get_mut<'m>(&self, message: &'m mut M) -> &'m mut T;
}

/// Lens of a field that can be absent: an `Option`, or a member of a oneof.
pub trait OptionalLens<M, T>: Copy + Send + Sync + 'static {
    /// Returns the value, if the field is set.
    fn get<'m>(&self, message: &'m M) -> Option<&'m T>;
    /// Returns the value, to change it.
    fn get_mut<'m>(&self, message: &'m mut M) -> Option<&'m mut T>;
    /// Sets the field. Another member of its oneof is dropped.
    fn put(&self, message: &mut M, value: T);
    /// Removes and returns the value. Another member of its oneof stays.
    fn take(&self, message: &mut M) -> Option<T>;
}

/// Lens of two closures; see [`field_lens`].
pub struct FieldLens<M, T, G, H> {
    get: G,
    get_mut: H,
    types: PhantomData<fn(&M) -> &T>,
}

/// Creates the lens of a field that always has a value.
#[inline]
pub fn field_lens<M, T, G, H>(get: G, get_mut: H) -> FieldLens<M, T, G, H>
where
    G: for<'m> Fn(&'m M) -> &'m T,
    H: for<'m> Fn(&'m mut M) -> &'m mut T,
{
    FieldLens { get, get_mut, types: PhantomData }
}

impl<M, T, G: Copy, H: Copy> Clone for FieldLens<M, T, G, H> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, T, G: Copy, H: Copy> Copy for FieldLens<M, T, G, H> {}

impl<M: 'static, T: 'static, G, H> Lens<M, T> for FieldLens<M, T, G, H>
where
    G: for<'m> Fn(&'m M) -> &'m T + Copy + Send + Sync + 'static,
    H: for<'m> Fn(&'m mut M) -> &'m mut T + Copy + Send + Sync + 'static,
{
    #[inline]
    fn get<'m>(&self, message: &'m M) -> &'m T {
        (self.get)(message)
    }

    #[inline]
    fn get_mut<'m>(&self, message: &'m mut M) -> &'m mut T {
        (self.get_mut)(message)
    }
}

/// Lens of an optional field; see [`option_field_lens`].
pub struct OptionFieldLens<M, S, G, H>(FieldLens<M, S, G, H>);

/// Creates the lens of a field that is an `Option`.
#[inline]
pub fn option_field_lens<M, S, G, H>(get: G, get_mut: H) -> OptionFieldLens<M, S, G, H>
where
    G: for<'m> Fn(&'m M) -> &'m S,
    H: for<'m> Fn(&'m mut M) -> &'m mut S,
{
    OptionFieldLens(field_lens(get, get_mut))
}

impl<M, S, G: Copy, H: Copy> Clone for OptionFieldLens<M, S, G, H> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, S, G: Copy, H: Copy> Copy for OptionFieldLens<M, S, G, H> {}

impl<M: 'static, T: 'static, S: OptionalStorage<T> + 'static, G, H> OptionalLens<M, T> for OptionFieldLens<M, S, G, H>
where
    G: for<'m> Fn(&'m M) -> &'m S + Copy + Send + Sync + 'static,
    H: for<'m> Fn(&'m mut M) -> &'m mut S + Copy + Send + Sync + 'static,
{
    #[inline]
    fn get<'m>(&self, message: &'m M) -> Option<&'m T> {
        self.0.get(message).value()
    }

    #[inline]
    fn get_mut<'m>(&self, message: &'m mut M) -> Option<&'m mut T> {
        self.0.get_mut(message).value_mut()
    }

    #[inline]
    fn put(&self, message: &mut M, value: T) {
        self.0.get_mut(message).set(value);
    }

    #[inline]
    fn take(&self, message: &mut M) -> Option<T> {
        self.0.get_mut(message).clear()
    }
}

/// Lens of a member of a oneof; see [`oneof_lens`].
pub struct OneofLens<M, T, G, H, P, K> {
    get: G,
    get_mut: H,
    put: P,
    take: K,
    types: PhantomData<fn(&M) -> &T>,
}

/// Creates the lens of a member of a oneof.
#[inline]
pub fn oneof_lens<M, T, G, H, P, K>(get: G, get_mut: H, put: P, take: K) -> OneofLens<M, T, G, H, P, K>
where
    G: for<'m> Fn(&'m M) -> Option<&'m T>,
    H: for<'m> Fn(&'m mut M) -> Option<&'m mut T>,
    P: Fn(&mut M, T),
    K: Fn(&mut M) -> Option<T>,
{
    OneofLens { get, get_mut, put, take, types: PhantomData }
}

impl<M, T, G: Copy, H: Copy, P: Copy, K: Copy> Clone for OneofLens<M, T, G, H, P, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, T, G: Copy, H: Copy, P: Copy, K: Copy> Copy for OneofLens<M, T, G, H, P, K> {}

impl<M: 'static, T: 'static, G, H, P, K> OptionalLens<M, T> for OneofLens<M, T, G, H, P, K>
where
    G: for<'m> Fn(&'m M) -> Option<&'m T> + Copy + Send + Sync + 'static,
    H: for<'m> Fn(&'m mut M) -> Option<&'m mut T> + Copy + Send + Sync + 'static,
    P: Fn(&mut M, T) + Copy + Send + Sync + 'static,
    K: Fn(&mut M) -> Option<T> + Copy + Send + Sync + 'static,
{
    #[inline]
    fn get<'m>(&self, message: &'m M) -> Option<&'m T> {
        (self.get)(message)
    }

    #[inline]
    fn get_mut<'m>(&self, message: &'m mut M) -> Option<&'m mut T> {
        (self.get_mut)(message)
    }

    #[inline]
    fn put(&self, message: &mut M, value: T) {
        (self.put)(message, value);
    }

    #[inline]
    fn take(&self, message: &mut M) -> Option<T> {
        (self.take)(message)
    }
}
