//! Patterns of requests that update a resource. Each part names the field that shows it.

use crate::model::{FieldId, MessageId};

/// Pattern of a request that updates a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UpdatePattern {
    Masked(MaskedUpdate),
    Patch(Patch),
}

/// Update with the resource and a mask (AIP-134).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MaskedUpdate {
    pub(crate) resource: MessageId,
    /// Field of the request with the resource.
    pub(crate) field: FieldId,
    /// Field of the request with the `google.protobuf.FieldMask`.
    pub(crate) mask: FieldId,
    pub(crate) conditions: Conditions,
}

/// Update by optional fields of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Patch {
    pub(crate) resource: MessageId,
    /// In the order of the request.
    pub(crate) fields: Vec<PatchField>,
    pub(crate) conditions: Conditions,
}

/// Field of a request that replaces a field of the resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PatchField {
    pub(crate) in_request: FieldId,
    pub(crate) in_resource: FieldId,
}

/// Fields of an update request that control the update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Conditions {
    /// Whether to create a missing resource.
    pub(crate) allow_missing: Option<FieldId>,
    /// Version of the resource that the caller knows.
    pub(crate) etag: Option<FieldId>,
    /// Name of the resource, if the request does not contain the resource.
    pub(crate) name: Option<FieldId>,
}

impl UpdatePattern {
    /// The updated resource.
    pub(crate) fn resource(&self) -> MessageId {
        match self {
            Self::Masked(update) => update.resource,
            Self::Patch(patch) => patch.resource,
        }
    }
}
