//! A mask made while something else reads a message: from the keys of a JSON body, for one.

use std::fmt;
use std::marker::PhantomData;

use super::tree::{NodeId, ROOT, Tree};
use super::typed::Mask;
use crate::fields::{FieldSchema, Fields, Schema, Shape};

/// How many messages can be open: no decoder of prost goes deeper, and no mask is parsed that does.
const MAX_DEPTH: usize = 100;

/// Told of fields in the order in which they are met, nested as they are.
///
/// Fields are named by their positions in the schema of the message that is open.
#[derive(Debug)]
pub struct Recorder<F> {
    tree: Tree,
    open: Vec<Open>,
    message: PhantomData<fn() -> F>,
}

/// A message that is open.
#[derive(Debug)]
struct Open {
    schema: &'static Schema,
    /// The node of the message around.
    around: Option<NodeId>,
    /// Its field there.
    index: u16,
    /// The node of its own parts; `None` inside what is recorded as a whole.
    inside: Option<NodeId>,
}

/// Why a field cannot be recorded. Nothing was recorded, and nothing was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// The message that is open has no field at this position.
    NoField {
        /// The message's full name.
        message: &'static str,
        /// The position.
        index: u16,
    },
    /// The field holds no message, or more than one, so that a mask does not go into it from here.
    NoMessage {
        /// The full name of the message that is open.
        message: &'static str,
        /// The field's name.
        field: &'static str,
    },
    /// More messages are inside each other than a path may have segments.
    TooDeep,
}

impl<F: Fields> Recorder<F> {
    /// Nothing is recorded yet.
    #[must_use]
    pub fn new() -> Self {
        Self { tree: Tree::empty(), open: Vec::new(), message: PhantomData }
    }

    /// The message that is open: its node, and its schema.
    fn innermost(&self) -> (Option<NodeId>, &'static Schema) {
        self.open.last().map_or_else(|| (Some(ROOT), F::schema()), |open| (open.inside, open.schema))
    }

    /// The field at a position, and the node of the message that it is in.
    fn field(&self, index: u16) -> Result<(Option<NodeId>, &'static FieldSchema), RecordError> {
        let (node, schema) = self.innermost();
        if self.open.len() >= MAX_DEPTH {
            return Err(RecordError::TooDeep);
        }
        let field = schema.fields().get(usize::from(index));
        Ok((node, field.ok_or(RecordError::NoField { message: schema.name(), index })?))
    }

    /// A field that is taken whole: a scalar, a list, a map, or an explicit `null`.
    ///
    /// # Errors
    ///
    /// When the message that is open has no such field, or is too deep.
    pub fn whole(&mut self, index: u16) -> Result<(), RecordError> {
        if let (Some(node), _) = self.field(index)? {
            self.tree.add_field(node, index);
        }
        Ok(())
    }

    /// The fields that follow are those of the message in this field, until [`leave`](Self::leave).
    ///
    /// # Errors
    ///
    /// When the message that is open has no such field, or one that holds no single message, or is too deep. Then there
    /// is nothing to leave.
    pub fn enter(&mut self, index: u16) -> Result<(), RecordError> {
        let (around, field) = self.field(index)?;
        let message = field.message().filter(|_| !matches!(field.shape, Shape::Repeated | Shape::Map(_)));
        let Some(schema) = message else {
            return Err(RecordError::NoMessage { message: self.innermost().1.name(), field: field.name });
        };
        let inside = around.and_then(|node| self.tree.enter_field(node, index));
        self.open.push(Open { schema, around, index, inside });
        Ok(())
    }

    /// The message is over. One without any field counts as a whole: it was named.
    pub fn leave(&mut self) {
        if let Some(Open { around: Some(around), index, inside: Some(inside), .. }) = self.open.pop()
            && self.tree.is_blank(inside)
        {
            self.tree.add_field(around, index);
        }
    }

    /// The mask of all that was recorded; messages that are still open are over.
    #[must_use]
    pub fn finish(mut self) -> Mask<F> {
        while !self.open.is_empty() {
            self.leave();
        }
        Mask::from_tree(self.tree)
    }
}

impl<F: Fields> Default for Recorder<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoField { message, index } => write!(formatter, "`{message}` has no field at position {index}"),
            Self::NoMessage { message, field } => {
                write!(formatter, "field `{field}` of `{message}` holds no single message: record it as a whole")
            }
            Self::TooDeep => write!(formatter, "more than {MAX_DEPTH} messages are inside each other"),
        }
    }
}

impl std::error::Error for RecordError {}
