//! Path to a singular field, as indexes in nested schemas. Used by `order_by`, `filter` and SQL columns.
//!
//! List elements and map entries have no `FieldPath`.

use std::fmt;

use smallvec::SmallVec;

use crate::fields::{Behavior, FieldSchema, Fields, Path, Schema, Shape, Step};

/// Maximum number of fields of a path in a request. prost decodes at most 100 levels of messages.
pub(crate) const MAX_DEPTH: usize = 128;

/// Path to a singular field: the index of each field, from the outermost message inwards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct FieldPath(SmallVec<[u16; 6]>);

impl FieldPath {
    /// Converts a typed path.
    ///
    /// # Panics
    ///
    /// When the path names elements of a list or values of a map. The path is a constant of the program, so the first run
    /// finds this error.
    #[expect(clippy::panic, reason = "an error in the code of the server, never in a request")]
    pub(crate) fn from_path<F: Fields, T>(path: &Path<'_, F, T>) -> Self {
        Self(
            path.steps()
                .iter()
                .map(|step| match step {
                    Step::Field(index) => *index,
                    Step::Item | Step::Entry | Step::Key(_) => {
                        panic!(
                            "{path:?} of `{}` names elements of a list or a map, not a single field",
                            F::schema().name()
                        )
                    }
                })
                .collect(),
        )
    }

    pub(crate) fn as_slice(&self) -> &[u16] {
        &self.0
    }

    /// Returns `true` if the paths are equal. Faster than `==` for paths of one field, because it needs no call.
    #[inline]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self.0.as_slice(), other.0.as_slice()) {
            ([left], [right]) => left == right,
            (left, right) => left == right,
        }
    }

    /// Returns `true` if the other path is a prefix of this one.
    pub(crate) fn starts_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    #[inline]
    pub(crate) fn push(&mut self, index: u16) {
        self.0.push(index);
    }

    /// Removes the last field.
    pub(crate) fn pop(&mut self) {
        self.0.pop();
    }

    /// Keeps the first `length` fields.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Returns the schemas of the fields, up to the first one that does not exist.
    pub(crate) fn fields(&self, root: &'static Schema) -> impl Iterator<Item = &'static FieldSchema> {
        let mut schema = Some(root);
        self.0.iter().map_while(move |&index| {
            let field = schema?.fields().get(usize::from(index))?;
            schema = field.message();
            Some(field)
        })
    }

    /// Returns the schema of the last field.
    pub(crate) fn last(&self, root: &'static Schema) -> Option<&'static FieldSchema> {
        self.fields(root).last()
    }

    /// Returns the names of the fields, joined with a separator.
    pub(crate) fn named(&self, root: &'static Schema, separator: char) -> Named<'_> {
        Named { path: self, root, separator }
    }

    /// Returns `true` if a request may use the field at this path. An `INPUT_ONLY` field, and the fields below it, must be
    /// in `allowed`; otherwise a caller could recover its value bit by bit (a side channel).
    #[inline]
    pub(crate) fn is_visible(&self, field: &FieldSchema, allowed: Option<&[Self]>) -> bool {
        !field.behavior.has(Behavior::INPUT_ONLY)
            || allowed.is_some_and(|allowed| allowed.iter().any(|path| path.starts_with(self)))
    }

    /// Returns the names of the fields that a request may use, of the message at this path. If `allowed` is not `None`, a
    /// request may use these paths alone.
    pub(crate) fn visible_names<'n>(
        &'n self,
        schema: &'static Schema,
        allowed: Option<&'n [Self]>,
    ) -> impl Iterator<Item = &'static str> + 'n {
        schema.positions().filter_map(move |(index, field)| {
            let mut path = self.clone();
            path.push(index);
            let is_allowed =
                |allowed: &[Self]| allowed.iter().any(|other| other.starts_with(&path) || path.starts_with(other));
            (path.is_visible(field, allowed) && allowed.is_none_or(is_allowed)).then_some(field.name)
        })
    }

    /// Returns `true` if the field, or a message that contains it, can be absent.
    pub(crate) fn can_be_absent(&self, root: &'static Schema) -> bool {
        self.fields(root).any(can_be_absent)
    }
}

/// Returns `true` if the field can be absent from a present message.
#[inline]
pub(crate) fn can_be_absent(field: &FieldSchema) -> bool {
    matches!(field.shape, Shape::Optional | Shape::Oneof(_))
}

/// Path as text.
pub(crate) struct Named<'p> {
    path: &'p FieldPath,
    root: &'static Schema,
    separator: char,
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for (position, field) in self.path.fields(self.root).enumerate() {
            if position > 0 {
                formatter.write_char(self.separator)?;
            }
            formatter.write_str(field.name)?;
        }
        Ok(())
    }
}
