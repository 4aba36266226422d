//! What a method does, where its messages follow a convention of the AIPs; every part names the field that shows it.

use super::{FieldId, MessageId};

/// How a method changes a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Update(Update),
    Patch(Patch),
}

/// An update with the resource and a mask (AIP-134).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Update {
    pub(crate) resource: MessageId,
    /// The field of the request that holds the resource.
    pub(crate) field: FieldId,
    /// Its `google.protobuf.FieldMask`.
    pub(crate) mask: FieldId,
    pub(crate) conditions: Conditions,
}

/// An update by fields of the request that may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Patch {
    pub(crate) resource: MessageId,
    /// In the order of the request.
    pub(crate) fields: Vec<PatchField>,
    pub(crate) conditions: Conditions,
}

/// A field of a request that stands for one of the resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PatchField {
    pub(crate) in_request: FieldId,
    pub(crate) in_resource: FieldId,
}

/// What else the request of an update can say; the fields of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Conditions {
    /// Whether to create a resource that is missing.
    pub(crate) allow_missing: Option<FieldId>,
    /// The state of the resource that the caller knows.
    pub(crate) etag: Option<FieldId>,
    /// The name of the resource, where the request is not the resource's message.
    pub(crate) name: Option<FieldId>,
}

/// A request that says which fields to return (AIP-157).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Read {
    /// What the mask is about: the response, or the elements of the list in it.
    pub(crate) resource: MessageId,
    /// The field of the request that holds the mask.
    pub(crate) mask: FieldId,
    /// The field of the response that holds the list, if it is one.
    pub(crate) items: Option<FieldId>,
}

/// A list of update or get requests in a request (AIP-234, AIP-231): each item says for itself what to change or return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Batch {
    /// The request in the list.
    pub(crate) item: MessageId,
    pub(crate) change: Option<Change>,
    pub(crate) read: Option<Read>,
}

impl Change {
    /// What is changed.
    pub(crate) fn resource(&self) -> MessageId {
        match self {
            Self::Update(update) => update.resource,
            Self::Patch(patch) => patch.resource,
        }
    }
}
