//! Updates under a selection: what is wrong with one, and carrying it out.

use super::apply::apply;
use super::changes::Unrecorded;
use super::options::{ApplyOptions, Behaviors, Lists, Messages};
use super::policy::{self, Renaming};
use super::rules::{Required, Rules};
use super::select::Selected;
use super::source::{ByRef, Source};
use super::typed::Mask;
use crate::fields::{Behavior, Fields};
use crate::violation::Violations;

/// Rules of [`Mask::assign`].
pub(super) const PLAIN: Rules = Rules::of(ApplyOptions { behaviors: Behaviors::Ignore, ..ApplyOptions::aip() });

/// Rules of [`Mask::copy`]: as [`Mask::project`], it has what proto2 requires.
pub(super) const COPY: Rules = Rules { required: Required::Copied, ..PLAIN };

/// Applies a selection without a record of what changed.
#[inline]
pub(super) fn assign<F: Fields>(
    stored: &mut F::Message,
    source: impl Source<F::Message>,
    selected: &Selected<'_>,
    rules: Rules,
) {
    apply::<F, _>(stored, source, selected, rules, &mut Unrecorded);
}

/// Carries a selection over that [`refusals`] found nothing wrong with, and says what changed.
#[inline]
pub(super) fn update<F: Fields>(
    stored: &mut F::Message,
    source: impl Source<F::Message>,
    selected: &Selected<'_>,
    options: ApplyOptions,
) -> Mask<F> {
    Mask::recorded(|changed| apply::<F, _>(stored, source, selected, Rules::of(options), changed))
}

/// What an update must not do, of what it would.
#[inline]
pub(super) fn refusals<F: Fields>(
    stored: &F::Message,
    source: &F::Message,
    selected: &Selected<'_>,
    options: ApplyOptions,
    renaming: Renaming,
) -> Result<(), Violations> {
    if options.behaviors == Behaviors::Ignore || !policy::can_refuse::<F>() {
        return Ok(());
    }
    match options {
        ApplyOptions { messages: Messages::Replace, lists: Lists::Replace, .. } => {
            policy::check::<F>(Some(stored), source, selected, Rules::of(options), renaming)
        }
        // What is merged or appended to is neither what is stored nor what is given.
        _ => {
            let mut result = stored.clone();
            // As the update itself does: an `OUTPUT_ONLY` member of a oneof must not displace the stored one.
            let mut given = source.clone();
            policy::strip::<F>(&mut given, Behavior::OUTPUT_ONLY);
            let plain = ApplyOptions { behaviors: Behaviors::Ignore, ..options };
            assign::<F>(&mut result, ByRef(&given), selected, Rules::of(plain));
            policy::check::<F>(Some(stored), &result, selected, Rules::of(options), renaming)
        }
    }
}
