//! Fields that hold a number of items, of either sign and width, with or without presence; and whether a response has one.

/// A field that counts: `page_size`, `skip`, `limit`, `offset`. Absent is 0.
pub trait Count {
    /// The number; one beyond the range is its end, which no list reaches.
    fn count(&self) -> i64;
}

/// A field that counts the whole list: `total_size`.
pub trait Total {
    /// A number of items; the largest number of the type for more than it can say.
    fn total(count: u64) -> Self;
}

/// What a response says about the size of the whole list: `u64`, or `()` where it says nothing.
pub trait TotalSize: sealed::Sealed {
    /// What it says of a list with so many items.
    #[doc(hidden)]
    fn of(count: u64) -> Self;
}

impl TotalSize for u64 {
    fn of(count: u64) -> Self {
        count
    }
}

impl TotalSize for () {
    fn of(_: u64) {}
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for u64 {}
    impl Sealed for () {}
}

/// Implements the traits for types of integers.
macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Count for $type {
            fn count(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }

        impl Total for $type {
            fn total(count: u64) -> Self {
                Self::try_from(count).unwrap_or(Self::MAX)
            }
        }
    )*};
}

integers!(i32, i64, u32, u64);

// The option `boxed` puts wrappers into boxes.
impl<T: Count> Count for Box<T> {
    fn count(&self) -> i64 {
        T::count(self)
    }
}

impl<T: Total> Total for Box<T> {
    fn total(count: u64) -> Self {
        Self::new(T::total(count))
    }
}

impl<T: Count> Count for Option<T> {
    fn count(&self) -> i64 {
        self.as_ref().map_or(0, T::count)
    }
}

impl<T: Total> Total for Option<T> {
    fn total(count: u64) -> Self {
        Some(T::total(count))
    }
}
