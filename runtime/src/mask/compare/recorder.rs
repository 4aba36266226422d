//! Recorder of the fields that a deserializer reads, for example from the keys of a JSON body.

use std::fmt;
use std::marker::PhantomData;

use crate::fields::{FieldSchema, Fields, Schema, Shape};
use crate::mask::field_mask::Mask;
use crate::mask::set::{NodeId, ROOT, Tree};

/// Largest number of open messages. prost decodes no message that is nested deeper.
const MAX_DEPTH: usize = 100;

/// Records fields while a deserializer reads a message, and builds the mask of these fields.
///
/// A field is identified by its position in the schema of the innermost open message.
#[derive(Debug)]
pub struct Recorder<F> {
    tree: Tree,
    open: Vec<Open>,
    message: PhantomData<fn() -> F>,
}

/// Open message.
#[derive(Debug)]
struct Open {
    schema: &'static Schema,
    /// Node of the message that contains it.
    parent: Option<NodeId>,
    /// Field of the parent.
    index: u16,
    /// Node of the message; `None` inside a field that is recorded whole.
    node: Option<NodeId>,
}

/// Error of a field that cannot be recorded. The recorder has not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// The open message has no field at this position.
    NoField {
        /// Full name of the message.
        message: &'static str,
        /// Position of the field.
        index: u16,
    },
    /// The field is not a singular message.
    NoMessage {
        /// Full name of the open message.
        message: &'static str,
        /// Name of the field.
        field: &'static str,
    },
    /// The messages are nested deeper than 100 levels.
    TooDeep,
}

impl<F: Fields> Recorder<F> {
    /// Creates a recorder without fields.
    #[must_use]
    pub fn new() -> Self {
        Self { tree: Tree::empty(), open: Vec::new(), message: PhantomData }
    }

    /// Returns the node and the schema of the innermost open message.
    fn innermost(&self) -> (Option<NodeId>, &'static Schema) {
        self.open.last().map_or_else(|| (Some(ROOT), F::schema()), |open| (open.node, open.schema))
    }

    /// Returns the field at a position, and the node of its message.
    fn field(&self, index: u16) -> Result<(Option<NodeId>, &'static FieldSchema), RecordError> {
        let (node, schema) = self.innermost();
        if self.open.len() >= MAX_DEPTH {
            return Err(RecordError::TooDeep);
        }
        let field = schema.fields().get(usize::from(index));
        Ok((node, field.ok_or(RecordError::NoField { message: schema.name(), index })?))
    }

    /// Records a field whole: a scalar, a list, a map, or an explicit `null`.
    ///
    /// # Errors
    ///
    /// Returns an error if the open message has no such field, or is nested too deep.
    pub fn record(&mut self, index: u16) -> Result<(), RecordError> {
        if let (Some(node), _) = self.field(index)? {
            self.tree.add_field(node, index);
        }
        Ok(())
    }

    /// Opens the message in a field. The next fields are fields of this message, until [`leave`](Self::leave).
    ///
    /// # Errors
    ///
    /// Returns an error if the open message has no such field, if the field is not a singular message, or if the message is
    /// nested too deep. Then no message was opened.
    pub fn enter(&mut self, index: u16) -> Result<(), RecordError> {
        let (parent, field) = self.field(index)?;
        let message = field.message().filter(|_| !matches!(field.shape, Shape::Repeated | Shape::Map(_)));
        let Some(schema) = message else {
            return Err(RecordError::NoMessage { message: self.innermost().1.name(), field: field.name });
        };
        let node = parent.and_then(|node| self.tree.enter_field(node, index));
        self.open.push(Open { schema, parent, index, node });
        Ok(())
    }

    /// Closes the innermost open message. A message without a recorded field is recorded whole.
    pub fn leave(&mut self) {
        if let Some(Open { parent: Some(parent), index, node: Some(node), .. }) = self.open.pop()
            && self.tree.is_empty_node(node)
        {
            self.tree.add_field(parent, index);
        }
    }

    /// Returns the mask of all recorded fields. Closes the messages that are still open.
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
                write!(formatter, "field `{field}` of `{message}` is not a singular message: record it whole")
            }
            Self::TooDeep => write!(formatter, "the messages are nested deeper than {MAX_DEPTH} levels"),
        }
    }
}

impl std::error::Error for RecordError {}
