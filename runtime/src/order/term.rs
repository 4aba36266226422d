//! Term of an order: a field and a direction.

use smallvec::SmallVec;

use crate::field_path::FieldPath;
use crate::fields::{Kind, Schema};

/// Direction of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest value first.
    Ascending,
    /// Greatest value first: `desc`.
    Descending,
}

/// Terms of an order. Up to four terms need no allocation: three fields and the tie-breaker.
pub(super) type Terms = SmallVec<[Term; 4]>;

/// Term of an order: a field and a direction.
#[derive(Debug, Clone)]
pub struct Term {
    pub(crate) path: FieldPath,
    pub(super) root: &'static Schema,
    pub(super) direction: Direction,
    pub(super) kind: Kind,
    pub(super) is_nullable: bool,
}

impl Term {
    /// Returns the path of the field, as indexes in nested schemas.
    #[must_use]
    pub fn path(&self) -> &[u16] {
        self.path.as_slice()
    }

    /// Returns the path of the field, as names joined with dots.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.named(self.root, '.').to_string()
    }

    /// Returns the direction.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Returns the kind of the values.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns `true` if the field can be unset, so that its column can be NULL. The column of any other field is expected to
    /// have no NULL; see [`crate::sql::Column::nullable`].
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        self.is_nullable
    }
}

/// Compares the resource, the field and the direction.
impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.direction == other.direction && std::ptr::eq(self.root, other.root)
    }
}

impl Eq for Term {}
