//! Names of an enum's values by their numbers, for enums that have them.
//!
//! The enums of prost have `TryFrom<i32>` and `as_str_name`. Types of others may lack both: methods of a type go before
//! those of a trait, so the traits here stand in for what a type has not.

use std::marker::PhantomData;

/// Values of an enum by their numbers.
#[derive(Debug)]
pub struct Numbered<T>(PhantomData<T>);

impl<T: TryFrom<i32>> Numbered<T> {
    /// The value with this number.
    #[must_use]
    pub fn value(number: i32) -> Option<T> {
        T::try_from(number).ok()
    }
}

/// Stands in for [`Numbered::value`] where the type has no `TryFrom<i32>`.
pub trait NoNumbers<T> {
    /// No value.
    #[must_use]
    fn value(_: i32) -> Option<T> {
        None
    }
}

impl<T> NoNumbers<T> for Numbered<T> {}

/// Stands in for the method of prost's enums.
pub trait NoNames {
    /// No name.
    fn as_str_name(&self) -> Option<&'static str> {
        None
    }
}

impl<T> NoNames for T {}
