//! Future that ends at a deadline.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::instant::Deadline;
use super::scope::enter;
use super::timer::Timer;

pin_project! {
    /// Future that runs inside the scope of its deadline. After the deadline its output is that of `on_expired`.
    #[derive(Debug)]
    pub(crate) struct DeadlineFuture<F, L> {
        // `None` for a call without a deadline.
        timer: Option<Timer>,
        on_expired: L,
        #[pin]
        future: F,
    }
}

impl<F, L> DeadlineFuture<F, L>
where
    F: Future,
    L: Fn() -> F::Output,
{
    pub(crate) fn new(deadline: Option<Deadline>, on_expired: L, future: F) -> Self {
        Self { timer: deadline.map(Timer::new), on_expired, future }
    }
}

impl<F, L> Future for DeadlineFuture<F, L>
where
    F: Future,
    L: Fn() -> F::Output,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let Some(timer) = this.timer else {
            return this.future.poll(context);
        };
        let entered = enter(timer.deadline());
        // The future is polled before the timer: an output that is ready is returned, even if it is late.
        let polled = this.future.poll(context);
        drop(entered);
        match polled {
            Poll::Ready(output) => Poll::Ready(output),
            Poll::Pending => timer.poll(context).map(|()| (this.on_expired)()),
        }
    }
}
