//! Parts of a pager, which its streams borrow or own.

use super::pace::Pace;
use super::state::PagerState;

/// The call, the position and the pace of a pager.
#[derive(Clone)]
pub(super) struct PagerParts<R, C> {
    pub(super) call: C,
    pub(super) state: PagerState<R>,
    pub(super) pace: Pace,
}
