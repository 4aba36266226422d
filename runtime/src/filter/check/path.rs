//! Resolution of names to fields and map keys.

use smallvec::SmallVec;

use crate::field_path::{FieldPath, MAX_DEPTH};
use crate::fields::{FieldSchema, KeyKind, Schema, Shape};
use crate::filter::expression::{JsonKind, MapKey, Target, TargetStep};
use crate::filter::literal::{invalid_escape, unescape};
use crate::filter::syntax::Part;
use crate::violation::{Hints, Problem, Reason, quoted};

/// Resolves names, from the resource inwards. `allowed` has the paths of `INPUT_ONLY` fields that may be used.
pub(super) fn resolve_path(
    root: &'static Schema,
    parts: &[Part<'_>],
    allowed: Option<&[FieldPath]>,
    hints: &Hints,
) -> Result<Target, Problem> {
    let mut parts = parts.iter();
    let mut part =
        parts.next().ok_or_else(|| Problem::new(0, Reason::UnknownField, "the name of a field is missing"))?;
    if part.is_quoted || part.text.starts_with(|character: char| character.is_ascii_digit()) {
        let description = format!("{} is a value: write the name of a field on the left", quoted(part.text));
        return Err(Problem::new(part.at, Reason::UnknownField, description));
    }
    let (mut steps, mut path, mut schema) = (SmallVec::new(), FieldPath::default(), root);
    loop {
        let (index, field) = field_of(schema, &mut path, part, allowed, hints)?;
        steps.push(TargetStep::Field(index));
        let mut keys = Vec::new();
        let Some(next) = parts.next() else { return Ok(Target { steps, field, keys }) };
        part = match field.shape {
            Shape::Map(kind) => {
                steps.push(TargetStep::Key(map_key(field, kind, next)?));
                match parts.next() {
                    Some(after_key) => after_key,
                    None => return Ok(Target { steps, field, keys }),
                }
            }
            Shape::Repeated => {
                steps.push(TargetStep::Each);
                next
            }
            Shape::Implicit | Shape::Optional | Shape::Required | Shape::Oneof(_) => next,
        };
        if matches!(JsonKind::from_field(field), Some(JsonKind::Struct | JsonKind::Value)) {
            for part in std::iter::once(part).chain(parts) {
                keys.push(json_key(part)?);
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

/// Finds a field by its name, and adds it to the path.
pub(super) fn field_of(
    schema: &'static Schema,
    path: &mut FieldPath,
    part: &Part<'_>,
    allowed: Option<&[FieldPath]>,
    hints: &Hints,
) -> Result<(u16, &'static FieldSchema), Problem> {
    let depth = path.as_slice().len();
    if depth == MAX_DEPTH {
        return Err(Problem::too_deep(part.at));
    }
    let found = schema.field(part.text).filter(|(index, field)| {
        path.push(*index);
        path.is_visible(field, allowed)
    });
    found.ok_or_else(|| {
        path.truncate(depth);
        Problem::no_field(part.at, schema.name(), part.text, path.visible_names(schema, allowed), hints)
    })
}

/// Converts a part to a key of a `google.protobuf.Struct`.
pub(super) fn json_key(part: &Part<'_>) -> Result<Box<str>, Problem> {
    let text = if part.is_quoted { unescape(part.text) } else { Ok(part.text.into()) };
    text.map(Into::into).map_err(|_| Problem::new(part.at, Reason::InvalidSyntax, invalid_escape()))
}

/// Converts a part to a map key.
pub(super) fn map_key(field: &FieldSchema, kind: KeyKind, part: &Part<'_>) -> Result<MapKey, Problem> {
    let text = if part.is_quoted { unescape(part.text) } else { Ok(part.text.into()) };
    let text = text.map_err(|_| Problem::new(part.at, Reason::InvalidSyntax, invalid_escape()))?;
    MapKey::parse(kind, &text).ok_or_else(|| {
        let description =
            format!("{} is not a key of `{}`, whose keys are {}", quoted(&text), field.name, key_type(kind));
        Problem::new(part.at, Reason::InvalidKey, description)
    })
}

/// Returns the proto type of a key kind.
fn key_type(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::String => "`string`",
        KeyKind::Int32 => "`int32`",
        KeyKind::Int64 => "`int64`",
        KeyKind::Uint32 => "`uint32`",
        KeyKind::Uint64 => "`uint64`",
        KeyKind::Bool => "`bool`",
    }
}
