//! Hints for paths that name no field: what to write instead.

use super::canonical::key_text;
use super::segment::Segment;
use crate::fields::{KeyRef, Schema};
use crate::nearest::nearest;
use crate::violation::quoted;

/// A segment of a path that is not a field of its message.
pub(super) struct UnknownField<'p> {
    pub(super) schema: &'static Schema,
    /// The path before it, with its last dot.
    pub(super) before: &'p str,
    pub(super) segment: Segment<'p>,
    /// The path behind it.
    pub(super) after: &'p str,
}

/// Longest path that a hint repeats.
const MAX_BYTES: usize = 96;

/// Number of members of a oneof that a hint names.
const MAX_MEMBERS: usize = 8;

impl UnknownField<'_> {
    /// Returns the end of a sentence, or `None` if the intention cannot be guessed. `resource` is the name of the
    /// resource in the request, or empty; `leads_on` returns whether a path leads to a field.
    pub(super) fn hint(&self, resource: &str, mut leads_on: impl FnMut(&str) -> bool) -> Option<String> {
        let Self { schema, before, ref segment, after } = *self;
        let (name, is_quoted) = match segment {
            Segment::Plain(name) => (*name, false),
            Segment::Quoted(name) => (name.as_ref(), true),
            Segment::Star => return None,
        };
        if before.len() + name.len() + after.len() > MAX_BYTES {
            return None;
        }
        let write = |instead: &str| Some(format!(": write {}", quoted(&format!("{before}{instead}"))));
        if is_quoted && schema.field(name).is_some() {
            return Some(format!(": write {} without back-ticks", quoted(&format!("{before}{name}"))));
        }
        if let Some((_, field)) = schema.field_by_json_name(name) {
            return write(field.name);
        }
        if let Some(members) = members(schema, name) {
            return Some(format!(", it is a oneof: name a member of it, {members}"));
        }
        let key = key_text(KeyRef::Text(name));
        match schema.name() {
            "google.protobuf.Struct" => return write(&format!("fields.{key}")),
            "google.protobuf.Value" => return write(&format!("struct_value.fields.{key}")),
            _ => {}
        }
        if before.is_empty() {
            if name == resource && after.is_empty() {
                return Some(": paths start inside of the resource: write `*` for all of it".to_owned());
            }
            if !after.is_empty() && leads_on(after) {
                return Some(format!(": paths start inside of the resource: write {}", quoted(after)));
            }
            if name == resource {
                let text = if is_quoted { format!("`{name}`.") } else { format!("{name}.") };
                return Some(format!(": paths start inside of the resource: leave out {}", quoted(&text)));
            }
        }
        let near = nearest(name, schema.fields().iter().map(|field| field.name))?;
        Some(format!(": did you mean {}?", quoted(&format!("{before}{near}"))))
    }
}

/// The first members of a oneof and the number of the others, or `None` if the message has no oneof of this name.
fn members(schema: &Schema, oneof: &str) -> Option<String> {
    let mut members = schema.members_of_oneof(oneof).map(|field| quoted(field.name));
    let named: Vec<String> = members.by_ref().take(MAX_MEMBERS).collect();
    let (last, others) = named.split_last()?;
    Some(match (others, members.count()) {
        ([], _) => last.clone(),
        (_, 0) => format!("{} or {last}", others.join(", ")),
        (_, more) => format!("{} and {more} more", named.join(", ")),
    })
}
