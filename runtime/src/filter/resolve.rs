//! Names of a filter as fields of the resource.

use smallvec::SmallVec;

use super::dynamic::Json;
use super::expression::{MapKey, Step, Target};
use super::syntax::Part;
use crate::field_path::{FieldPath, MAX_DEPTH};
use crate::fields::{FieldSchema, KeyKind, Schema, Shape};
use crate::violation::{Hints, Problem, Reason, quoted};

/// Follows names from the resource inwards, as far as requests may, for which some paths are named.
pub(super) fn resolve(
    root: &'static Schema,
    parts: &[Part<'_>],
    named: Option<&[FieldPath]>,
    hints: &Hints,
) -> Result<Target, Problem> {
    let mut parts = parts.iter();
    let mut part = parts.next().ok_or_else(|| Problem::new(0, Reason::UnknownField, "no field is named"))?;
    if part.is_quoted || part.text.starts_with(|character: char| character.is_ascii_digit()) {
        let description = format!("{} is a value: a comparison has the name of a field on its left", quoted(part.text));
        return Err(Problem::new(part.at, Reason::UnknownField, description));
    }
    let (mut steps, mut path, mut schema) = (SmallVec::new(), FieldPath::default(), root);
    loop {
        let (index, field) = enter(schema, &mut path, part, named, hints)?;
        steps.push(Step::Field(index));
        let mut keys = Vec::new();
        let Some(next) = parts.next() else { return Ok(Target { steps, field, keys }) };
        part = match field.shape {
            Shape::Map(kind) => {
                steps.push(Step::Key(key(field, kind, next)?));
                match parts.next() {
                    Some(after_key) => after_key,
                    None => return Ok(Target { steps, field, keys }),
                }
            }
            Shape::Repeated => {
                steps.push(Step::Each);
                next
            }
            Shape::Implicit | Shape::Optional | Shape::Required | Shape::Oneof(_) => next,
        };
        if matches!(Json::of(field), Some(Json::Struct | Json::Value)) {
            for part in std::iter::once(part).chain(parts) {
                keys.push(inner_key(part)?);
            }
            if keys.len() > MAX_DEPTH {
                return Err(Problem::too_deep(part.at));
            }
            return Ok(Target { steps, field, keys });
        }
        schema = field.message().ok_or_else(|| {
            let description = format!("`{}` has no fields, so {} cannot follow", field.name, quoted(part.text));
            Problem::new(part.at, Reason::NoSubfields, description)
        })?;
    }
}

/// The field of this name, which becomes the end of the path.
pub(super) fn enter(
    schema: &'static Schema,
    path: &mut FieldPath,
    part: &Part<'_>,
    named: Option<&[FieldPath]>,
    hints: &Hints,
) -> Result<(u16, &'static FieldSchema), Problem> {
    let depth = path.as_slice().len();
    if depth == MAX_DEPTH {
        return Err(Problem::too_deep(part.at));
    }
    let found = schema.field(part.text).filter(|(index, field)| {
        path.push(*index);
        path.is_open(field, named)
    });
    found.ok_or_else(|| {
        path.truncate(depth);
        Problem::no_field(part.at, schema.name(), part.text, path.open_names(schema, named), hints)
    })
}

/// The key of a `google.protobuf.Struct` that a part stands for.
pub(super) fn inner_key(part: &Part<'_>) -> Result<Box<str>, Problem> {
    let text = if part.is_quoted { super::pattern::unescape(part.text) } else { Ok(part.text.into()) };
    text.map(Into::into).map_err(|_| Problem::new(part.at, Reason::InvalidSyntax, super::literal::bad_escape()))
}

/// The key that a part stands for.
pub(super) fn key(field: &FieldSchema, kind: KeyKind, part: &Part<'_>) -> Result<MapKey, Problem> {
    let text = if part.is_quoted { super::pattern::unescape(part.text) } else { Ok(part.text.into()) };
    let text = text.map_err(|_| Problem::new(part.at, Reason::InvalidSyntax, super::literal::bad_escape()))?;
    MapKey::parse(kind, &text).ok_or_else(|| {
        let description = format!("{} is no key of `{}`, whose keys are {}", quoted(&text), field.name, name(kind));
        Problem::new(part.at, Reason::InvalidKey, description)
    })
}

fn name(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::String => "`string`",
        KeyKind::Int32 => "`int32`",
        KeyKind::Int64 => "`int64`",
        KeyKind::Uint32 => "`uint32`",
        KeyKind::Uint64 => "`uint64`",
        KeyKind::Bool => "`bool`",
    }
}
