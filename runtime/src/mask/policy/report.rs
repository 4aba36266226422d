//! Where a check is in a resource, and what it has found so far.

use std::fmt::Write as _;

use crate::fields::KeyRef;
use crate::violation::{Reason, Violation, shown};

/// How much of the text of keys the path of a field may show.
const MOST_OF_KEYS: usize = 96;

/// The violations found, and the path to where the check is.
pub(super) struct Report {
    path: String,
    /// What the path may still show of the text of keys.
    left: usize,
    violations: Vec<Violation>,
}

impl Report {
    pub(super) fn new() -> Self {
        Self { path: String::new(), left: MOST_OF_KEYS, violations: Vec::new() }
    }

    pub(super) fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// Reports what is found meanwhile in a field.
    pub(super) fn below(&mut self, field: &str, run: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(field);
        run(self);
        self.path.truncate(length);
    }

    /// Reports what is found meanwhile in an element of a list: `[3]`.
    pub(super) fn at(&mut self, position: usize, run: impl FnOnce(&mut Self)) {
        self.inside(|path| write!(path, "[{position}]"), run);
    }

    /// Reports what is found meanwhile in the value of a key: `["a"]`, `[7]`.
    pub(super) fn at_key(&mut self, key: KeyRef<'_>, run: impl FnOnce(&mut Self)) {
        let before = self.left;
        match key {
            KeyRef::Bool(key) => self.inside(|path| write!(path, "[{key}]"), run),
            KeyRef::Int(key) => self.inside(|path| write!(path, "[{key}]"), run),
            KeyRef::Uint(key) => self.inside(|path| write!(path, "[{key}]"), run),
            KeyRef::Text(key) => {
                let key = shown(key, self.left);
                self.left = self.left.saturating_sub(key.len());
                self.inside(|path| write!(path, "[\"{key}\"]"), run);
            }
        }
        self.left = before;
    }

    /// Reports a violation of the field that the check is in.
    pub(super) fn add(&mut self, reason: Reason, description: &str) {
        self.violations.push(Violation { field: self.path.clone(), description: description.to_owned(), reason });
    }

    fn inside(&mut self, segment: impl FnOnce(&mut String) -> std::fmt::Result, run: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        // Writing into a string cannot fail.
        let _ = segment(&mut self.path);
        run(self);
        self.path.truncate(length);
    }
}
