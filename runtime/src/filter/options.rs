//! Options for `filter`.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::functions::Functions;
use super::syntax::Limits;
use crate::field_path::FieldPath;
use crate::fields::{Any, Fields, Items, Path, Scalar};

/// Options for the `filter` of a resource: its limits, fields and functions.
#[derive(Debug, Clone)]
pub struct FilterOptions<F> {
    pub(super) field: Cow<'static, str>,
    pub(super) limits: Limits,
    pub(super) accepts_bytes: bool,
    pub(super) filterable: Option<Vec<FieldPath>>,
    pub(super) searchable: Vec<FieldPath>,
    pub(super) functions: Functions,
    resource: PhantomData<fn(F)>,
}

impl<F> Default for FilterOptions<F> {
    /// Returns the defaults: at most 8 KiB, 32 open parentheses and 256 restrictions; all fields are filterable except `bytes`
    /// and `INPUT_ONLY` fields; no field is searchable; the functions are `timestamp` and `duration`.
    fn default() -> Self {
        Self {
            field: Cow::Borrowed("filter"),
            limits: Limits { bytes: 8 * 1024, depth: 32, terms: 256 },
            accepts_bytes: false,
            filterable: None,
            searchable: Vec::new(),
            functions: Functions::new(),
            resource: PhantomData,
        }
    }
}

impl<F: Fields> FilterOptions<F> {
    /// Upper limit of [`max_depth`](Self::max_depth).
    pub const MAX_DEPTH: usize = 128;

    /// Upper limit of [`max_bytes`](Self::max_bytes): 1 MiB. All supported databases accept values of this length.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Upper limit of [`max_terms`](Self::max_terms): the number of placeholders in MySQL and PostgreSQL. A filter that needs
    /// more placeholders than the database has is rejected by [`Filter::to_sql`](super::Filter::to_sql).
    pub const MAX_TERMS: usize = 65_535;

    /// Creates the default options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name of the field in the request, for violations; `filter` by default.
    #[must_use]
    pub fn field(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.field = name.into();
        self
    }

    /// Sets the maximum length of the text in bytes, at most [`Self::MAX_BYTES`].
    #[must_use]
    pub fn max_bytes(mut self, most: usize) -> Self {
        self.limits.bytes = most.min(Self::MAX_BYTES);
        self
    }

    /// Sets the maximum number of open parentheses, at most [`Self::MAX_DEPTH`].
    #[must_use]
    pub fn max_depth(mut self, most: usize) -> Self {
        self.limits.depth = most.min(Self::MAX_DEPTH);
        self
    }

    /// Sets the maximum number of restrictions, at most [`Self::MAX_TERMS`].
    #[must_use]
    pub fn max_terms(mut self, most: usize) -> Self {
        self.limits.terms = most.min(Self::MAX_TERMS);
        self
    }

    /// Accepts comparisons of `bytes` fields with base64.
    #[must_use]
    pub fn with_bytes(mut self) -> Self {
        self.accepts_bytes = true;
        self
    }

    /// Accepts only these fields, and the fields below them.
    ///
    /// `INPUT_ONLY` fields, such as a password, and the fields below them are rejected unless they are listed here.
    /// Otherwise a caller could recover a secret value by filtering (a side channel).
    ///
    /// # Panics
    ///
    /// When a path names elements of a list or values of a map. List the list or the map instead.
    #[must_use]
    pub fn filterable<'k>(mut self, paths: impl IntoIterator<Item = Path<'k, F, Any>>) -> Self {
        self.filterable = Some(paths.into_iter().map(|path| FieldPath::from_path(&path)).collect());
        self
    }

    /// Adds a field in which values without a comparator are searched: a string, or a list of strings. A resource matches if
    /// any searchable field, or an element of it, contains the value. Fields of other types never match.
    ///
    /// # Panics
    ///
    /// When the path names elements of a list or values of a map.
    #[must_use]
    pub fn searchable<T: Searchable>(mut self, path: Path<'_, F, T>) -> Self {
        self.searchable.push(FieldPath::from_path(&path));
        self
    }

    /// Sets the functions.
    #[must_use]
    pub fn functions(mut self, functions: Functions) -> Self {
        self.functions = functions;
        self
    }
}

/// Kind of a field that can be searched: [`Scalar`], or a list of it.
pub trait Searchable: sealed::Sealed {}

impl Searchable for Scalar {}
impl Searchable for Items<Scalar> {}

mod sealed {
    use super::{Items, Scalar};

    pub trait Sealed {}
    impl Sealed for Scalar {}
    impl Sealed for Items<Scalar> {}
}
