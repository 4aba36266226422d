//! The deadline that code runs under, wherever a task is polled.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::Deadline;

thread_local! {
    static CURRENT: Cell<Option<Deadline>> = const { Cell::new(None) };
}

/// The deadline of the call that the running code serves, or `None` outside of such a call.
pub fn current() -> Option<Deadline> {
    CURRENT.get()
}

/// Runs `future` under `deadline`: clients that it calls send what is left of it.
///
/// Inside another scope the earlier deadline counts. The future itself is not stopped at the deadline.
pub fn scope<F: Future>(deadline: Deadline, future: F) -> Scope<F> {
    Scope { deadline, future }
}

pin_project! {
    /// The future of [`scope`].
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

/// Makes `deadline`, or the surrounding one if it is earlier, the current one until the guard is dropped.
pub(crate) fn enter(deadline: Deadline) -> Entered {
    let outer = CURRENT.get();
    CURRENT.set(Some(outer.map_or(deadline, |outer| outer.min(deadline))));
    Entered { outer }
}

/// Restores the surrounding deadline, also when a poll panics.
pub(crate) struct Entered {
    outer: Option<Deadline>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.outer);
    }
}
