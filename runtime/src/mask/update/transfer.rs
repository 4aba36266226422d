//! Entry points of updates: the check, the update, and the assignment without a check.

use super::apply::apply;
use super::source::{ByRef, Source};
use crate::fields::{Behavior, Fields};
use crate::mask::options::{ApplyOptions, Behaviors, Lists, Messages};
use crate::mask::policy::{self, IdentifierPolicy, Proto2Required, Rules};
use crate::mask::set::{NoRecord, NodeBuilder, Selected, Tree};
use crate::violation::Violations;

/// Rules of [`Mask::assign`](crate::mask::Mask::assign).
pub(in crate::mask) const ASSIGN: Rules =
    Rules::new(ApplyOptions { behaviors: Behaviors::Ignore, ..ApplyOptions::aip() });

/// Rules of [`Mask::copy`](crate::mask::Mask::copy). Proto2 `required` fields are copied, as `project` keeps them.
pub(in crate::mask) const COPY: Rules = Rules { proto2_required: Proto2Required::Copy, ..ASSIGN };

/// Applies a selection without a record of the changes.
#[inline]
pub(in crate::mask) fn assign<F: Fields>(
    stored: &mut F::Message,
    source: impl Source<F::Message>,
    selected: &Selected<'_>,
    rules: Rules,
) {
    apply::<F, _>(stored, source, selected, rules, &mut NoRecord);
}

/// Applies a selection that passed the [`check`], and records the changes. Returns the root of the changes.
#[inline]
pub(in crate::mask) fn update<F: Fields>(
    stored: &mut F::Message,
    source: impl Source<F::Message>,
    selected: &Selected<'_>,
    options: ApplyOptions,
    changes: &mut Tree,
) -> NodeBuilder {
    apply::<F, _>(stored, source, selected, Rules::new(options), changes)
}

/// Checks that an update is allowed.
#[inline]
pub(in crate::mask) fn check<F: Fields>(
    stored: &F::Message,
    source: &F::Message,
    selected: &Selected<'_>,
    options: ApplyOptions,
    identifier: IdentifierPolicy,
) -> Result<(), Violations> {
    if options.behaviors == Behaviors::Ignore || !policy::can_reject::<F>() {
        return Ok(());
    }
    match options {
        ApplyOptions { messages: Messages::Replace, lists: Lists::Replace, .. } => {
            policy::check_update::<F>(stored, source, selected, Rules::new(options), identifier)
        }
        // The result of a merge is neither the stored nor the given message.
        _ => {
            let mut result = stored.clone();
            // As in the update: an `OUTPUT_ONLY` oneof member must not replace the stored member.
            let mut given = source.clone();
            policy::strip::<F>(&mut given, Behavior::OUTPUT_ONLY);
            let ignoring = ApplyOptions { behaviors: Behaviors::Ignore, ..options };
            assign::<F>(&mut result, ByRef(&given), selected, Rules::new(ignoring));
            policy::check_update::<F>(stored, &result, selected, Rules::new(options), identifier)
        }
    }
}
