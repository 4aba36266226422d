//! What an order may be.

use std::borrow::Cow;
use std::marker::PhantomData;

use crate::field_path::FieldPath;
use crate::fields::{Any, Fields, Path};

/// What is accepted as `order_by` of a resource.
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
    /// `asc` is accepted; booleans and bytes are not; at most 1024 bytes and 16 terms; every other field is
    /// sortable that is not `INPUT_ONLY`.
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
    /// The most fields that can be allowed. The databases take orders of so many fields, with a cursor.
    pub const MAX_TERMS: usize = 32;

    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The name of the field of the request, for violations; `order_by` if nothing is said.
    #[must_use]
    pub fn field(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.field = name.into();
        self
    }

    /// Refuses `asc`, which AIP-132 does not have.
    #[must_use]
    pub fn without_asc(mut self) -> Self {
        self.accepts_asc = false;
        self
    }

    /// Accepts fields of the type `bool`.
    #[must_use]
    pub fn with_bools(mut self) -> Self {
        self.accepts_bools = true;
        self
    }

    /// Accepts fields of the type `bytes`.
    #[must_use]
    pub fn with_bytes(mut self) -> Self {
        self.accepts_bytes = true;
        self
    }

    /// The longest text that is read.
    #[must_use]
    pub fn max_bytes(mut self, most: usize) -> Self {
        self.max_bytes = most;
        self
    }

    /// The most fields that an order may have; at most [`Self::MAX_TERMS`].
    #[must_use]
    pub fn max_terms(mut self, most: usize) -> Self {
        self.max_terms = most.min(Self::MAX_TERMS);
        self
    }

    /// Accepts these fields alone: those that the database has an index for, for example.
    ///
    /// Fields that are accepted in requests and never returned, `INPUT_ONLY` such as a password, are unknown to orders, and
    /// so is what is below them: the order would tell what they hold. Only naming one here lets it be sorted by.
    ///
    /// # Panics
    ///
    /// When a path leads to elements of a list or to values of a map.
    #[must_use]
    pub fn sortable<'k>(mut self, paths: impl IntoIterator<Item = Path<'k, F, Any>>) -> Self {
        self.sortable = Some(paths.into_iter().map(|path| FieldPath::of(&path)).collect());
        self
    }
}
