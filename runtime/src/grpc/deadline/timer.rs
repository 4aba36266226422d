//! Timer of one call. It starts only if the call has to wait.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep_until};

use super::instant::Deadline;

/// Time before the deadline at which a waiting call counts as over.
///
/// tonic's transport reads `grpc-timeout` a few microseconds before this crate does. Its own timer then polls the call
/// once more, before it answers `CANCELLED`.
const GRACE: Duration = Duration::from_millis(1);

/// Timer for the deadline of a call.
///
/// Most calls never wait. The clock is read, and tokio's timer is created, at the first wait.
#[derive(Debug)]
pub(crate) struct Timer {
    deadline: Deadline,
    /// Point in time at which a waiting call counts as over: before `deadline` by [`GRACE`], or by 1/16 of the time left.
    due: Option<Instant>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Timer {
    pub(crate) fn new(deadline: Deadline) -> Self {
        Self { deadline, due: None, sleep: None }
    }

    pub(crate) fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// Returns `true` if a call that has to wait is over.
    pub(crate) fn is_due(&mut self) -> bool {
        let now = Instant::now();
        let deadline = self.deadline.instant();
        let due = *self.due.get_or_insert_with(|| {
            let grace = GRACE.min(deadline.saturating_duration_since(now) / 16);
            deadline.checked_sub(grace).unwrap_or(deadline)
        });
        now >= due
    }

    /// Is ready when the call is over. Otherwise wakes the task at the deadline.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.is_due() {
            return Poll::Ready(());
        }
        match &mut self.sleep {
            Some(sleep) => sleep.as_mut().poll(context),
            // `sleep_until` panics outside a runtime of tokio.
            None if Handle::try_current().is_err() => Poll::Pending,
            None => self.sleep.insert(Box::pin(sleep_until(self.deadline.instant()))).as_mut().poll(context),
        }
    }
}
