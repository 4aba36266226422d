//! Stops a future at its deadline.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::scope::enter;
use super::{Alarm, Deadline};

pin_project! {
    /// Runs a future under its deadline, and answers for it when that has passed.
    #[derive(Debug)]
    pub(crate) struct Enforced<F, L> {
        // Without an alarm the future runs as it is.
        alarm: Option<Alarm>,
        late: L,
        #[pin]
        future: F,
    }
}

impl<F, L> Enforced<F, L>
where
    F: Future,
    L: Fn() -> F::Output,
{
    /// `late` makes the output of a future that had no time to.
    pub(crate) fn new(deadline: Option<Deadline>, late: L, future: F) -> Self {
        Self { alarm: deadline.map(Alarm::new), late, future }
    }
}

impl<F, L> Future for Enforced<F, L>
where
    F: Future,
    L: Fn() -> F::Output,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let Some(alarm) = this.alarm else {
            return this.future.poll(context);
        };
        let entered = enter(alarm.deadline());
        // The future goes first: an answer that is there is worth more than the news that it is late.
        let polled = this.future.poll(context);
        drop(entered);
        match polled {
            Poll::Ready(output) => Poll::Ready(output),
            Poll::Pending => alarm.poll(context).map(|()| (this.late)()),
        }
    }
}
