//! A turn for other tasks, when calls are always ready.

use std::future::poll_fn;
use std::task::{Context, Poll};

/// Pages between two turns for others.
const PAGES: u32 = 32;

/// Counts pages, and yields to the executor once in a while.
///
/// A call that is ready at once never yields. Without this, a list of a server in the same process that has no end would
/// keep every other future of the task from running, a timeout around the list included.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pace {
    pages: u32,
}

impl Pace {
    /// Counts a page.
    pub(super) fn count(&mut self) {
        self.pages = self.pages.saturating_add(1);
    }

    /// Ready when the next page may be delivered.
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
