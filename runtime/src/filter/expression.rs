//! A filter that fits its resource: fields are positions, values have the types of their fields.

use std::cmp::Ordering;
use std::sync::Arc;

use smallvec::SmallVec;

use super::dynamic::{Dynamic, Json};
use super::functions::Predicate;
use super::literal::Literal;
use super::pattern::Pattern;
use super::syntax::Comparator;
use crate::field_path::FieldPath;
use crate::fields::{FieldSchema, KeyKind, KeyRef, Kind, Shape};
use crate::value::Hop;

/// Tests and how they are combined. No `All` is directly in an `All`, no `Any` in an `Any`, no `Not` in a `Not`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    Test(Test),
    Call(Call),
}

/// One question about one field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Test {
    pub(super) target: Target,
    pub(super) check: Check,
}

/// The way to a value.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) steps: SmallVec<[Step; 3]>,
    /// The field at the end; its elements or values, if the last step goes to them.
    pub(super) field: &'static FieldSchema,
    /// The keys inside of a `google.protobuf.Struct` or `Value`, which have no steps.
    pub(super) keys: Vec<Box<str>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// The field at this position.
    Field(u16),
    /// Any element of a list.
    Each,
    /// The value of a key.
    Key(MapKey),
}

/// A key of a map, of any type.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum MapKey {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Text(Box<str>),
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Check {
    /// Whether the value stands in this relation to the literal.
    Compare(Relation, Literal),
    /// Whether the text matches, or does not.
    Match { pattern: Pattern, is_negated: bool },
    /// Whether it is set: no, if a message on the way is not.
    Present,
    /// Whether it is unset: unknown, if a message on the way is.
    Null,
    /// Predicate on a value inside of a `google.protobuf.Struct`, `Value` or `ListValue`.
    Dynamic(Box<Dynamic>),
}

impl Check {
    /// Whether it asks for presence, which is never unknown.
    pub(super) fn is_presence(&self) -> bool {
        match self {
            Self::Present => true,
            Self::Dynamic(dynamic) => dynamic.check == Self::Present,
            Self::Compare(..) | Self::Match { .. } | Self::Null => false,
        }
    }
}

/// How a value is to stand to another: which of the three outcomes of a comparison are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Relation(u8);

/// A function's answer about the resource.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) name: Box<str>,
    pub(super) function: Arc<Predicate>,
    pub(super) arguments: Vec<CallArgument>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum CallArgument {
    /// A field of which there is one, or the value of a key.
    Field(Target),
    Constant(Literal),
}

impl Relation {
    const LESS: u8 = 0b001;
    const EQUAL: u8 = 0b010;
    const GREATER: u8 = 0b100;

    pub(super) const EQUALITY: Self = Self(Self::EQUAL);

    pub(super) const ALL: [(Self, &'static str); 6] = [
        (Self(Self::EQUAL), "="),
        (Self(Self::LESS | Self::GREATER), "!="),
        (Self(Self::LESS), "<"),
        (Self(Self::LESS | Self::EQUAL), "<="),
        (Self(Self::GREATER), ">"),
        (Self(Self::GREATER | Self::EQUAL), ">="),
    ];

    pub(super) const fn of(comparator: Comparator) -> Self {
        Self(match comparator {
            Comparator::Less => Self::LESS,
            Comparator::LessOrEqual => Self::LESS | Self::EQUAL,
            Comparator::Greater => Self::GREATER,
            Comparator::GreaterOrEqual => Self::GREATER | Self::EQUAL,
            Comparator::NotEqual => Self::LESS | Self::GREATER,
            Comparator::Equal | Comparator::Has => Self::EQUAL,
        })
    }

    /// The relation that holds when this one does not.
    pub(super) const fn negated(self) -> Self {
        Self(!self.0 & 0b111)
    }

    /// The relation to the next lower value that says the same, if this one, which is no equality, is asked of a value
    /// that nothing is equal to.
    pub(super) const fn above(self) -> Self {
        Self(if self.0 & Self::GREATER != 0 { Self::GREATER } else { Self::LESS | Self::EQUAL })
    }

    /// Whether the outcome is a wanted one.
    #[inline]
    pub(super) const fn holds(self, outcome: Ordering) -> bool {
        self.0 & (1 << (outcome as i8 + 1)) != 0
    }

    /// Whether it is `=` or `!=`.
    pub(super) const fn is_equality(self) -> bool {
        matches!(self.0, Self::EQUAL) || self.0 == Self::LESS | Self::GREATER
    }

    /// The comparator.
    pub(super) fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(relation, _)| *relation == self).map_or("", |(_, text)| text)
    }
}

