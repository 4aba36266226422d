//! Paths to values, through fields, list elements and map keys.

use smallvec::SmallVec;

use super::dynamic::JsonKind;
use crate::accessor::AccessStep;
use crate::field_path::FieldPath;
use crate::fields::{FieldSchema, KeyKind, KeyRef, Kind, Shape};

/// Path to a value.
#[derive(Debug, Clone)]
pub(in crate::filter) struct Target {
    pub(in crate::filter) steps: SmallVec<[TargetStep; 3]>,
    /// The last field of the path.
    pub(in crate::filter) field: &'static FieldSchema,
    /// Keys inside of a `google.protobuf.Struct` or `Value`, which have no steps.
    pub(in crate::filter) keys: Vec<Box<str>>,
}

/// Step of a [`Target`].
#[derive(Debug, Clone, PartialEq)]
pub(in crate::filter) enum TargetStep {
    /// The field with this index.
    Field(u16),
    /// Any element of a list.
    Each,
    /// The map value of a key.
    Key(MapKey),
}

/// Map key of any type.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::filter) enum MapKey {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Text(Box<str>),
}

impl TargetStep {
    /// Returns the step of an accessor, or `None` for list elements, which are not a single value.
    pub(in crate::filter) fn access_step(&self) -> Option<AccessStep<'_>> {
        match self {
            Self::Field(index) => Some(AccessStep::Field(*index)),
            Self::Key(key) => Some(AccessStep::Key(key.view())),
            Self::Each => None,
        }
    }
}

impl MapKey {
    /// Parses a key of this kind. Integers must be in canonical form, for example without leading zeros.
    pub(in crate::filter) fn parse(kind: KeyKind, text: &str) -> Option<Self> {
        let is_canonical = |canonical: String| canonical == text;
        match kind {
            KeyKind::String => Some(Self::Text(text.into())),
            KeyKind::Bool => text.parse().ok().map(Self::Bool),
            KeyKind::Int32 => {
                text.parse::<i32>().ok().filter(|key| is_canonical(key.to_string())).map(|key| Self::Int(key.into()))
            }
            KeyKind::Int64 => text.parse().ok().filter(|key: &i64| is_canonical(key.to_string())).map(Self::Int),
            KeyKind::Uint32 => {
                text.parse::<u32>().ok().filter(|key| is_canonical(key.to_string())).map(|key| Self::Uint(key.into()))
            }
            KeyKind::Uint64 => text.parse().ok().filter(|key: &u64| is_canonical(key.to_string())).map(Self::Uint),
        }
    }

    /// Returns the borrowed key.
    pub(in crate::filter) fn view(&self) -> KeyRef<'_> {
        match self {
            Self::Bool(key) => KeyRef::Bool(*key),
            Self::Int(key) => KeyRef::Int(*key),
            Self::Uint(key) => KeyRef::Uint(*key),
            Self::Text(key) => KeyRef::Text(key),
        }
    }
}

impl Target {
    /// Returns `true` if the path leads through elements of a list.
    pub(in crate::filter) fn has_each(&self) -> bool {
        self.steps.contains(&TargetStep::Each)
    }

    /// Returns `true` if the value is a list element or a map value.
    pub(in crate::filter) fn is_element(&self) -> bool {
        self.steps.iter().any(|step| !matches!(step, TargetStep::Field(_)))
    }

    /// Returns the kind of the message if it is a `Struct`, a `Value` or a `ListValue`.
    pub(in crate::filter) fn json_kind(&self) -> Option<JsonKind> {
        if self.is_collection() { None } else { JsonKind::from_field(self.field) }
    }

    /// Returns `true` if the path leads to a whole list or map.
    pub(in crate::filter) fn is_collection(&self) -> bool {
        matches!(self.steps.last(), Some(TargetStep::Field(_)))
            && matches!(self.field.shape, Shape::Repeated | Shape::Map(_))
    }

    /// Returns the fields of the path, without list elements and map keys.
    pub(in crate::filter) fn field_path(&self) -> FieldPath {
        let mut path = FieldPath::default();
        for step in &self.steps {
            if let TargetStep::Field(index) = step {
                path.push(*index);
            }
        }
        path
    }

    /// Returns the kind of the value; for a wrapper, the kind of the wrapped value.
    pub(in crate::filter) fn kind(&self) -> Kind {
        match self.field.kind {
            Kind::Wrapper(kind) => *kind,
            kind => kind,
        }
    }
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.steps == other.steps && self.keys == other.keys
    }
}
