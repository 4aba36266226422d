//! Paths through lists and maps: what each segment means depends on what it is a segment of.

use super::hint::UnknownField;
use super::key::OwnedKey;
use super::options::Names;
use super::parse::{Parser, Problem, Refusal};
use super::segment::{self, Segment};
use super::tree::NodeId;
use crate::fields::{FieldSchema, KeyKind, KeyRef, Kind, Schema, Shape};
use crate::violation::{Reason, quoted};

/// What a path has come to.
#[derive(Clone, Copy)]
enum Thing {
    Message(&'static Schema),
    List(&'static FieldSchema),
    Map(&'static FieldSchema, KeyKind),
    /// Nothing can follow: the name of the field, and its kind.
    Leaf(&'static FieldSchema),
}

/// How the thing is selected, whole or in part. Without a node, paths are checked only, or it is selected already.
#[derive(Clone)]
enum Slot {
    Root,
    Field {
        parent: Option<NodeId>,
        index: u16,
    },
    /// All elements of a list, or all values of a map: whole, they are the field.
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

impl Parser<'_> {
    /// Follows a path from the outermost message, and selects what it leads to below `root`; without one it only checks.
    pub(super) fn traverse<'p>(&mut self, path: &'p str, root: Option<NodeId>) -> Result<(), Refusal<'p>> {
        let mut rest = path;
        let (mut thing, mut slot) = (Thing::Message(self.schema), Slot::Root);
        let mut levels = Levels { left: self.max_depth(), most: self.max_depth() };
        loop {
            levels.enter()?;
            let before = path.len() - rest.len();
            let (segment, more) = segment::next(&mut rest)?;
            if matches!(segment, Segment::Star)
                && !more
                && !matches!((thing, &slot), (Thing::Leaf(_), _) | (_, Slot::Root))
            {
                self.check_wildcard(thing)?;
                self.select(slot);
                return Ok(());
            }
            let node = if matches!(slot, Slot::Root) { root } else { self.enter(&slot) };
            let stepped = match thing {
                Thing::Message(schema) => self.step_field(schema, node, &segment, &mut levels),
                Thing::List(field) => self.step_item(field, node, slot, &segment, &mut levels),
                Thing::Map(field, keys) => self.step_entry((field, keys), node, slot, &segment),
                Thing::Leaf(field) => Err(no_subfields(field)),
            };
            (thing, slot) = stepped.map_err(|problem| refusal(problem, thing, (path.get(..before), segment, rest)))?;
            if !more {
                self.select(slot);
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
    ) -> Result<(Thing, Slot), Problem> {
        if self.options.struct_keys
            && let Some(found) = self.step_struct(schema, parent, segment, levels)?
        {
            return Ok(found);
        }
        let name = match segment {
            Segment::Plain(name) => *name,
            Segment::Star => {
                let description = format!("`*` stands for the fields of `{}` only at the end of a path", schema.name());
                return Err(Problem::new(Reason::InvalidWildcard, description));
            }
            // The hint tells how the name is written.
            Segment::Quoted(name) if schema.field(name).is_some() => {
                let description = format!("`{}` has fields, not keys", schema.name());
                return Err(Problem::new(Reason::UnknownField, description));
            }
            Segment::Quoted(name) => return Err(Problem::unknown_field(schema, name)),
        };
        let named = schema.field(name).or_else(|| match self.options.names {
            Names::Proto => None,
            Names::ProtoOrJson => schema.field_by_json_name(name),
        });
        let (index, field) = named.ok_or_else(|| Problem::unknown_field(schema, name))?;
        Ok((thing(field), Slot::Field { parent, index }))
    }

    /// The way into a `google.protobuf.Struct` by its keys alone.
    fn step_struct(
        &mut self,
        schema: &'static Schema,
        parent: Option<NodeId>,
        segment: &Segment<'_>,
        levels: &mut Levels,
    ) -> Result<Option<(Thing, Slot)>, Problem> {
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
                Ok(Some((Thing::Message(value), Slot::Key { map: node, key: OwnedKey::new(key) })))
            }
            (_, Some(inner)) => self.step_struct(inner, node, segment, levels),
            _ => Ok(None),
        }
    }

    fn step_item(
        &mut self,
        field: &'static FieldSchema,
        node: Option<NodeId>,
        slot: Slot,
        segment: &Segment<'_>,
        levels: &mut Levels,
    ) -> Result<(Thing, Slot), Problem> {
        let every = match slot {
            Slot::Field { parent, index } => Slot::Every { parent, index, node },
            other => other,
        };
        let item = field.message().map_or(Thing::Leaf(field), Thing::Message);
        match (segment, item) {
            (Segment::Star, _) => {
                self.check_wildcard(Thing::List(field))?;
                Ok((item, every))
            }
            (Segment::Plain(_), Thing::Message(schema)) if self.options.implicit_items => {
                // The canonical path has a `*` here.
                levels.enter()?;
                self.step_field(schema, node, segment, levels)
            }
            (_, Thing::Message(_)) if self.options.wildcards => Err(Problem::new(
                Reason::NoSubfields,
                format!("`{0}` is a list: only `{0}.*` leads to its elements, and no index does", field.name),
            )),
            _ => Err(Problem::new(Reason::NoSubfields, format!("`{}` is a list: it is selected whole", field.name))),
        }
    }

    fn step_entry(
        &mut self,
        (field, keys): (&'static FieldSchema, KeyKind),
        node: Option<NodeId>,
        slot: Slot,
        segment: &Segment<'_>,
    ) -> Result<(Thing, Slot), Problem> {
        let value = field.message().map_or(Thing::Leaf(field), Thing::Message);
        if let Segment::Star = segment {
            self.check_wildcard(Thing::Map(field, keys))?;
            let node = node.map(|map| self.tree.enter_entries(map));
            let every = match slot {
                Slot::Field { parent, index } => Slot::Every { parent, index, node },
                other => other,
            };
            return Ok((value, every));
        }
        if !self.options.map_keys {
            let description = format!("`{}` is a map: it is selected whole", field.name);
            return Err(Problem::new(Reason::NoSubfields, description));
        }
        let key = key(keys, segment).ok_or_else(|| invalid_key(field, keys, segment))?;
        Ok((value, Slot::Key { map: node, key }))
    }

    fn check_wildcard(&self, thing: Thing) -> Result<(), Problem> {
        match thing {
            Thing::List(field) | Thing::Map(field, _) if !self.options.wildcards => {
                let description = format!("`*` is not accepted in a path: name `{}` alone", field.name);
                Err(Problem::new(Reason::InvalidWildcard, description))
            }
            Thing::Message(schema) if !self.options.wildcards => {
                let description = format!("`*` is not accepted in a path: leave it out for all of `{}`", schema.name());
                Err(Problem::new(Reason::InvalidWildcard, description))
            }
            _ => Ok(()),
        }
    }

    /// The node for the parts of what a slot holds.
    fn enter(&mut self, slot: &Slot) -> Option<NodeId> {
        match slot {
            Slot::Root => None,
            Slot::Field { parent, index } => parent.and_then(|parent| self.tree.enter_field(parent, *index)),
            Slot::Every { node, .. } => *node,
            Slot::Key { map, key } => map.and_then(|map| self.tree.enter_key(map, key.view())),
        }
    }

    /// Selects what a slot holds whole.
    fn select(&mut self, slot: Slot) {
        match slot {
            Slot::Root => {}
            Slot::Field { parent, index } | Slot::Every { parent, index, .. } => {
                if let Some(parent) = parent {
                    self.tree.add_field(parent, index);
                }
            }
            Slot::Key { map, key } => {
                if let Some(map) = map {
                    self.tree.add_key(map, key.view());
                }
            }
        }
    }
}

/// Count of the segments that a path may still have.
struct Levels {
    left: usize,
    most: usize,
}

impl Levels {
    fn enter(&mut self) -> Result<(), Problem> {
        let exceeded = || Problem::new(Reason::LimitExceeded, format!("the path has more than {} segments", self.most));
        self.left = self.left.checked_sub(1).ok_or_else(exceeded)?;
        Ok(())
    }
}

/// A problem with a segment of a path, given what stands before and after it.
fn refusal<'p>(
    problem: Problem,
    thing: Thing,
    (before, segment, after): (Option<&'p str>, Segment<'p>, &'p str),
) -> Refusal<'p> {
    let schema = match thing {
        Thing::Message(schema) => Some(schema),
        Thing::List(field) => field.message(),
        Thing::Map(..) | Thing::Leaf(_) => None,
    };
    match (problem.reason, schema, before) {
        (Reason::UnknownField, Some(schema), Some(before)) => {
            Refusal::of_unknown(problem, UnknownField { schema, before, segment, after })
        }
        _ => problem.into(),
    }
}

fn thing(field: &'static FieldSchema) -> Thing {
    match (field.shape, field.message()) {
        (Shape::Repeated, _) => Thing::List(field),
        (Shape::Map(keys), _) => Thing::Map(field, keys),
        (_, Some(schema)) => Thing::Message(schema),
        (_, None) => Thing::Leaf(field),
    }
}

fn no_subfields(field: &FieldSchema) -> Problem {
    let one = match field.shape {
        Shape::Repeated => "an element of ",
        Shape::Map(_) => "a value of ",
        _ => "",
    };
    let description = match field.kind {
        Kind::Timestamp | Kind::Duration | Kind::Wrapper(_) | Kind::Opaque(_) => {
            format!("{one}`{}` is one value, selected whole: no field of it can be named", field.name)
        }
        _ => format!("{one}`{}` is no message, so nothing can follow it", field.name),
    };
    Problem::new(Reason::NoSubfields, description)
}

/// The key that a segment is, in a map with keys of the given kind.
fn key(kind: KeyKind, segment: &Segment<'_>) -> Option<OwnedKey> {
    let text = match (kind, segment) {
        (KeyKind::String, Segment::Quoted(text)) => return Some(OwnedKey::Text(text.as_ref().into())),
        (_, Segment::Plain(text)) => *text,
        _ => return None,
    };
    match kind {
        KeyKind::String => is_identifier(text).then(|| OwnedKey::Text(text.into())),
        KeyKind::Bool => match text {
            "true" => Some(OwnedKey::Bool(true)),
            "false" => Some(OwnedKey::Bool(false)),
            _ => None,
        },
        _ if !is_canonical_integer(text) => None,
        KeyKind::Int32 => text.parse::<i32>().ok().map(|key| OwnedKey::Int(key.into())),
        KeyKind::Int64 => text.parse().ok().map(OwnedKey::Int),
        KeyKind::Uint32 => text.parse::<u32>().ok().map(|key| OwnedKey::Uint(key.into())),
        KeyKind::Uint64 => text.parse().ok().map(OwnedKey::Uint),
    }
}

fn invalid_key(field: &FieldSchema, kind: KeyKind, segment: &Segment<'_>) -> Problem {
    let text = match segment {
        Segment::Plain(text) => quoted(text),
        Segment::Quoted(text) => quoted(&format!("`{text}`")),
        Segment::Star => "`*`".to_owned(),
    };
    let expected = match kind {
        KeyKind::String => "a name, or any text between back-ticks",
        KeyKind::Bool => "`true` or `false`",
        KeyKind::Int32 => "a number of 32 bits without leading zeros",
        KeyKind::Int64 => "a number of 64 bits without leading zeros",
        KeyKind::Uint32 => "a number of 32 bits, not negative, without leading zeros",
        KeyKind::Uint64 => "a number of 64 bits, not negative, without leading zeros",
    };
    Problem::new(Reason::InvalidKey, format!("a key of `{}` is {expected}, not {text}", field.name))
}

/// Whether text can be a key without quotes.
pub(super) fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// `[ "-" ] DIGIT { DIGIT }`, without leading zeros and without `-0`.
fn is_canonical_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_zero = digits == "0";
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (is_zero || !digits.starts_with('0'))
        && !(is_zero && text.starts_with('-'))
}