impl Step {
    /// The step of a path to one value; elements of a list are not one value.
    pub(super) fn hop(&self) -> Option<Hop<'_>> {
        match self {
            Self::Field(index) => Some(Hop::Field(*index)),
            Self::Key(key) => Some(Hop::Key(key.view())),
            Self::Each => None,
        }
    }
}

impl MapKey {
    /// The key of this kind that the text stands for.
    pub(super) fn parse(kind: KeyKind, text: &str) -> Option<Self> {
        let is_canonical = |shown: String| shown == text;
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

    pub(super) fn view(&self) -> KeyRef<'_> {
        match self {
            Self::Bool(key) => KeyRef::Bool(*key),
            Self::Int(key) => KeyRef::Int(*key),
            Self::Uint(key) => KeyRef::Uint(*key),
            Self::Text(key) => KeyRef::Text(key),
        }
    }
}

impl Target {
    /// Whether the way goes through elements of a list.
    pub(super) fn has_each(&self) -> bool {
        self.steps.contains(&Step::Each)
    }

    /// Whether the value is one of many: an element, or the value of a key.
    pub(super) fn is_element(&self) -> bool {
        self.steps.iter().any(|step| !matches!(step, Step::Field(_)))
    }

    /// Returns the message of the value, if it is a `Struct`, a `Value` or a `ListValue`.
    pub(super) fn json(&self) -> Option<Json> {
        if self.is_collection() { None } else { Json::of(self.field) }
    }

    /// Whether it leads to a list or map as a whole.
    pub(super) fn is_collection(&self) -> bool {
        matches!(self.steps.last(), Some(Step::Field(_))) && matches!(self.field.shape, Shape::Repeated | Shape::Map(_))
    }

    /// The fields on the way.
    pub(super) fn fields(&self) -> FieldPath {
        let mut path = FieldPath::default();
        for step in &self.steps {
            if let Step::Field(index) = step {
                path.push(*index);
            }
        }
        path
    }

    /// What the value is; of a wrapper, what it wraps.
    pub(super) fn kind(&self) -> Kind {
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

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.arguments == other.arguments
    }
}

impl Expression {
    pub(super) fn all(list: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for expression in list {
            match expression {
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Self::All(flat)
    }

    pub(super) fn any(list: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for expression in list {
            match expression {
                Self::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Self::Any(flat)
    }

    pub(super) fn not(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The first answer of the function about the fields that are named.
    #[cfg(feature = "page")]
    pub(super) fn find_target<T>(&self, find: &mut dyn FnMut(&Target) -> Option<T>) -> Option<T> {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().find_map(|inner| inner.find_target(find)),
            Self::Not(inner) => inner.find_target(find),
            Self::Test(test) => find(&test.target),
            Self::Call(call) => call.arguments.iter().find_map(|argument| match argument {
                CallArgument::Field(target) => find(target),
                CallArgument::Constant(_) => None,
            }),
        }
    }

    /// How many tests and calls there are.
    pub(super) fn cost(&self) -> usize {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().map(Self::cost).sum(),
            Self::Not(inner) => inner.cost(),
            Self::Test(_) | Self::Call(_) => 1,
        }
    }
}
