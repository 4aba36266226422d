//! Fields that hold a number of items, of either sign and width, with or without presence.

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
