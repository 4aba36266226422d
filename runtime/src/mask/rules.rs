//! Options of an update in the form in which the visitors read them.

use super::options::{ApplyOptions, Behaviors, Lists, Messages};
use super::writable::Prune;
use crate::fields::{Behavior, FieldInfo};

/// Behaviors of the fields that keep what is stored, whatever a request says.
pub(super) const KEPT: Behavior = Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER);

/// Rules for the fields of one message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) messages: Messages,
    pub(super) lists: Lists,
    /// Behaviors of the fields that are skipped.
    pub(super) kept: Behavior,
    pub(super) required: Required,
    pub(super) prune: Prune,
}

/// Treatment of proto2 `required` fields that are not selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Required {
    /// They keep what is stored.
    Kept,
    /// They are copied: a message without them is not valid.
    Copied,
}

impl Rules {
    #[inline]
    pub(super) const fn of(options: ApplyOptions) -> Self {
        let (kept, prune) = match options.behaviors {
            Behaviors::Honor => (KEPT, Prune::Pending),
            Behaviors::Ignore => (Behavior::NONE, Prune::Done),
        };
        Self { messages: options.messages, lists: options.lists, kept, required: Required::Kept, prune }
    }

    /// Whether a field keeps what is stored. The behaviors of a field are constants, so for most fields this is too.
    #[inline]
    pub(super) fn keep(self, field: FieldInfo) -> bool {
        field.behavior.has(self.kept)
    }

    /// Whether `OUTPUT_ONLY` fields are skipped.
    #[inline]
    pub(super) fn keep_output_only(self) -> bool {
        self.kept.has(Behavior::OUTPUT_ONLY)
    }

    /// Rules inside a message that is replaced: everything in it is replaced too.
    #[inline]
    pub(super) fn replacing(self) -> Self {
        Self { messages: Messages::Replace, lists: Lists::Replace, ..self }
    }

    /// Rules inside a new message. It has no stored name to keep, so it takes the `IDENTIFIER` of the source.
    pub(super) fn creating(self) -> Self {
        let kept = if self.keep_output_only() { Behavior::OUTPUT_ONLY } else { Behavior::NONE };
        Self { kept, ..self }
    }
}
