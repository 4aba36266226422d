//! Yields to the executor, for calls that are always ready.

use std::future::poll_fn;
use std::task::{Context, Poll};

/// Number of pages between two yields.
const PAGES: u32 = 32;

/// Counts pages, and yields to the executor after every [`PAGES`] pages.
///
/// A call to a server in the same process can always be ready, and then never yields. An endless list would block all
/// other futures of the task, such as a timeout around the list.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pace {
    pages: u32,
}

impl Pace {
    /// Counts a page.
    pub(super) fn count(&mut self) {
        self.pages = self.pages.saturating_add(1);
    }

    /// Returns `Ready` when the next page may be returned.
    pub(super) fn poll_turn(&mut self, context: &Context<'_>) -> Poll<()> {
        if self.pages < PAGES {
            return Poll::Ready(());
        }
        self.pages = 0;
        context.waker().wake_by_ref();
        Poll::Pending
    }

    /// Waits for [`poll_turn`](Self::poll_turn).
    pub(super) async fn turn(&mut self) {
        poll_fn(|context| self.poll_turn(context)).await;
    }
}
