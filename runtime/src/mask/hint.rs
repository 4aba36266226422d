//! Hints for paths that name no field: what to write instead.

use super::canonical::key_text;
use crate::fields::{KeyRef, Schema};
use crate::nearest::nearest;
use crate::violation::quoted;

/// A segment of a path that is not a field of its message.
pub(super) struct UnknownField<'p> {
    pub(super) schema: &'static Schema,
    /// The path before it, with its last dot.
    pub(super) before: &'p str,
    pub(super) name: &'p str,
    /// The path behind it.
    pub(super) after: &'p str,
}

/// Longest path that a hint repeats.
const MAX_BYTES: usize = 96;

impl UnknownField<'_> {
    /// Returns the end of a sentence, or `None` if the intention cannot be guessed. `resource` is the name of the
    /// resource in the request, or empty; `leads_on` returns whether a path leads to a field.
    pub(super) fn hint(&self, resource: &str, mut leads_on: impl FnMut(&str) -> bool) -> Option<String> {
        let Self { schema, before, name, after } = *self;
        if before.len() + name.len() + after.len() > MAX_BYTES {
            return None;
        }
        let write = |instead: &str| Some(format!(": write {}", quoted(&format!("{before}{instead}"))));
        if let Some((_, field)) = schema.field_by_json_name(name) {
            return write(field.name);
        }
        let members: Vec<String> = schema.members_of_oneof(name).map(|field| quoted(field.name)).collect();
        if let Some((last, others)) = members.split_last() {
            let separator = if others.is_empty() { "" } else { " or " };
            return Some(format!(", it is a oneof: name a member of it, {}{separator}{last}", others.join(", ")));
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
                return Some(format!(
                    ": paths start inside of the resource: leave out {}",
                    quoted(&format!("{name}."))
                ));
            }
        }
        let near = nearest(name, schema.fields().iter().map(|field| field.name))?;
        Some(format!(": did you mean {}?", quoted(&format!("{before}{near}"))))
    }
}
