//! Drops a body at its deadline, also while nobody reads it.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::runtime::Handle;
use tokio::task::{AbortHandle, yield_now};
use tokio::time::sleep_until;

use super::Deadline;

/// A body with a timer in a task of its own. At the deadline the timer drops the body, and what its stream holds.
///
/// A transport does not poll a body whose client does not read, so a timer inside the body would not run. A body that
/// was dropped stays pending: [`Limited`](super::Limited) around it writes the status.
#[derive(Debug)]
pub(crate) struct Expiring<B> {
    body: Arc<Slot<B>>,
    timer: Option<AbortHandle>,
}

type Slot<B> = Mutex<Option<B>>;

impl<B: Send + 'static> Expiring<B> {
    pub(crate) fn new(body: B, deadline: Deadline) -> Self {
        let body = Arc::new(Mutex::new(Some(body)));
        // Outside tokio there is no timer to start, and spawning a task would panic.
        let runtime = Handle::try_current().ok();
        let timer = runtime.map(|runtime| runtime.spawn(expire(Arc::downgrade(&body), deadline)).abort_handle());
        Self { body, timer }
    }
}

impl<B> Expiring<B> {
    fn lock(&self) -> MutexGuard<'_, Option<B>> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn expire<B>(body: Weak<Slot<B>>, Deadline(deadline): Deadline) {
    sleep_until(deadline).await;
    // Whoever uses the body holds the lock for one call. A reader that only asks for its end does not see the deadline.
    while let Some(body) = body.upgrade() {
        if let Some(expired) = taken(&body) {
            drop(expired);
            return;
        }
        drop(body);
        yield_now().await;
    }
}

/// Takes the body out of its slot, unless the lock is held.
fn taken<B>(slot: &Slot<B>) -> Option<Option<B>> {
    match slot.try_lock() {
        Ok(mut body) => Some(body.take()),
        Err(TryLockError::Poisoned(body)) => Some(body.into_inner().take()),
        Err(TryLockError::WouldBlock) => None,
    }
}

impl<B> Body for Expiring<B>
where
    B: Body<Data = Bytes> + Unpin,
{
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        match &mut *self.lock() {
            Some(body) => Pin::new(body).poll_frame(context),
            None => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.lock().as_ref().is_some_and(B::is_end_stream)
    }
}

impl<B> Drop for Expiring<B> {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            timer.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test]
    #[allow(clippy::await_holding_lock, reason = "the lock is held while the timer runs, on this thread alone")]
    async fn body_whose_lock_is_held_at_the_deadline_is_dropped_after_it() {
        let held = Arc::new(());
        let slot = Arc::new(Mutex::new(Some(Arc::clone(&held))));
        let guard = slot.lock().unwrap();
        let timer = tokio::spawn(expire(Arc::downgrade(&slot), Deadline(Instant::now())));
        for _ in 0..100 {
            yield_now().await;
        }
        assert!(!timer.is_finished());
        assert_eq!(Arc::strong_count(&held), 2);
        drop(guard);
        timer.await.unwrap();
        assert_eq!(Arc::strong_count(&held), 1);
    }
}
