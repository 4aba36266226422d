//! Collector of the violations of one request.

use super::bounded_list::BoundedList;
use super::{Count, Reason, Subject, Violation, Violations};

/// Collects the violations of one request, of which there may be none.
///
/// Keeps the first [`Violations::MAX`] and counts the others, so that its memory does not grow with the request.
/// See [the module](super) for an example.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "the violations are lost if the collector is not finished"]
pub struct Collector {
    subject: Subject,
    list: BoundedList,
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
        Self { subject, list: BoundedList::new() }
    }

    /// Adds a violation, or counts it if the collector [is full](Self::is_full). Use [`quoted`](super::quoted) to repeat
    /// text of the request.
    pub fn add(&mut self, field: impl Into<String>, reason: Reason, description: impl Into<String>) {
        self.add_with(|| Violation::new(field, reason, description));
    }

    /// Adds a violation that is only built if it is kept.
    pub fn add_with(&mut self, violation: impl FnOnce() -> Violation) {
        self.list.add_with(violation);
    }

    /// Adds the violations of another check of the same request: [`Violations`], or another collector. The subject stays
    /// that of `self`.
    pub fn merge(&mut self, other: impl Into<Self>) {
        self.list.append(other.into().list);
    }

    /// Adds the violations of a check, and returns its value if it has one, so that the next check can run.
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
        Err(self.into_violations().into())
    }

    /// Returns the violations, if there are any.
    ///
    /// # Errors
    ///
    /// The violations.
    pub fn finish(self) -> Result<(), Violations> {
        if self.is_empty() { Ok(()) } else { Err(self.into_violations()) }
    }

    /// Returns the violations of a collector that is not empty.
    pub(crate) fn into_violations(self) -> Violations {
        Violations::from_list(self.subject, self.list)
    }

    /// Returns `true` if no violation was found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns `true` if [`Violations::MAX`] are held: others are only counted. A check that is costly can stop then,
    /// and call [`stop`](Self::stop).
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.list.is_full()
    }

    /// Records that the check stopped early: the count is a lower bound from here on.
    pub const fn stop(&mut self) {
        self.list.stop();
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
}

impl From<Violations> for Collector {
    fn from(violations: Violations) -> Self {
        Self { subject: violations.subject(), list: violations.into_list() }
    }
}

impl Extend<Violation> for Collector {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        violations.into_iter().for_each(|violation| self.add_with(|| violation));
    }
}
