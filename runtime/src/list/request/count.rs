//! Integer fields of list requests and responses: numbers of items, of any width, with or without presence.

/// Field of a request with a number of items: `page_size`, `skip`, `limit`, `offset`. An absent field is 0.
pub trait CountField {
    /// Returns the number. A number above `i64::MAX` becomes `i64::MAX`, which is beyond the end of any list.
    fn count(&self) -> i64;
}

/// Field of a response with the size of the whole list: `total_size`.
pub trait TotalField {
    /// Creates the value of the field. A size above the maximum of the type becomes that maximum.
    fn from_total(total: u64) -> Self;
}

/// Total size of a list for a response: `u64`, or `()` if the response has no field for it.
pub trait TotalSize: sealed::Sealed {
    /// Creates the total size of a list with this many items.
    #[doc(hidden)]
    fn from_count(count: u64) -> Self;
}

impl TotalSize for u64 {
    fn from_count(count: u64) -> Self {
        count
    }
}

impl TotalSize for () {
    fn from_count(_: u64) {}
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for u64 {}
    impl Sealed for () {}
}

/// Implements the traits for integer types.
macro_rules! integers {
    ($($type:ty),*) => {$(
        impl CountField for $type {
            fn count(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }

        impl TotalField for $type {
            fn from_total(total: u64) -> Self {
                Self::try_from(total).unwrap_or(Self::MAX)
            }
        }
    )*};
}

integers!(i32, i64, u32, u64);

// The option `boxed` stores wrappers in boxes.
impl<T: CountField> CountField for Box<T> {
    fn count(&self) -> i64 {
        T::count(self)
    }
}

impl<T: TotalField> TotalField for Box<T> {
    fn from_total(total: u64) -> Self {
        Self::new(T::from_total(total))
    }
}

impl<T: CountField> CountField for Option<T> {
    fn count(&self) -> i64 {
        self.as_ref().map_or(0, T::count)
    }
}

impl<T: TotalField> TotalField for Option<T> {
    fn from_total(total: u64) -> Self {
        Some(T::from_total(total))
    }
}
