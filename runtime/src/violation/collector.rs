//! Collection of the violations of one request.

use super::{Count, Reason, Subject, Violation, Violations};

/// Collects the violations of one request, of which there may be none.
///
/// Keeps the first [`Violations::MAX`] and counts the others, so that its memory does not grow with the request.
/// See [the module](super) for an example.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "the violations are lost if the collector is not finished"]
pub struct Collector {
    subject: Subject,
    list: Vec<Violation>,
    count: Count,
}

/// An error that can hold violations. [`Collector::join`] adds to them.
pub trait HasViolations: From<Violations> {
    /// Returns the violations.
    ///
    /// # Errors
    ///
    /// The error itself, if it has another cause.
    fn into_violations(self) -> Result<Violations, Self>;
}

impl HasViolations for Violations {
    fn into_violations(self) -> Result<Violations, Self> {
        Ok(self)
    }
}

impl Collector {
    /// Creates a collector without violations.
    pub const fn new(subject: Subject) -> Self {
        Self { subject, list: Vec::new(), count: Count::Exact(0) }
    }

    /// Adds a violation, or counts it if [`Violations::MAX`] are held. Use [`quoted`](super::quoted) to repeat text of
    /// the request.
    pub fn add(&mut self, field: impl Into<String>, reason: Reason, description: impl Into<String>) {
        self.push_with(|| Violation::new(field, reason, description));
    }

    /// Adds a violation, or counts it if [`Violations::MAX`] are held.
    pub fn push(&mut self, violation: Violation) {
        self.push_with(|| violation);
    }

    /// As [`push`](Self::push), for a violation that is only built if it is kept.
    pub fn push_with(&mut self, violation: impl FnOnce() -> Violation) {
        if !self.is_full() {
            self.list.push(violation());
        }
        self.count_more(1);
    }

    /// Adds the violations of another check of the same request.
    pub fn merge(&mut self, violations: Violations) {
        self.append(violations.into_collector());
    }

    /// Adds the violations of another collector, of which there may be none. The subject stays that of `self`.
    pub fn append(&mut self, other: Self) {
        let room = Violations::MAX.saturating_sub(self.list.len());
        self.list.extend(other.list.into_iter().take(room));
        self.count = self.count.plus(other.count);
    }

    /// Keeps the violations of a check, and returns its value if it has one, so that the next check can run.
    pub fn keep<T>(&mut self, result: Result<T, Violations>) -> Option<T> {
        result.map_err(|violations| self.merge(violations)).ok()
    }

    /// Joins the violations with the result of the last check. Returns the value only if neither has an error.
    ///
    /// If the check failed with another error, such as a resource that does not exist, the violations are returned
    /// instead: the request is wrong whatever the state of the resource.
    ///
    /// # Errors
    ///
    /// The violations of both, or else the error of the check.
    pub fn join<T, E: HasViolations>(mut self, result: Result<T, E>) -> Result<T, E> {
        let error = match result {
            Ok(value) => return self.finish().map(|()| value).map_err(E::from),
            Err(error) if self.is_empty() => return Err(error),
            Err(error) => error,
        };
        if let Ok(violations) = error.into_violations() {
            self.merge(violations);
        }
        Err(Violations::from_collector(self).into())
    }

    /// Returns the violations, if there are any.
    ///
    /// # Errors
    ///
    /// The violations.
    pub fn finish(self) -> Result<(), Violations> {
        if self.is_empty() { Ok(()) } else { Err(Violations::from_collector(self)) }
    }

    /// Returns `true` if no violation was found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count.number() == 0
    }

    /// Returns `true` if [`Violations::MAX`] are held: others are only counted. A check that is costly can stop then,
    /// and call [`stop`](Self::stop).
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.list.len() >= Violations::MAX
    }

    /// Records that the check stopped early: the count is a lower bound from here on.
    pub const fn stop(&mut self) {
        self.count = Count::AtLeast(self.count.number());
    }

    /// Returns the violations that are held, in the order in which they were found.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.list
    }

    /// Returns the number of violations that were found.
    #[must_use]
    pub const fn count(&self) -> Count {
        self.count
    }

    /// Returns the identity of the error.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        self.subject
    }

    /// Counts violations that are not held.
    pub(crate) const fn count_more(&mut self, others: usize) {
        self.count = self.count.plus(Count::Exact(others));
    }

    pub(super) const fn set_subject(&mut self, subject: Subject) {
        self.subject = subject;
    }

    pub(super) fn into_list(self) -> Vec<Violation> {
        self.list
    }

    /// Changes the field of each violation that is held.
    pub(super) fn rename(&mut self, mut change: impl FnMut(&mut String)) {
        self.list.iter_mut().for_each(|violation| change(&mut violation.field));
    }
}

impl Extend<Violation> for Collector {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        violations.into_iter().for_each(|violation| self.push(violation));
    }
}
