//! Traversal of one path through messages, lists and maps. The meaning of a segment depends on the field before it.

use super::hint::UnknownField;
use super::map_key::{invalid_key, parse_key};
use super::path_error::PathError;
use super::segment::{Segment, next_segment};
use crate::fields::{FieldSchema, KeyKind, KeyRef, Kind, Schema, Shape};
use crate::mask::options::{Names, ParseOptions};
use crate::mask::set::{NodeId, OwnedKey, Tree};
use crate::violation::Reason;

/// Traversal of paths from the outermost message of a set.
pub(super) struct Traversal<'o> {
    pub(super) options: &'o ParseOptions,
    pub(super) schema: &'static Schema,
    pub(super) tree: &'o mut Tree,
}

/// Error of a path, with the segment that is not a field, if that is the cause.
pub(super) struct TraversalError<'p> {
    pub(super) error: PathError,
    pub(super) unknown: Option<UnknownField<'p>>,
}

/// Element that a path has reached.
#[derive(Clone, Copy)]
enum Element {
    Message(&'static Schema),
    List(&'static FieldSchema),
    Map(&'static FieldSchema, KeyKind),
    /// Value without fields that a mask can select: the end of a path.
    Value(&'static FieldSchema),
}

/// Position of an element in the tree. A node is `None` if the path is only checked, or if the element is already selected.
#[derive(Clone)]
enum Position {
    Root,
    Field {
        parent: Option<NodeId>,
        index: u16,
    },
    /// All elements of a list, or all values of a map. Selected whole, they are the field.
    Every {
        parent: Option<NodeId>,
        index: u16,
        node: Option<NodeId>,
    },
    Key {
        map: Option<NodeId>,
        key: OwnedKey,
    },
}

impl Traversal<'_> {
    /// Returns the largest number of segments of a path.
    #[inline]
    pub(super) fn max_depth(&self) -> usize {
        self.options.max_depth.min(ParseOptions::MAX_DEPTH)
    }

    /// Follows a path, and selects its field below `root`. Without a root, the path is only checked.
    pub(super) fn traverse<'p>(&mut self, path: &'p str, root: Option<NodeId>) -> Result<(), TraversalError<'p>> {
        let mut rest = path;
        let (mut element, mut position) = (Element::Message(self.schema), Position::Root);
        let mut levels = Levels { left: self.max_depth(), max: self.max_depth() };
        loop {
            levels.enter()?;
            let before = path.len() - rest.len();
            let (segment, more) = next_segment(&mut rest)?;
            if matches!(segment, Segment::Star)
                && !more
                && !matches!((element, &position), (Element::Value(_), _) | (_, Position::Root))
            {
                self.check_wildcard(element)?;
                self.select(position);
                return Ok(());
            }
            let node = if matches!(position, Position::Root) { root } else { self.enter(&position) };
            let stepped = match element {
                Element::Message(schema) => self.step_field(schema, node, &segment, &mut levels),
                Element::List(field) => self.step_item(field, node, position, &segment, &mut levels),
                Element::Map(field, keys) => self.step_entry((field, keys), node, position, &segment),
                Element::Value(field) => Err(no_subfields(field)),
            };
            (element, position) =
                stepped.map_err(|error| located(error, element, (path.get(..before), segment, rest)))?;
            if !more {
                self.select(position);
                return Ok(());
            }
        }
    }

    fn step_field(
        &mut self,
        schema: &'static Schema,
        parent: Option<NodeId>,
        segment: &Segment<'_>,
        levels: &mut Levels,
    ) -> Result<(Element, Position), PathError> {
        if self.options.struct_keys
            && let Some(found) = self.step_struct(schema, parent, segment, levels)?
        {
            return Ok(found);
        }
        let name = match segment {
            Segment::Plain(name) => *name,
            Segment::Star => {
                let description = format!("`*` stands for the fields of `{}` only at the end of a path", schema.name());
                return Err(PathError::new(Reason::InvalidWildcard, description));
            }
            // The hint has the name without back-ticks.
            Segment::Quoted(name) if schema.field(name).is_some() => {
                let description = format!("`{}` has fields, not keys", schema.name());
                return Err(PathError::new(Reason::UnknownField, description));
            }
            Segment::Quoted(name) => return Err(PathError::unknown_field(schema, name)),
        };
        let named = schema.field(name).or_else(|| match self.options.names {
            Names::Proto => None,
            Names::ProtoOrJson => schema.field_by_json_name(name),
        });
        let (index, field) = named.ok_or_else(|| PathError::unknown_field(schema, name))?;
        Ok((element_of(field), Position::Field { parent, index }))
    }

    /// Steps into a `google.protobuf.Struct` by a key, without a segment for the field `fields`.
    fn step_struct(
        &mut self,
        schema: &'static Schema,
        parent: Option<NodeId>,
        segment: &Segment<'_>,
        levels: &mut Levels,
    ) -> Result<Option<(Element, Position)>, PathError> {
        let found = match schema.name() {
            "google.protobuf.Struct" => schema.field("fields"),
            "google.protobuf.Value" => schema.field("struct_value"),
            _ => None,
        };
        let Some((index, field)) = found else { return Ok(None) };
        // The canonical path has a segment for this field.
        levels.enter()?;
        let node = parent.and_then(|parent| self.tree.enter_field(parent, index));
        match (field.shape, field.message()) {
            (Shape::Map(_), Some(value)) => {
                let key = match segment {
                    Segment::Plain(key) => KeyRef::Text(key),
                    Segment::Quoted(key) => KeyRef::Text(key),
                    Segment::Star => return Ok(None),
                };
                Ok(Some((Element::Message(value), Position::Key { map: node, key: OwnedKey::new(key) })))
            }
            (_, Some(inner)) => self.step_struct(inner, node, segment, levels),
            _ => Ok(None),
        }
    }

    fn step_item(
        &mut self,
        field: &'static FieldSchema,
        node: Option<NodeId>,
        position: Position,
        segment: &Segment<'_>,
        levels: &mut Levels,
    ) -> Result<(Element, Position), PathError> {
        let every = match position {
            Position::Field { parent, index } => Position::Every { parent, index, node },
            other => other,
        };
        let item = field.message().map_or(Element::Value(field), Element::Message);
        match (segment, item) {
            (Segment::Star, _) => {
                self.check_wildcard(Element::List(field))?;
                Ok((item, every))
            }
            (Segment::Plain(_), Element::Message(schema)) if self.options.implicit_items => {
                // The canonical path has a `*` here.
                levels.enter()?;
                self.step_field(schema, node, segment, levels)
            }
            (_, Element::Message(_)) if self.options.wildcards => Err(PathError::new(
                Reason::NoSubfields,
                format!("`{0}` is a list: only `{0}.*` leads to its elements, and no index does", field.name),
            )),
            _ => Err(PathError::new(Reason::NoSubfields, format!("`{}` is a list: it is selected whole", field.name))),
        }
    }

    fn step_entry(
        &mut self,
        (field, keys): (&'static FieldSchema, KeyKind),
        node: Option<NodeId>,
        position: Position,
        segment: &Segment<'_>,
    ) -> Result<(Element, Position), PathError> {
        let value = field.message().map_or(Element::Value(field), Element::Message);
        if let Segment::Star = segment {
            self.check_wildcard(Element::Map(field, keys))?;
            let node = node.map(|map| self.tree.enter_entries(map));
            let every = match position {
                Position::Field { parent, index } => Position::Every { parent, index, node },
                other => other,
            };
            return Ok((value, every));
        }
        if !self.options.map_keys {
            let description = format!("`{}` is a map: it is selected whole", field.name);
            return Err(PathError::new(Reason::NoSubfields, description));
        }
        let key = parse_key(keys, segment).ok_or_else(|| invalid_key(field, keys, segment))?;
        Ok((value, Position::Key { map: node, key }))
    }

    fn check_wildcard(&self, element: Element) -> Result<(), PathError> {
        match element {
            Element::List(field) | Element::Map(field, _) if !self.options.wildcards => {
                let description = format!("`*` is not accepted in a path: name `{}` alone", field.name);
                Err(PathError::new(Reason::InvalidWildcard, description))
            }
            Element::Message(schema) if !self.options.wildcards => {
                let description = format!("`*` is not accepted in a path: leave it out for all of `{}`", schema.name());
                Err(PathError::new(Reason::InvalidWildcard, description))
            }
            _ => Ok(()),
        }
    }

    /// Returns the node of the element at a position. Adds the node if it does not exist.
    fn enter(&mut self, position: &Position) -> Option<NodeId> {
        match position {
            Position::Root => None,
            Position::Field { parent, index } => parent.and_then(|parent| self.tree.enter_field(parent, *index)),
            Position::Every { node, .. } => *node,
            Position::Key { map, key } => map.and_then(|map| self.tree.enter_key(map, key.view())),
        }
    }

    /// Selects the element at a position whole.
    fn select(&mut self, position: Position) {
        match position {
            Position::Root => {}
            Position::Field { parent, index } | Position::Every { parent, index, .. } => {
                if let Some(parent) = parent {
                    self.tree.add_field(parent, index);
                }
            }
            Position::Key { map, key } => {
                if let Some(map) = map {
                    self.tree.add_key(map, key.view());
                }
            }
        }
    }
}

/// Number of further segments that a path may have.
struct Levels {
    left: usize,
    max: usize,
}

impl Levels {
    fn enter(&mut self) -> Result<(), PathError> {
        let exceeded =
            || PathError::new(Reason::LimitExceeded, format!("the path has more than {} segments", self.max));
        self.left = self.left.checked_sub(1).ok_or_else(exceeded)?;
        Ok(())
    }
}

/// Adds the position of the error in the path, if a hint can use it.
fn located<'p>(
    error: PathError,
    element: Element,
    (before, segment, after): (Option<&'p str>, Segment<'p>, &'p str),
) -> TraversalError<'p> {
    let schema = match element {
        Element::Message(schema) => Some(schema),
        Element::List(field) => field.message(),
        Element::Map(..) | Element::Value(_) => None,
    };
    match (error.reason, schema, before) {
        (Reason::UnknownField, Some(schema), Some(before)) => {
            TraversalError { error, unknown: Some(UnknownField { schema, before, segment, after }) }
        }
        _ => error.into(),
    }
}

fn element_of(field: &'static FieldSchema) -> Element {
    match (field.shape, field.message()) {
        (Shape::Repeated, _) => Element::List(field),
        (Shape::Map(keys), _) => Element::Map(field, keys),
        (_, Some(schema)) => Element::Message(schema),
        (_, None) => Element::Value(field),
    }
}

fn no_subfields(field: &FieldSchema) -> PathError {
    let article = match field.shape {
        Shape::Repeated => "an element of ",
        Shape::Map(_) => "a value of ",
        _ => "",
    };
    let description = match field.kind {
        Kind::Timestamp | Kind::Duration | Kind::Wrapper(_) | Kind::Opaque(_) => {
            format!("{article}`{}` is one value, selected whole: no field of it can be named", field.name)
        }
        _ => format!("{article}`{}` is not a message, so nothing can follow it", field.name),
    };
    PathError::new(Reason::NoSubfields, description)
}

impl From<PathError> for TraversalError<'_> {
    fn from(error: PathError) -> Self {
        Self { error, unknown: None }
    }
}
