//! One field of an order.

use smallvec::SmallVec;

use crate::field_path::FieldPath;
use crate::fields::{Kind, Schema};

/// Whether the least or the greatest value comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The least first.
    Ascending,
    /// The greatest first: `desc`.
    Descending,
}

/// The terms of an order; three fields and the tie-breaker need no allocation.
pub(super) type Terms = SmallVec<[Term; 4]>;

/// A field and a direction.
#[derive(Debug, Clone)]
pub struct Term {
    pub(crate) path: FieldPath,
    pub(super) root: &'static Schema,
    pub(super) direction: Direction,
    pub(super) kind: Kind,
    pub(super) is_nullable: bool,
}

impl Term {
    /// The positions of the fields in their schemas, from the resource inwards.
    #[must_use]
    pub fn path(&self) -> &[u16] {
        self.path.as_slice()
    }

    /// The names of the fields, joined with dots.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.named(self.root, '.').to_string()
    }

    /// Whether the least or the greatest value comes first.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// What the values are.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether the field can be unset: then its column can be NULL. One whose field cannot is taken to hold no NULL;
    /// [`crate::sql::Column::nullable`] says where that is not so.
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        self.is_nullable
    }
}

/// Two terms are the same when they sort by the same field of the same resource in the same direction.
impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.direction == other.direction && std::ptr::eq(self.root, other.root)
    }
}

impl Eq for Term {}
