//! Names of a filter as fields of the resource.

use smallvec::SmallVec;

use super::expression::{MapKey, Step, Target};
use super::syntax::{Part, Problem};
use crate::fields::{FieldSchema, KeyKind, Schema, Shape};
use crate::violation::{Reason, quoted};

/// Follows names from the resource inwards.
pub(super) fn resolve(root: &'static Schema, parts: &[Part<'_>]) -> Result<Target, Problem> {
    let (first, rest) = parts.split_first().ok_or_else(|| problem(0, Reason::UnknownField, "no field is named"))?;
    if first.is_quoted || first.text.starts_with(|character: char| character.is_ascii_digit()) {
        let description =
            format!("{} is a value: a comparison has the name of a field on its left", quoted(first.text));
        return Err(problem(first.at, Reason::UnknownField, description));
    }
    let mut target = Target { steps: SmallVec::new(), field: enter(root, first)?.1 };
    let mut schema = root;
    let mut part = first;
    let mut rest = rest.iter();
    loop {
        let (index, field) = enter(schema, part)?;
        target.steps.push(Step::Field(index));
        target.field = field;
        let Some(next) = rest.next() else { return Ok(target) };
        part = match field.shape {
            Shape::Map(kind) => {
                target.steps.push(Step::Key(key(field, kind, next)?));
                match rest.next() {
                    Some(after_key) => after_key,
                    None => return Ok(target),
                }
            }
            Shape::Repeated => {
                target.steps.push(Step::Each);
                next
            }
            Shape::Implicit | Shape::Optional | Shape::Required | Shape::Oneof(_) => next,
        };
        schema = field.message().ok_or_else(|| {
            let description = format!("`{}` has no fields, so {} cannot follow", field.name, quoted(part.text));
            problem(part.at, Reason::NoSubfields, description)
        })?;
    }
}

fn enter(schema: &'static Schema, part: &Part<'_>) -> Result<(u16, &'static FieldSchema), Problem> {
    schema.field(part.text).ok_or_else(|| {
        let description = format!("`{}` has no field {}", schema.name(), quoted(part.text));
        problem(part.at, Reason::UnknownField, description)
    })
}

/// The key that a part stands for.
pub(super) fn key(field: &FieldSchema, kind: KeyKind, part: &Part<'_>) -> Result<MapKey, Problem> {
    let text = if part.is_quoted { super::pattern::unescape(part.text) } else { Ok(part.text.into()) };
    let text = text.map_err(|_| problem(part.at, Reason::InvalidSyntax, super::literal::bad_escape()))?;
    MapKey::parse(kind, &text).ok_or_else(|| {
        let description = format!("{} is no key of `{}`, whose keys are {}", quoted(&text), field.name, name(kind));
        problem(part.at, Reason::InvalidKey, description)
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

pub(super) fn problem(at: usize, reason: Reason, description: impl Into<String>) -> Problem {
    Problem { at, reason, description: description.into() }
}
