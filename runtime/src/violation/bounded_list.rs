//! Bounded list of violations: the first ones, and the number of all.

use super::{Count, Violation};

/// The first [`MAX`](Self::MAX) violations of a request, and the number of all.
///
/// Every check of this crate collects into this list, so that its memory does not grow with the request. The list has no
/// [`Subject`](super::Subject): [`Violations`](super::Violations) adds it when a check ends. An empty list has no
/// allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BoundedList {
    kept: Vec<Violation>,
    count: Count,
}

impl BoundedList {
    pub(super) const MAX: usize = 100;

    pub(crate) const fn new() -> Self {
        Self { kept: Vec::new(), count: Count::Exact(0) }
    }

    /// Adds a violation. If the list is full, the violation is only counted, and not built.
    pub(crate) fn add_with(&mut self, violation: impl FnOnce() -> Violation) {
        if !self.is_full() {
            self.kept.push(violation());
        }
        self.count = self.count.plus(Count::Exact(1));
    }

    /// Adds the violations of another list.
    pub(crate) fn append(&mut self, other: Self) {
        let room = Self::MAX.saturating_sub(self.kept.len());
        self.kept.extend(other.kept.into_iter().take(room));
        self.count = self.count.plus(other.count);
    }

    /// Changes the field of each violation that is kept.
    pub(crate) fn rename_fields(&mut self, mut change: impl FnMut(&mut String)) {
        self.kept.iter_mut().for_each(|violation| change(&mut violation.field));
    }

    /// Records that the check stopped early: the count is a lower bound from here on.
    pub(crate) const fn stop(&mut self) {
        self.count = Count::AtLeast(self.count.number());
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.count.number() == 0
    }

    /// Returns `true` if further violations are only counted.
    pub(crate) const fn is_full(&self) -> bool {
        self.kept.len() >= Self::MAX
    }

    pub(crate) const fn count(&self) -> Count {
        self.count
    }

    pub(super) fn as_slice(&self) -> &[Violation] {
        &self.kept
    }

    pub(super) fn into_vec(self) -> Vec<Violation> {
        self.kept
    }
}
