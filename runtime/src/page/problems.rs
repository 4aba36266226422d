//! Collects what is wrong with a list request.

use std::marker::PhantomData;

use super::request::{Argument, ListRequest};
use crate::fields::Fields as _;
use crate::violation::{Reason, Violation, Violations};

/// What is wrong so far.
pub(super) struct Problems<R> {
    list: Vec<Violation>,
    request: PhantomData<fn(R)>,
}

impl<R> Default for Problems<R> {
    fn default() -> Self {
        Self { list: Vec::new(), request: PhantomData }
    }
}

impl<R: ListRequest> Problems<R> {
    /// A number of items, which is refused when it is negative.
    pub(super) fn count(&mut self, argument: Argument<i64>) -> u64 {
        u64::try_from(argument.value).unwrap_or_else(|_| {
            self.negative(argument);
            0
        })
    }

    /// A number of items is negative.
    pub(super) fn negative(&mut self, argument: Argument<i64>) {
        let description = format!("{} is negative: give 0 or more", argument.value);
        self.add(argument, description, Reason::NegativeCount);
    }

    /// The page token is refused, for whatever reason.
    pub(super) fn refused(&mut self, argument: Argument<&str>) {
        let description = "the token is not valid for this request: give the one that the last page came with, with all \
                           other arguments as they were, or none to start again";
        self.add(argument, description.to_owned(), Reason::InvalidPageToken);
    }

    /// What was parsed; where that failed, the default stands in until all is checked.
    pub(super) fn parsed<T: Default>(&mut self, parsed: Result<T, Violations>) -> T {
        parsed.unwrap_or_else(|violations| {
            self.list.extend(violations);
            T::default()
        })
    }

    fn add<T>(&mut self, argument: Argument<T>, description: String, reason: Reason) {
        self.list.push(Violation { field: argument.position.name::<R>(), description, reason });
    }

    /// `Err` when anything is wrong.
    pub(super) fn check(self) -> Result<(), Violations> {
        Violations::check(R::Resource::schema().name(), self.list)
    }
}
