//! Options of an update in the form in which visitors read them.

use crate::fields::{Behavior, FieldInfo};
use crate::mask::options::{ApplyOptions, Behaviors, Lists, Messages};
use crate::mask::set::Prune;

/// Behaviors of the fields that keep their stored value, whatever a request contains.
pub(in crate::mask) const KEPT: Behavior = Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER);

/// Rules for the fields of one message.
#[derive(Debug, Clone, Copy)]
pub(in crate::mask) struct Rules {
    pub(in crate::mask) messages: Messages,
    pub(in crate::mask) lists: Lists,
    /// Behaviors of the fields that keep their stored value.
    pub(in crate::mask) kept: Behavior,
    pub(in crate::mask) proto2_required: Proto2Required,
    pub(in crate::mask) prune: Prune,
}

/// Treatment of proto2 `required` fields that are not selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mask) enum Proto2Required {
    /// The stored value is kept.
    Keep,
    /// The value is copied, because a message without it is not valid.
    Copy,
}

impl Rules {
    #[inline]
    pub(in crate::mask) const fn new(options: ApplyOptions) -> Self {
        let (kept, prune) = match options.behaviors {
            Behaviors::Honor => (KEPT, Prune::Pending),
            Behaviors::Ignore => (Behavior::NONE, Prune::Done),
        };
        Self { messages: options.messages, lists: options.lists, kept, proto2_required: Proto2Required::Keep, prune }
    }

    /// Returns `true` if a field keeps its stored value. The behaviors of a field are constants, so the compiler evaluates
    /// this for most fields.
    #[inline]
    pub(in crate::mask) fn keeps(self, field: FieldInfo) -> bool {
        field.behavior.has(self.kept)
    }

    /// Returns `true` if `OUTPUT_ONLY` fields keep their stored value.
    #[inline]
    pub(in crate::mask) fn keeps_output_only(self) -> bool {
        self.kept.has(Behavior::OUTPUT_ONLY)
    }

    /// Returns the rules inside a message that is replaced: all lists and messages in it are replaced.
    #[inline]
    pub(in crate::mask) fn for_replacement(self) -> Self {
        Self { messages: Messages::Replace, lists: Lists::Replace, ..self }
    }

    /// Returns the rules inside a new message. It has no stored name to keep, so its `IDENTIFIER` is that of the source.
    pub(in crate::mask) fn for_new_message(self) -> Self {
        let kept = if self.keeps_output_only() { Behavior::OUTPUT_ONLY } else { Behavior::NONE };
        Self { kept, ..self }
    }
}
