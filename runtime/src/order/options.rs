//! Options for `order_by`.

use std::borrow::Cow;
use std::marker::PhantomData;

use crate::field_path::FieldPath;
use crate::fields::{Any, Fields, Path};

/// Options for the `order_by` of a resource: its limits, and the fields that it accepts.
#[derive(Debug, Clone)]
pub struct OrderByOptions<F> {
    pub(super) field: Cow<'static, str>,
    pub(super) accepts_asc: bool,
    pub(super) accepts_bools: bool,
    pub(super) accepts_bytes: bool,
    pub(super) max_bytes: usize,
    pub(super) max_terms: usize,
    pub(super) sortable: Option<Vec<FieldPath>>,
    resource: PhantomData<fn(F)>,
}

impl<F> Default for OrderByOptions<F> {
    /// Returns the defaults: `asc` is accepted; `bool` and `bytes` fields are not; at most 1024 bytes and 16 terms; all other
    /// fields are sortable, unless they are `INPUT_ONLY`.
    fn default() -> Self {
        Self {
            field: Cow::Borrowed("order_by"),
            accepts_asc: true,
            accepts_bools: false,
            accepts_bytes: false,
            max_bytes: 1024,
            max_terms: 16,
            sortable: None,
            resource: PhantomData,
        }
    }
}

impl<F: Fields> OrderByOptions<F> {
    /// Upper limit of [`max_terms`](Self::max_terms). All supported databases accept this many terms with a cursor.
    pub const MAX_TERMS: usize = 32;

    /// Creates the default options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name of the field in the request, for violations; `order_by` by default.
    #[must_use]
    pub fn field(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.field = name.into();
        self
    }

    /// Rejects `asc`, which is not in AIP-132.
    #[must_use]
    pub fn without_asc(mut self) -> Self {
        self.accepts_asc = false;
        self
    }

    /// Accepts `bool` fields.
    #[must_use]
    pub fn with_bools(mut self) -> Self {
        self.accepts_bools = true;
        self
    }

    /// Accepts `bytes` fields.
    #[must_use]
    pub fn with_bytes(mut self) -> Self {
        self.accepts_bytes = true;
        self
    }

    /// Sets the maximum length of the text, in bytes.
    #[must_use]
    pub fn max_bytes(mut self, most: usize) -> Self {
        self.max_bytes = most;
        self
    }

    /// Sets the maximum number of terms, at most [`Self::MAX_TERMS`].
    #[must_use]
    pub fn max_terms(mut self, most: usize) -> Self {
        self.max_terms = most.min(Self::MAX_TERMS);
        self
    }

    /// Accepts only these fields, for example those with a database index.
    ///
    /// `INPUT_ONLY` fields, such as a password, and the fields below them are rejected unless they are listed here.
    /// Otherwise a caller could recover a secret value by sorting (a side channel).
    ///
    /// # Panics
    ///
    /// When a path names elements of a list or values of a map.
    #[must_use]
    pub fn sortable<'k>(mut self, paths: impl IntoIterator<Item = Path<'k, F, Any>>) -> Self {
        self.sortable = Some(paths.into_iter().map(|path| FieldPath::from_path(&path)).collect());
        self
    }
}
