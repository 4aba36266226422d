//! What a filter may be.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::functions::Functions;
use super::parse::Limits;
use crate::field_path::FieldPath;
use crate::fields::{Any, Fields, Items, Path, Scalar};

/// What is accepted as `filter` of a resource.
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
    /// At most 8 KiB, 32 open parentheses and 256 restrictions; every field can be compared but bytes and those that are
    /// `INPUT_ONLY`; bare values search nowhere; the functions are `timestamp` and `duration`.
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
    /// The most parentheses that can be allowed to be open at once.
    pub const MAX_DEPTH: usize = 128;

    /// The longest text that can be allowed: 1 MiB. Databases take values of this length.
    pub const MAX_BYTES: usize = 1 << 20;

    /// The most restrictions that can be allowed: as many as MySQL and PostgreSQL have place holders. What needs more of
    /// them than the database has is refused when it is written as SQL ([`Filter::to_sql`](super::Filter::to_sql)).
    pub const MAX_TERMS: usize = 65_535;

    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The name of the field of the request, for violations; `filter` if nothing is said.
    #[must_use]
    pub fn field(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.field = name.into();
        self
    }

    /// The longest text that is read; at most [`Self::MAX_BYTES`].
    #[must_use]
    pub fn max_bytes(mut self, most: usize) -> Self {
        self.limits.bytes = most.min(Self::MAX_BYTES);
        self
    }

    /// The most parentheses that may be open at once; at most [`Self::MAX_DEPTH`].
    #[must_use]
    pub fn max_depth(mut self, most: usize) -> Self {
        self.limits.depth = most.min(Self::MAX_DEPTH);
        self
    }

    /// The most restrictions that a filter may have; at most [`Self::MAX_TERMS`].
    #[must_use]
    pub fn max_terms(mut self, most: usize) -> Self {
        self.limits.terms = most.min(Self::MAX_TERMS);
        self
    }

    /// Lets fields of the type `bytes` be compared with base64.
    #[must_use]
    pub fn with_bytes(mut self) -> Self {
        self.accepts_bytes = true;
        self
    }

    /// Accepts these fields, and what is below them, alone.
    ///
    /// Fields that are accepted in requests and never returned, `INPUT_ONLY` such as a password, are unknown to filters, and
    /// so is what is below them: what a filter finds would tell what they hold. Only naming such a field here, or one below
    /// it, lets it be compared.
    ///
    /// # Panics
    ///
    /// When a path leads to elements of a list or to values of a map; the list or the map allows what is in it.
    #[must_use]
    pub fn filterable<'k>(mut self, paths: impl IntoIterator<Item = Path<'k, F, Any>>) -> Self {
        self.filterable = Some(paths.into_iter().map(|path| FieldPath::of(&path)).collect());
        self
    }

    /// Lets bare values look through this field: text, or a list of text. A resource matches when any of the searchable
    /// fields contains the value; of a list, when an element does. Fields of other types are never found by a value.
    ///
    /// # Panics
    ///
    /// When the path leads to elements of a list or to values of a map.
    #[must_use]
    pub fn searchable<T: Searchable>(mut self, path: Path<'_, F, T>) -> Self {
        self.searchable.push(FieldPath::of(&path));
        self
    }

    /// The functions that can be called.
    #[must_use]
    pub fn functions(mut self, functions: Functions) -> Self {
        self.functions = functions;
        self
    }
}

/// What bare values can look through: [`Scalar`], and a list of it.
pub trait Searchable: sealed::Sealed {}

impl Searchable for Scalar {}
impl Searchable for Items<Scalar> {}

mod sealed {
    use super::{Items, Scalar};

    pub trait Sealed {}
    impl Sealed for Scalar {}
    impl Sealed for Items<Scalar> {}
}
