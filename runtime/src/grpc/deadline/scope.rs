//! Current deadline: the deadline of the call that the running code serves.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::instant::Deadline;

thread_local! {
    static CURRENT: Cell<Option<Deadline>> = const { Cell::new(None) };
}

/// Returns the deadline of the call that the running code serves, or `None` outside such a call.
pub fn current() -> Option<Deadline> {
    CURRENT.get()
}

/// Runs `future` with `deadline` as the current deadline: clients that it calls send the remaining time.
///
/// Inside another scope the earlier deadline applies. The future does not stop at the deadline.
pub fn scope<F: Future>(deadline: Deadline, future: F) -> Scope<F> {
    Scope { deadline, future }
}

pin_project! {
    /// Future returned by [`scope`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Scope<F> {
        deadline: Deadline,
        #[pin]
        future: F,
    }
}

impl<F: Future> Future for Scope<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _entered = enter(*this.deadline);
        this.future.poll(context)
    }
}

/// Sets the current deadline until the guard is dropped. An earlier current deadline is kept.
pub(crate) fn enter(deadline: Deadline) -> ScopeGuard {
    let outer = CURRENT.get();
    CURRENT.set(Some(outer.map_or(deadline, |outer| outer.min(deadline))));
    ScopeGuard { outer }
}

/// Restores the outer deadline when it is dropped, also after a panic.
pub(crate) struct ScopeGuard {
    outer: Option<Deadline>,
}

impl Drop for ScopeGuard {
    fn drop(&mut self) {
        CURRENT.set(self.outer);
    }
}
