//! Stops a future at its deadline.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::scope::enter;
use super::{Alarm, Deadline};

/// The future was stopped.
#[derive(Debug)]
pub(crate) struct Exceeded;

pin_project! {
    /// Runs a future under its deadline, and gives up when that has passed.
    #[derive(Debug)]
    pub(crate) struct Enforced<F> {
        alarm: Option<Alarm>,
        #[pin]
        future: F,
    }
}

impl<F> Enforced<F> {
    pub(crate) fn new(deadline: Option<Deadline>, future: F) -> Self {
        Self {
            alarm: deadline.map(Alarm::new),
            future,
        }
    }
}

impl<F: Future> Future for Enforced<F> {
    type Output = Result<F::Output, Exceeded>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let Some(alarm) = this.alarm else {
            return this.future.poll(context).map(Ok);
        };
        let entered = enter(alarm.deadline());
        // The future goes first: an answer that is there is worth more than the news that it is late.
        let polled = this.future.poll(context);
        drop(entered);
        match polled {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => alarm.poll(context).map(|()| Err(Exceeded)),
        }
    }
}
