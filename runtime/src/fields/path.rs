//! Typed paths: the constants that generated code puts on every described message, and how they are joined.

use std::marker::PhantomData;

use super::{Fields, KeyRef};

/// How many steps a typed path can have. Longer ones, through recursive messages, are parsed from text.
const MAX_STEPS: usize = 12;

/// The way from a message `R` to a field whose type is `T`.
///
/// `T` says what can follow: a message, [`Items`], [`Entries`], or [`Scalar`] for the end.
///
/// ```ignore
/// const CITY: Path<'static, Book, Scalar> = Book::AUTHOR.join(Author::ADDRESS).join(Address::CITY);
/// ```
pub struct Path<'k, R, T> {
    steps: AnyPath<'k>,
    types: PhantomData<fn(R) -> T>,
}

/// The end of a path: a scalar, an enum, or a message that is one value.
#[derive(Debug)]
pub enum Scalar {}

/// A list, with elements of the type `T`.
#[derive(Debug)]
pub struct Items<T>(PhantomData<T>);

/// A map, with keys of the type `K` and values of the type `T`.
#[derive(Debug)]
pub struct Entries<K, T>(PhantomData<(K, T)>);

/// The steps of a path, without its types.
#[derive(Debug, Clone, Copy)]
pub struct AnyPath<'k> {
    steps: [Step<'k>; MAX_STEPS],
    length: usize,
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'k> {
    /// The field at this position in the schema.
    Field(u16),
    /// Every element of a list, or every value of a map: `*`.
    Each,
    /// One value of a map.
    Key(KeyRef<'k>),
}

impl<R, T> Path<'static, R, T> {
    /// The field at this position of the message's schema; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_field(index: u16) -> Self {
        let mut steps = [Step::Each; MAX_STEPS];
        steps[0] = Step::Field(index);
        Self { steps: AnyPath { steps, length: 1 }, types: PhantomData }
    }
}

impl<'k, R, T> Path<'k, R, T> {
    /// The path without its types, for lists of paths to fields of several types.
    #[must_use]
    pub const fn any(self) -> AnyPath<'k> {
        self.steps
    }

    const fn push<U>(self, step: Step<'k>) -> Path<'k, R, U> {
        Path { steps: self.steps.push(step), types: PhantomData }
    }
}

impl<'k> AnyPath<'k> {
    /// The steps, from the outermost message inwards.
    #[must_use]
    pub const fn steps(&self) -> &[Step<'k>] {
        self.steps.split_at(self.length).0
    }

    #[expect(clippy::panic, reason = "paths are written in code, most in constants, where this is a compile error")]
    const fn push(mut self, step: Step<'k>) -> Self {
        if self.length == MAX_STEPS {
            panic!("a typed path has at most 12 steps; parse a longer one from its text");
        }
        self.steps[self.length] = step;
        self.length += 1;
        self
    }
}

impl<'k, R, T: Fields> Path<'k, R, T> {
    /// The path to a field of the message that this path leads to.
    ///
    /// # Panics
    ///
    /// When the path gets longer than 12 steps; in a constant, that is a compile error.
    #[must_use]
    pub const fn join<U>(self, next: Path<'k, T, U>) -> Path<'k, R, U> {
        let mut steps = self.steps;
        let mut index = 0;
        while index < next.steps.length {
            steps = steps.push(next.steps.steps[index]);
            index += 1;
        }
        Path { steps, types: PhantomData }
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
        self.push(Step::Each)
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
        self.push(Step::Each)
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
        formatter.debug_list().entries(self.steps.steps()).finish()
    }
}
