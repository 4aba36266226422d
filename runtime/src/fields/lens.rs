//! Lenses: how a visitor reaches one field of whatever message it holds.
//!
//! Generated code makes them of closures that capture nothing, so they cost nothing at run time, and what is built of
//! them can be kept and shared between threads.

use std::marker::PhantomData;

/// A field that is always there.
pub trait Lens<M, T>: Copy + Send + Sync + 'static {
    /// The field of a message.
    fn get<'m>(&self, message: &'m M) -> &'m T;
    /// The field of a message, to change it.
    fn get_mut<'m>(&self, message: &'m mut M) -> &'m mut T;
}

/// A field that can be absent: an `Option`, or a member of a oneof.
pub trait OptionalLens<M, T>: Copy + Send + Sync + 'static {
    /// The value, if the field is set.
    fn get<'m>(&self, message: &'m M) -> Option<&'m T>;
    /// The value, to change it.
    fn get_mut<'m>(&self, message: &'m mut M) -> Option<&'m mut T>;
    /// Sets the field; another member of its oneof is dropped.
    fn put(&self, message: &mut M, value: T);
    /// Takes the value; a oneof that holds another member keeps it.
    fn take(&self, message: &mut M) -> Option<T>;
}

/// A value, or a value in a box.
pub trait Held<T> {
    /// Puts the value in its box.
    fn hold(value: T) -> Self;
    /// Takes it out.
    fn release(self) -> T;
    /// The value.
    fn value(&self) -> &T;
    /// The value, to change it.
    fn value_mut(&mut self) -> &mut T;
}

impl<T> Held<T> for T {
    fn hold(value: T) -> Self {
        value
    }

    fn release(self) -> T {
        self
    }

    fn value(&self) -> &T {
        self
    }

    fn value_mut(&mut self) -> &mut T {
        self
    }
}

impl<T> Held<T> for Box<T> {
    fn hold(value: T) -> Self {
        Self::new(value)
    }

    fn release(self) -> T {
        *self
    }

    fn value(&self) -> &T {
        self
    }

    fn value_mut(&mut self) -> &mut T {
        self
    }
}

/// What an optional field is stored in: `Option<T>` or `Option<Box<T>>`.
pub trait Slot<T>: Sized {
    /// The value, if there is one.
    fn value(&self) -> Option<&T>;
    /// The value, to change it.
    fn value_mut(&mut self) -> Option<&mut T>;
    /// Sets the value; a box that is there already is used again.
    fn set(&mut self, value: T);
    /// Takes the value.
    fn clear(&mut self) -> Option<T>;
}

impl<T, H: Held<T>> Slot<T> for Option<H> {
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
            None => *self = Some(H::hold(value)),
        }
    }

    #[inline]
    fn clear(&mut self) -> Option<T> {
        self.take().map(H::release)
    }
}

/// A lens of two closures; see [`place`].
pub struct Place<M, T, G, H> {
    get: G,
    get_mut: H,
    types: PhantomData<fn(&M) -> &T>,
}

/// Makes the lens of a field that is always there.
#[inline]
pub fn place<M, T, G, H>(get: G, get_mut: H) -> Place<M, T, G, H>
where
    G: for<'m> Fn(&'m M) -> &'m T,
    H: for<'m> Fn(&'m mut M) -> &'m mut T,
{
    Place { get, get_mut, types: PhantomData }
}

impl<M, T, G: Copy, H: Copy> Clone for Place<M, T, G, H> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, T, G: Copy, H: Copy> Copy for Place<M, T, G, H> {}

impl<M: 'static, T: 'static, G, H> Lens<M, T> for Place<M, T, G, H>
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

/// A lens into an optional field; see [`slot`].
pub struct SlotPlace<M, S, G, H>(Place<M, S, G, H>);

/// Makes the lens of a field that is an `Option`.
#[inline]
pub fn slot<M, S, G, H>(get: G, get_mut: H) -> SlotPlace<M, S, G, H>
where
    G: for<'m> Fn(&'m M) -> &'m S,
    H: for<'m> Fn(&'m mut M) -> &'m mut S,
{
    SlotPlace(place(get, get_mut))
}

impl<M, S, G: Copy, H: Copy> Clone for SlotPlace<M, S, G, H> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, S, G: Copy, H: Copy> Copy for SlotPlace<M, S, G, H> {}

impl<M: 'static, T: 'static, S: Slot<T> + 'static, G, H> OptionalLens<M, T> for SlotPlace<M, S, G, H>
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

/// A lens to a member of a oneof; see [`arm`].
pub struct Arm<M, T, G, H, P, K> {
    get: G,
    get_mut: H,
    put: P,
    take: K,
    types: PhantomData<fn(&M) -> &T>,
}

/// Makes the lens of a member of a oneof.
#[inline]
pub fn arm<M, T, G, H, P, K>(get: G, get_mut: H, put: P, take: K) -> Arm<M, T, G, H, P, K>
where
    G: for<'m> Fn(&'m M) -> Option<&'m T>,
    H: for<'m> Fn(&'m mut M) -> Option<&'m mut T>,
    P: Fn(&mut M, T),
    K: Fn(&mut M) -> Option<T>,
{
    Arm { get, get_mut, put, take, types: PhantomData }
}

impl<M, T, G: Copy, H: Copy, P: Copy, K: Copy> Clone for Arm<M, T, G, H, P, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, T, G: Copy, H: Copy, P: Copy, K: Copy> Copy for Arm<M, T, G, H, P, K> {}

impl<M: 'static, T: 'static, G, H, P, K> OptionalLens<M, T> for Arm<M, T, G, H, P, K>
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
