//! Typed paths: the constants that generated code puts on every described message, and how they are joined.

use std::marker::PhantomData;

use super::{Fields, KeyRef};

/// Largest number of steps of a typed path. Longer paths, through recursive messages, are parsed from text.
const MAX_STEPS: usize = 12;

/// The way from a message `R` to a field whose type is `T`.
///
/// `T` says what can follow: a message, [`Items`], [`Entries`], or, at the end, [`Scalar`] or [`Whole`].
///
/// ```ignore
/// const CITY: Path<'static, Book, Scalar> = Book::AUTHOR.join(Author::ADDRESS).join(Address::CITY);
/// ```
pub struct Path<'k, R, T> {
    steps: [Step<'k>; MAX_STEPS],
    length: usize,
    types: PhantomData<fn(R) -> T>,
}

/// The end of a path: a scalar, an enum, a timestamp, a duration, or a wrapper of a scalar.
#[derive(Debug)]
pub enum Scalar {}

/// The end of a path: a message without fields that are described here, which is taken whole and has no order.
///
/// It cannot be sorted by:
///
/// ```compile_fail,E0308
/// # #[derive(Clone, PartialEq, Default)]
/// # struct Book { extra: Option<prost_types::Any> }
/// transom::__private::fields! {
///     impl Book = "library.v1.Book", reaches [];
///     0 EXTRA = 1, "extra", "extra", [] opaque(prost_types::Any, "google.protobuf.Any"): optional(extra);
/// }
/// let order = transom::order::OrderBy::<Book>::new().asc(Book::EXTRA);
/// ```
#[derive(Debug)]
pub enum Whole {}

/// A list, with elements of the type `T`.
#[derive(Debug)]
pub struct Items<T>(PhantomData<T>);

/// A map, with keys of the type `K` and values of the type `T`.
#[derive(Debug)]
pub struct Entries<K, T>(PhantomData<(K, T)>);

/// Anything: what a path leads to whose type does not matter.
#[derive(Debug)]
pub enum Any {}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'k> {
    /// The field at this position in the schema.
    Field(u16),
    /// Every element of a list: `*`.
    Item,
    /// Every value of a map: `*`.
    Entry,
    /// One value of a map.
    Key(KeyRef<'k>),
}

impl<R, T> Path<'static, R, T> {
    /// The field at this position of the message's schema; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_field(index: u16) -> Self {
        let mut steps = [Step::Item; MAX_STEPS];
        steps[0] = Step::Field(index);
        Self { steps, length: 1, types: PhantomData }
    }
}

impl<'k, R, T> Path<'k, R, T> {
    /// The path, whatever it leads to: for lists of paths to fields of several types.
    #[must_use]
    pub const fn any(self) -> Path<'k, R, Any> {
        Path { steps: self.steps, length: self.length, types: PhantomData }
    }

    /// The position of the field that the path starts with, in the schema of the outermost message; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn position(&self) -> u16 {
        match self.steps[0] {
            Step::Field(index) => index,
            // A path starts with a field.
            Step::Item | Step::Entry | Step::Key(_) => u16::MAX,
        }
    }

    /// The steps, from the outermost message inwards.
    #[must_use]
    pub const fn steps(&self) -> &[Step<'k>] {
        self.steps.split_at(self.length).0
    }

    #[expect(clippy::panic, reason = "paths are written in code, most in constants, where this is a compile error")]
    const fn push<U>(self, step: Step<'k>) -> Path<'k, R, U> {
        let Self { mut steps, length, .. } = self;
        if length == MAX_STEPS {
            panic!("a typed path has at most 12 steps; parse a longer one from its text");
        }
        steps[length] = step;
        Path { steps, length: length + 1, types: PhantomData }
    }
}

/// The end of a path that fields can follow: one message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "no field can follow a path to `{Self}`",
    label = "only fields of one message can follow, and the path leads to `{Self}`",
    note = "a path to a list goes on after `.each()`, one to a map after `.each()` or `.key(…)`; nothing follows a scalar"
)]
pub trait Joins {}

impl<F: Fields> Joins for F {}

impl<'k, R, T> Path<'k, R, T> {
    /// The path to a field of the message that this path leads to.
    ///
    /// A list or a map has no fields; its elements have:
    ///
    /// ```compile_fail,E0277
    /// # use transom::fields::{ListValue, Struct, StructValue};
    /// let path = ListValue::VALUES.join(StructValue::STRING_VALUE);
    /// ```
    ///
    /// ```
    /// # use transom::fields::{ListValue, Struct, StructValue};
    /// let path = ListValue::VALUES.each().join(StructValue::STRING_VALUE);
    /// ```
    ///
    /// # Panics
    ///
    /// When the path gets longer than 12 steps; in a constant, that is a compile error.
    #[must_use]
    pub const fn join<U>(self, next: Path<'k, T, U>) -> Path<'k, R, U>
    where
        T: Joins,
    {
        let mut path = Path { steps: self.steps, length: self.length, types: PhantomData };
        let mut index = 0;
        while index < next.length {
            path = path.push(next.steps[index]);
            index += 1;
        }
        path
    }
}

impl<'k, R, T> Path<'k, R, Items<T>> {
    /// The path to every element: `authors.*`.
    ///
    /// # Panics
    ///
    /// When the path gets longer than 12 steps; in a constant, that is a compile error.
    #[must_use]
    pub const fn each(self) -> Path<'k, R, T> {
        self.push(Step::Item)
    }
}

impl<'k, R, K, T> Path<'k, R, Entries<K, T>> {
    /// The path to every value: `reviews.*`.
    ///
    /// # Panics
    ///
    /// When the path gets longer than 12 steps; in a constant, that is a compile error.
    #[must_use]
    pub const fn each(self) -> Path<'k, R, T> {
        self.push(Step::Entry)
    }
}

/// Gives maps with one type of keys the step to a key.
macro_rules! keys {
    ($($type:ty, $given:ty: |$key:ident| $view:expr;)*) => {$(
        impl<'k, R, T> Path<'k, R, Entries<$type, T>> {
            /// The path to the value of one key.
            ///
            /// # Panics
            ///
            /// When the path gets longer than 12 steps; in a constant, that is a compile error.
            #[must_use]
            pub const fn key(self, $key: $given) -> Path<'k, R, T> {
                self.push(Step::Key($view))
            }
        }
    )*};
}

keys! {
    String, &'k str: |key| KeyRef::Text(key);
    i32, i32: |key| KeyRef::Int(key as i64);
    i64, i64: |key| KeyRef::Int(key);
    u32, u32: |key| KeyRef::Uint(key as u64);
    u64, u64: |key| KeyRef::Uint(key);
    bool, bool: |key| KeyRef::Bool(key);
}

impl<R, T> Clone for Path<'_, R, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T> Copy for Path<'_, R, T> {}

impl<R, T> std::fmt::Debug for Path<'_, R, T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.steps()).finish()
    }
}
