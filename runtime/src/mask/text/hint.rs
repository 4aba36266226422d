//! Hints for paths with an unknown field: the path that was probably meant.

use super::map_key::key_segment;
use super::segment::Segment;
use crate::fields::{KeyRef, Schema};
use crate::text::nearest::nearest;
use crate::violation::quoted;

/// Segment of a path that is not a field of its message.
pub(super) struct UnknownField<'p> {
    pub(super) schema: &'static Schema,
    /// Path before the segment, with the last dot.
    pub(super) before: &'p str,
    pub(super) segment: Segment<'p>,
    /// Path after the segment.
    pub(super) after: &'p str,
}

/// Longest path that a hint repeats, in bytes.
const MAX_BYTES: usize = 96;

/// Largest number of oneof members that a hint names.
const MAX_MEMBERS: usize = 8;

impl UnknownField<'_> {
    /// Returns the end of an error text, or `None` if no path is similar. `resource` is the name of the resource field in
    /// the request, or empty. `is_valid_path` returns `true` for a path of a field.
    pub(super) fn hint(&self, resource: &str, mut is_valid_path: impl FnMut(&str) -> bool) -> Option<String> {
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
        let key = key_segment(KeyRef::Text(name));
        match schema.name() {
            "google.protobuf.Struct" => return write(&format!("fields.{key}")),
            "google.protobuf.Value" => return write(&format!("struct_value.fields.{key}")),
            _ => {}
        }
        if before.is_empty() {
            if name == resource && after.is_empty() {
                return Some(": paths start inside of the resource: write `*` for all of it".to_owned());
            }
            if !after.is_empty() && is_valid_path(after) {
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

/// Returns the first members of a oneof and the number of the others, or `None` if the message has no such oneof.
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
