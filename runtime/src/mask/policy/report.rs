//! Report of a check: the path of the checked field, and the violations so far.

use std::fmt::Write as _;

use crate::excerpt::escaped;
use crate::fields::{Fields, KeyRef};
use crate::violation::{BoundedList, Reason, Subject, Violation, Violations};

/// Largest number of bytes of text keys in the path of a field.
const MAX_KEY_BYTES: usize = 96;

/// Violations of a check, and the path of the checked field.
///
/// If the list of violations is full, neither paths nor descriptions are built: the rest of the check only counts.
pub(super) struct Report {
    path: String,
    /// Number of further bytes of text keys in the path.
    key_bytes_left: usize,
    violations: BoundedList,
}

impl Report {
    pub(super) fn new() -> Self {
        Self { path: String::new(), key_bytes_left: MAX_KEY_BYTES, violations: BoundedList::new() }
    }

    /// Returns the violations, if there are any.
    pub(super) fn finish<F: Fields>(self) -> Result<(), Violations> {
        if self.violations.is_empty() {
            return Ok(());
        }
        Err(Violations::from_list(Subject::from_fields::<F>(), self.violations))
    }

    /// Runs the check of a field.
    pub(super) fn in_field(&mut self, field: &str, check: impl FnOnce(&mut Self)) {
        if self.is_full() {
            return check(self);
        }
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(field);
        check(self);
        self.path.truncate(length);
    }

    /// Runs the check of a list element: `[3]`.
    pub(super) fn in_item(&mut self, position: usize, check: impl FnOnce(&mut Self)) {
        self.in_segment(|path| write!(path, "[{position}]"), check);
    }

    /// Runs the check of the value of a map key: `["a"]`, `[7]`.
    pub(super) fn in_key(&mut self, key: KeyRef<'_>, check: impl FnOnce(&mut Self)) {
        let before = self.key_bytes_left;
        match key {
            KeyRef::Bool(key) => self.in_segment(|path| write!(path, "[{key}]"), check),
            KeyRef::Int(key) => self.in_segment(|path| write!(path, "[{key}]"), check),
            KeyRef::Uint(key) => self.in_segment(|path| write!(path, "[{key}]"), check),
            KeyRef::Text(_) if self.is_full() => check(self),
            KeyRef::Text(key) => {
                let key = escaped(key, self.key_bytes_left);
                self.key_bytes_left = self.key_bytes_left.saturating_sub(key.len());
                self.in_segment(|path| write!(path, "[\"{key}\"]"), check);
            }
        }
        self.key_bytes_left = before;
    }

    /// Adds a violation of the checked field.
    pub(super) fn add(&mut self, reason: Reason, description: &str) {
        self.violations.add_with(|| Violation::new(self.path.as_str(), reason, description));
    }

    fn is_full(&self) -> bool {
        self.violations.is_full()
    }

    fn in_segment(&mut self, segment: impl FnOnce(&mut String) -> std::fmt::Result, check: impl FnOnce(&mut Self)) {
        if self.is_full() {
            return check(self);
        }
        let length = self.path.len();
        // Writing into a string cannot fail.
        let _ = segment(&mut self.path);
        check(self);
        self.path.truncate(length);
    }
}
