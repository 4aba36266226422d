//! Maps of enums that are written as maps of `int32`.
//!
//! prost-derive 0.14 panics on a map of enums whose field is a raw identifier (see [`Model::map_without_accessors`]).
//! Both types are the same on the wire, because protobuf wants the enums in maps to start with 0, and in Rust, where the
//! values are `i32`. Such a map only has no accessors.

use std::collections::HashSet;

use crate::model::{FieldType, MessageId, Model, Scalar};

/// The entries of these maps.
#[derive(Debug)]
pub(super) struct Numbers(HashSet<MessageId>);

impl Numbers {
    pub(super) fn find(model: &Model) -> Self {
        let fields = model.messages.iter().flat_map(|message| &message.fields);
        Self(fields.filter_map(|field| model.map_without_accessors(field)).collect())
    }

    /// The type that prost-build gets for a field of a message.
    pub(super) fn lowered(&self, message: MessageId, r#type: FieldType) -> FieldType {
        match r#type {
            FieldType::Enum(_) if self.0.contains(&message) => FieldType::Scalar(Scalar::Int32),
            other => other,
        }
    }
}
