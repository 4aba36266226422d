//! Collection of the violations of a list request.

use std::marker::PhantomData;

use crate::list::request::ListRequest;
use crate::list::request::params::Param;
use crate::violation::{Collector, Reason, Subject, Violations};

/// Returns the subject of errors about a list: the domain of the request's service, and the resource type of the items.
#[cold]
pub(in crate::list) fn subject<R: ListRequest>() -> Subject {
    Subject::from_fields::<R::Resource>().with_domain(Subject::from_fields::<R>().domain())
}

/// Violations of a list request, with the parameters' names as the request has them.
pub(super) struct RequestViolations<R> {
    /// Created for the first violation, so that a valid request does not compute the subject.
    collector: Option<Collector>,
    request: PhantomData<fn(R)>,
}

impl<R> Default for RequestViolations<R> {
    fn default() -> Self {
        Self { collector: None, request: PhantomData }
    }
}

impl<R: ListRequest> RequestViolations<R> {
    /// Returns a number of items, or adds the violation that it is negative and returns 0.
    pub(super) fn count(&mut self, param: Param<i64>) -> u64 {
        u64::try_from(param.value).unwrap_or_else(|_| {
            self.add_negative(param);
            0
        })
    }

    /// Adds the violation that a number of items is negative.
    pub(super) fn add_negative(&mut self, param: Param<i64>) {
        self.add(param, Reason::NegativeCount, format!("{} is negative: give 0 or more", param.value));
    }

    /// Adds the violation that the page token is invalid. The text does not depend on the cause.
    pub(super) fn add_invalid_token(&mut self, param: Param<&str>) {
        let description = "the token is not valid for this request: send the token of the last page, with all other \
                           parameters unchanged, or send no token to start again";
        self.add(param, Reason::InvalidPageToken, description.to_owned());
    }

    /// Returns a parsed text, or adds the violations of the text and returns the default.
    pub(super) fn parsed<T: Default>(&mut self, param: Param<&str>, parsed: Result<T, Violations>) -> T {
        parsed.unwrap_or_else(|violations| {
            let field = param.field.name::<R>();
            self.collector().merge(violations.with_renamed_fields(|name| field.clone_into(name)));
            T::default()
        })
    }

    fn add<T>(&mut self, param: Param<T>, reason: Reason, description: String) {
        self.collector().add(param.field.name::<R>(), reason, description);
    }

    #[cold]
    fn collector(&mut self) -> &mut Collector {
        self.collector.get_or_insert_with(|| Collector::new(subject::<R>()))
    }

    /// Returns the violations, if there are any.
    pub(super) fn finish(self) -> Result<(), Violations> {
        self.collector.map_or(Ok(()), Collector::finish)
    }
}
