//! Context of a check, which is passed down to messages in fields.

use super::rules::Rules;
use crate::fields::{Behavior, FieldInfo, Fields};
use crate::mask::options::{Lists, Messages};
use crate::mask::set::Prune;

/// Behaviors that can make an update fail.
pub(super) const CHECKED: Behavior = Behavior::REQUIRED.with(Behavior::IMMUTABLE).with(Behavior::IDENTIFIER);

/// Description of a changed `IMMUTABLE` field.
pub(super) const SET_ONCE: &str =
    "is set once and cannot be changed: take it out of the mask, or send it as it is stored";

/// Description of a changed `IDENTIFIER` field.
pub(super) const RENAMED: &str = "names the resource and cannot be changed: take it out of the mask";

/// Description of an empty `REQUIRED` field.
pub(super) const LEFT_EMPTY: &str = "is required and cannot be left empty";

/// Treatment of a changed `IDENTIFIER` field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mask) enum IdentifierPolicy {
    /// The change is a violation, because the mask names the field.
    RejectChange,
    /// The change is ignored. An implied mask selects every field that the request sets, and a request sets the name of
    /// its resource.
    IgnoreChange,
}

/// Treatment of the resource in an update request ([`Fields::MASKED`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UpdateResource {
    /// The resource is checked like other messages.
    Check,
    /// The resource must be present. Its fields are not checked, because the mask of the request selects which of them
    /// count.
    RequirePresence,
}

/// Context of the fields of a message.
#[derive(Clone, Copy)]
pub(super) struct CheckContext {
    /// Whether a message that contains the field is `IMMUTABLE`.
    pub(super) is_immutable: bool,
    pub(super) identifier: IdentifierPolicy,
    pub(super) update_resource: UpdateResource,
    pub(super) rules: Rules,
}

impl CheckContext {
    pub(super) fn with_prune(self, prune: Prune) -> Self {
        Self { rules: Rules { prune, ..self.rules }, ..self }
    }

    /// Returns the context inside a message that is selected whole: it is replaced, or merged, which appends to its lists.
    pub(super) fn in_whole_message(self) -> Self {
        let lists = match self.rules.messages {
            Messages::Replace => Lists::Replace,
            Messages::Merge => Lists::Append,
        };
        Self { rules: Rules { lists, ..self.rules }, ..self }
    }
}

/// Returns `true` if any field of a message, at any depth, can make an update fail.
#[inline]
pub(in crate::mask) const fn can_reject<F: Fields>() -> bool {
    F::REACHES.has(CHECKED)
}

/// Returns `true` if the client must set the field. The server sets `OUTPUT_ONLY` and `IDENTIFIER` fields.
pub(super) fn is_required(field: FieldInfo) -> bool {
    const SET_BY_SERVER: Behavior = Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER);
    field.behavior.has(Behavior::REQUIRED) && !field.behavior.has(SET_BY_SERVER)
}
