//! The way to one field by positions, through messages that are there at most once: what orders, filters and columns
//! name fields with. It says nothing about elements of lists or keys of maps.

use std::fmt;

use smallvec::SmallVec;

use crate::fields::{Behavior, FieldSchema, Fields, Path, Schema, Shape, Step};

/// The most fields of a path that a request may name. No message is nested more deeply: prost decodes 100 levels.
pub(crate) const MAX_DEPTH: usize = 128;

/// Positions in schemas, from the outermost message inwards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct FieldPath(SmallVec<[u16; 6]>);

impl FieldPath {
    /// The fields of a typed path.
    ///
    /// # Panics
    ///
    /// When the path leads to elements of a list or to values of a map. It is written in code, so this is seen when the
    /// code first runs.
    #[expect(clippy::panic, reason = "a mistake in code, never in a request")]
    pub(crate) fn of<F: Fields, T>(path: &Path<'_, F, T>) -> Self {
        Self(
            path.steps()
                .iter()
                .map(|step| match step {
                    Step::Field(index) => *index,
                    Step::Item | Step::Entry | Step::Key(_) => {
                        panic!("{path:?} of `{}` leads to elements, of which there can be many", F::schema().name())
                    }
                })
                .collect(),
        )
    }

    pub(crate) fn as_slice(&self) -> &[u16] {
        &self.0
    }

    /// Whether both are the same: `==` without a call for fields of the message itself.
    #[inline]
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self.0.as_slice(), other.0.as_slice()) {
            ([left], [right]) => left == right,
            (left, right) => left == right,
        }
    }

    /// Whether the way of the other path is the beginning of this one.
    pub(crate) fn starts_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    #[inline]
    pub(crate) fn push(&mut self, index: u16) {
        self.0.push(index);
    }

    /// Takes the last position away.
    pub(crate) fn pop(&mut self) {
        self.0.pop();
    }

    /// Keeps so many positions.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The descriptions of the fields, as far as the message has them.
    pub(crate) fn fields(&self, root: &'static Schema) -> impl Iterator<Item = &'static FieldSchema> {
        let mut schema = Some(root);
        self.0.iter().map_while(move |&index| {
            let field = schema?.fields().get(usize::from(index))?;
            schema = field.message();
            Some(field)
        })
    }

    /// The description of the last field.
    pub(crate) fn last(&self, root: &'static Schema) -> Option<&'static FieldSchema> {
        self.fields(root).last()
    }

    /// The names of the fields.
    pub(crate) fn named(&self, root: &'static Schema, separator: char) -> Named<'_> {
        Named { path: self, root, separator }
    }

    /// Whether requests may say something about the field, of which these paths are named: what is accepted in requests and
    /// never returned (`INPUT_ONLY`), and what is below it, could be guessed bit by bit if nobody had to name it.
    #[inline]
    pub(crate) fn is_open(&self, field: &FieldSchema, named: Option<&[Self]>) -> bool {
        !field.behavior.has(Behavior::INPUT_ONLY)
            || named.is_some_and(|named| named.iter().any(|path| path.starts_with(self)))
    }

    /// The names of the fields of the message at this path that requests may use, of which these paths are named. If
    /// others are excluded, they are all that is allowed.
    pub(crate) fn open_names<'n>(
        &'n self,
        schema: &'static Schema,
        named: Option<&'n [Self]>,
    ) -> impl Iterator<Item = &'static str> + 'n {
        schema.positions().filter_map(move |(index, field)| {
            let mut path = self.clone();
            path.push(index);
            let is_named =
                |named: &[Self]| named.iter().any(|other| other.starts_with(&path) || path.starts_with(other));
            (path.is_open(field, named) && named.is_none_or(is_named)).then_some(field.name)
        })
    }

    /// Whether the field, or a message on the way to it, can be absent.
    pub(crate) fn can_be_absent(&self, root: &'static Schema) -> bool {
        self.fields(root).any(can_be_absent)
    }
}

/// Whether the field can be absent from a message that is there.
#[inline]
pub(crate) fn can_be_absent(field: &FieldSchema) -> bool {
    matches!(field.shape, Shape::Optional | Shape::Oneof(_))
}

/// A path as text.
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
