//! Maps of enums that prost-build writes as maps of `int32`.
//!
//! prost-derive 0.14 writes accessors for a map of enums. It puts `get_` before the identifier of the field, and panics
//! if that is a raw one (`r#type`). Both types are the same on the wire, because an enum in a map starts with 0. Both
//! are `i32` in Rust. Such a map only has no accessors.

use std::collections::HashSet;

use crate::model::{Field, FieldType, MessageId, Model, Shape};

/// Entries of these maps.
#[derive(Debug)]
pub(super) struct Int32Maps(HashSet<MessageId>);

impl Int32Maps {
    pub(super) fn find(model: &Model) -> Self {
        let fields = model.messages.iter().flat_map(|message| &message.fields);
        Self(fields.filter_map(|field| entry(model, field)).collect())
    }

    pub(super) fn contains(&self, entry: MessageId) -> bool {
        self.0.contains(&entry)
    }
}

/// Returns `true` for a map of enums without accessors.
pub(crate) fn is_int32_map(model: &Model, field: &Field) -> bool {
    entry(model, field).is_some()
}

fn entry(model: &Model, field: &Field) -> Option<MessageId> {
    match (field.shape, model.value_type(field)) {
        (Shape::Map(entry), FieldType::Enum(_)) if field.name.is_raw() => Some(entry),
        _ => None,
    }
}
