//! Collects what is wrong with a list request.

use std::marker::PhantomData;

use super::arguments::Argument;
use super::request::ListRequest;
use crate::violation::{Collector, Reason, Subject, Violations};

/// The identity of errors about a list: the domain of the service that has the request, and the type of the items.
#[cold]
pub(super) fn subject<R: ListRequest>() -> Subject {
    Subject::from_fields::<R::Resource>().with_domain(Subject::from_fields::<R>().domain())
}

/// Violations of a list request.
pub(super) struct Problems<R> {
    /// Made for the first violation.
    collector: Option<Collector>,
    request: PhantomData<fn(R)>,
}

impl<R> Default for Problems<R> {
    fn default() -> Self {
        Self { collector: None, request: PhantomData }
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

    /// What was parsed; where that failed, the default stands in until all is checked. The field is named as the request
    /// has it.
    pub(super) fn parsed<T: Default>(&mut self, argument: Argument<&str>, parsed: Result<T, Violations>) -> T {
        parsed.unwrap_or_else(|violations| {
            let field = argument.position.name::<R>();
            self.collector().merge(violations.with_renamed_fields(|name| field.clone_into(name)));
            T::default()
        })
    }

    fn add<T>(&mut self, argument: Argument<T>, description: String, reason: Reason) {
        self.collector().add(argument.position.name::<R>(), reason, description);
    }

    #[cold]
    fn collector(&mut self) -> &mut Collector {
        self.collector.get_or_insert_with(|| Collector::new(subject::<R>()))
    }

    /// Returns the violations, if there are any.
    pub(super) fn check(self) -> Result<(), Violations> {
        self.collector.map_or(Ok(()), Collector::finish)
    }
}
