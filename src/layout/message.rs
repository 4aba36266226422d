//! Representation of messages in Rust.

use super::owner::{Owner, TypeLayout, WELL_KNOWN_SCOPE};
use super::{ScalarType, well_known};
use crate::model::{Message, MessageKind};

/// Full name of the message of masks.
pub(crate) const FIELD_MASK: &str = ".google.protobuf.FieldMask";

/// Largest number of fields of a described struct: the runtime counts fields in 16 bits.
const MAX_FIELDS: usize = 1 << 16;

/// Representation of a message in Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MessageRepr {
    /// prost's struct with the fields of the proto, wherever it is: in a package of this or another run, or at a path
    /// that `extern_path` and `extern_fields` declare.
    Struct,
    /// Type of prost-types that the runtime converts to values of its own.
    WellKnown(WellKnown),
    /// Well-known type that `compile_well_known_types` generates from its proto.
    CompiledWellKnown,
    /// Scalar in the place of a wrapper message.
    Wrapper(ScalarType),
    /// Entry of a map: not a Rust type of its own.
    MapEntry,
    /// Type with unknown fields, or with more than a table can describe.
    Opaque,
}

/// Well-known types that have a meaning of their own in the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WellKnown {
    Timestamp,
    Duration,
    Struct,
    Value,
    ListValue,
    /// `()`
    Empty,
}

impl MessageRepr {
    pub(super) fn new(message: &Message, r#type: &TypeLayout) -> Self {
        match message.kind {
            MessageKind::MapEntry => return Self::MapEntry,
            MessageKind::Plain if message.fields.len() > MAX_FIELDS => return Self::Opaque,
            MessageKind::Plain => {}
        }
        let well_known = message.full_name.strip_prefix(WELL_KNOWN_SCOPE);
        match (&r#type.owner, well_known) {
            (Owner::Package(_) | Owner::OtherRun, Some(_)) => Self::CompiledWellKnown,
            (Owner::Package(_) | Owner::OtherRun, None) => Self::Struct,
            (Owner::Extern(r#type), well_known) => {
                let known = well_known.and_then(|name| well_known::repr(name, &r#type.path));
                let is_outdated = r#type.is_from_prost && well_known.is_some_and(well_known::is_outdated);
                match known {
                    Some(repr) => repr,
                    None if r#type.has_fields && !is_outdated => Self::Struct,
                    None => Self::Opaque,
                }
            }
        }
    }
}
