//! Violations of one request, as an error.

use std::fmt;

use super::bounded_list::BoundedList;
use super::{Count, Subject, Violation};

/// Violations of one request: at least one, and at most [`MAX`](Self::MAX).
///
/// Returned by the checks of this crate and by [`Collector::finish`](super::Collector::finish). To add violations, convert
/// it to a [`Collector`](super::Collector).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations {
    subject: Subject,
    list: BoundedList,
}

impl Violations {
    /// The largest number of violations that are kept. Others are counted.
    pub const MAX: usize = BoundedList::MAX;

    /// Creates the violations of a request that has one.
    #[must_use]
    pub fn new(subject: Subject, violation: Violation) -> Self {
        let mut list = BoundedList::new();
        list.add_with(|| violation);
        Self { subject, list }
    }

    /// Creates the violations from a list that is not empty.
    pub(crate) fn from_list(subject: Subject, list: BoundedList) -> Self {
        Self { subject, list }
    }

    pub(super) fn into_list(self) -> BoundedList {
        self.list
    }

    /// Returns the violations that are held, in the order in which they were found.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        self.list.as_slice()
    }

    /// Returns the number of violations that were found.
    #[must_use]
    pub const fn count(&self) -> Count {
        self.list.count()
    }

    /// Returns the identity of the error.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        self.subject
    }

    /// Replaces the identity of the error.
    #[must_use]
    pub fn with_subject(self, subject: Subject) -> Self {
        Self { subject, ..self }
    }

    /// Replaces the domain of the error.
    #[must_use]
    pub fn with_domain(self, domain: &'static str) -> Self {
        let subject = self.subject.with_domain(domain);
        self.with_subject(subject)
    }

    /// Changes the field of each violation that is held.
    pub(crate) fn with_renamed_fields(mut self, change: impl FnMut(&mut String)) -> Self {
        self.list.rename_fields(change);
        self
    }

    /// Adds a prefix to the field of each violation, for a resource that is itself a field. With the prefix `book.`,
    /// `title` becomes `book.title`.
    #[must_use]
    pub fn within(self, prefix: &str) -> Self {
        self.with_renamed_fields(|field| field.insert_str(0, prefix))
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    /// Iterates over the violations that are held.
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_vec().into_iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, violation) in self.as_slice().iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(formatter, "{separator}{violation}")?;
        }
        match self.count().number().saturating_sub(self.as_slice().len()) {
            0 => Ok(()),
            more => write!(formatter, "; and {more} more"),
        }
    }
}

impl std::error::Error for Violations {}
