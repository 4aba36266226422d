//! Violations of one request.

use std::fmt;

use super::{Collector, Subject, Violation};

/// Violations of one request: at least one, and at most [`MAX`](Self::MAX).
///
/// Made by the checks of this crate, by [`Violations::new`], and by [`Collector::finish`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(Collector);

/// Number of violations of a request, of which [`Violations`] holds the first ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// All violations were counted.
    Exact(usize),
    /// The check stopped early: there may be more.
    AtLeast(usize),
}

impl Count {
    /// Returns the number.
    #[must_use]
    pub const fn number(self) -> usize {
        match self {
            Self::Exact(number) | Self::AtLeast(number) => number,
        }
    }

    /// Returns the sum, which is exact if both are.
    pub(super) const fn plus(self, other: Self) -> Self {
        let sum = self.number().saturating_add(other.number());
        match (self, other) {
            (Self::Exact(_), Self::Exact(_)) => Self::Exact(sum),
            _ => Self::AtLeast(sum),
        }
    }
}

impl Violations {
    /// The largest number of violations that are kept. Others are counted.
    pub const MAX: usize = 100;

    /// Creates the violations of a request that has one.
    #[must_use]
    pub fn new(subject: Subject, violation: Violation) -> Self {
        let mut collector = Collector::new(subject);
        collector.push(violation);
        Self(collector)
    }

    /// Creates the violations from a collector that is not empty.
    pub(crate) fn from_collector(collector: Collector) -> Self {
        Self(collector)
    }

    /// Returns the collector, to add more.
    pub fn into_collector(self) -> Collector {
        self.0
    }

    /// Adds a violation, or counts it if [`MAX`](Self::MAX) are held.
    pub fn push(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    /// Adds the violations of another check of the same request. The subject stays that of `self`.
    pub fn merge(&mut self, other: Self) {
        self.0.merge(other);
    }

    /// Returns the violations that are held, in the order in which they were found.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        self.0.as_slice()
    }

    /// Returns the number of violations that were found.
    #[must_use]
    pub fn count(&self) -> Count {
        self.0.count()
    }

    /// Returns the identity of the error.
    #[must_use]
    pub fn subject(&self) -> Subject {
        self.0.subject()
    }

    /// Returns the full name of the resource's message.
    #[must_use]
    pub fn resource(&self) -> &'static str {
        self.subject().message()
    }

    /// Replaces the identity of the error.
    #[must_use]
    pub fn with_subject(mut self, subject: Subject) -> Self {
        self.0.set_subject(subject);
        self
    }

    /// Replaces the domain of the error.
    #[must_use]
    pub fn with_domain(self, domain: &'static str) -> Self {
        let subject = self.subject().with_domain(domain);
        self.with_subject(subject)
    }

    /// Changes the field of each violation that is held.
    pub(crate) fn renamed(mut self, change: impl FnMut(&mut String)) -> Self {
        self.0.rename(change);
        self
    }

    /// Puts a prefix before the field of each violation, where the resource is itself a field: `book.` makes `title`
    /// `book.title`.
    #[must_use]
    pub fn within(self, prefix: &str) -> Self {
        self.renamed(|field| field.insert_str(0, prefix))
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    /// Iterates over the violations that are held.
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_list().into_iter()
    }
}

impl From<Violations> for Collector {
    fn from(violations: Violations) -> Self {
        violations.into_collector()
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
