//! The timer of one call, started only when the call has to wait.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep_until};

use super::Deadline;

/// tonic's transport reads the same header a few microseconds before us and answers `CANCELLED` when its
/// own timer fires. It polls us once more at that moment: a call that close to its end is over.
const GRACE: Duration = Duration::from_millis(1);

/// A deadline that can be waited for.
///
/// Most calls never wait, so the clock is asked and the timer made at the first wait.
#[derive(Debug)]
pub(crate) struct Alarm {
    deadline: Deadline,
    /// When a waiting call counts as over: before `deadline` by [`GRACE`], or by a sixteenth of the time left.
    due: Option<Instant>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Alarm {
    pub(crate) fn new(deadline: Deadline) -> Self {
        Self { deadline, due: None, sleep: None }
    }

    pub(crate) fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// Whether a call that has nothing to show now is over.
    pub(crate) fn is_due(&mut self) -> bool {
        let now = Instant::now();
        let Deadline(deadline) = self.deadline;
        let due = *self.due.get_or_insert_with(|| {
            let grace = GRACE.min(deadline.saturating_duration_since(now) / 16);
            deadline.checked_sub(grace).unwrap_or(deadline)
        });
        now >= due
    }

    /// Ready when the call is over; otherwise the task is woken at the deadline.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.is_due() {
            return Poll::Ready(());
        }
        match &mut self.sleep {
            Some(sleep) => sleep.as_mut().poll(context),
            // Outside tokio there is no timer to start, and asking for one would panic.
            None if Handle::try_current().is_err() => Poll::Pending,
            None => self.sleep.insert(Box::pin(sleep_until(self.deadline.0))).as_mut().poll(context),
        }
    }
}
