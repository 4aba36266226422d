//! Position of a check in a resource, and the violations found so far.

use std::fmt::Write as _;

use crate::excerpt::escaped;
use crate::fields::KeyRef;
use crate::violation::{BoundedList, Reason, Subject, Violation, Violations};

/// Bytes of the text of keys in the path of a field.
const MOST_OF_KEYS: usize = 96;

/// The first violations, the number of all, and the path to the position of the check.
///
/// Once [`Violations::MAX`] are held, neither paths nor descriptions are built: the rest of the check counts only, and
/// costs no more than that of a valid resource.
pub(super) struct Report {
    path: String,
    /// Bytes that the path may still show of the text of keys.
    left: usize,
    violations: BoundedList,
}

impl Report {
    pub(super) fn new() -> Self {
        Self { path: String::new(), left: MOST_OF_KEYS, violations: BoundedList::new() }
    }

    /// Returns the violations, if there are any.
    pub(super) fn finish(self, subject: Subject) -> Result<(), Violations> {
        if self.violations.is_empty() { Ok(()) } else { Err(Violations::from_list(subject, self.violations)) }
    }

    /// Runs a check of a field.
    pub(super) fn below(&mut self, field: &str, run: impl FnOnce(&mut Self)) {
        if self.is_full() {
            return run(self);
        }
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(field);
        run(self);
        self.path.truncate(length);
    }

    /// Runs a check of an element of a list: `[3]`.
    pub(super) fn at(&mut self, position: usize, run: impl FnOnce(&mut Self)) {
        self.inside(|path| write!(path, "[{position}]"), run);
    }

    /// Runs a check of the value of a key: `["a"]`, `[7]`.
    pub(super) fn at_key(&mut self, key: KeyRef<'_>, run: impl FnOnce(&mut Self)) {
        let before = self.left;
        match key {
            KeyRef::Bool(key) => self.inside(|path| write!(path, "[{key}]"), run),
            KeyRef::Int(key) => self.inside(|path| write!(path, "[{key}]"), run),
            KeyRef::Uint(key) => self.inside(|path| write!(path, "[{key}]"), run),
            KeyRef::Text(_) if self.is_full() => run(self),
            KeyRef::Text(key) => {
                let key = escaped(key, self.left);
                self.left = self.left.saturating_sub(key.len());
                self.inside(|path| write!(path, "[\"{key}\"]"), run);
            }
        }
        self.left = before;
    }

    /// Reports a violation of the field at the position of the check.
    pub(super) fn add(&mut self, reason: Reason, description: &str) {
        self.violations.add_with(|| Violation::new(self.path.as_str(), reason, description));
    }

    fn is_full(&self) -> bool {
        self.violations.is_full()
    }

    fn inside(&mut self, segment: impl FnOnce(&mut String) -> std::fmt::Result, run: impl FnOnce(&mut Self)) {
        if self.is_full() {
            return run(self);
        }
        let length = self.path.len();
        // Writing into a string cannot fail.
        let _ = segment(&mut self.path);
        run(self);
        self.path.truncate(length);
    }
}
