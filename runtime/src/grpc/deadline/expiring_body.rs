//! Body that is dropped at its deadline, also while no code reads it.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::runtime::Handle;
use tokio::task::{AbortHandle, yield_now};
use tokio::time::sleep_until;

use super::instant::Deadline;

/// Body with a timer in a task of its own. At the deadline the timer drops the body and everything that its stream owns.
///
/// A transport does not poll a body whose client does not read, so a timer inside the body would not run. After the drop
/// the body is pending: [`DeadlineBody`](super::DeadlineBody) around it returns the status.
#[derive(Debug)]
pub(crate) struct ExpiringBody<B> {
    body: Arc<SharedBody<B>>,
    timer: Option<AbortHandle>,
}

/// Body that the timer may take.
type SharedBody<B> = Mutex<Option<B>>;

impl<B: Send + 'static> ExpiringBody<B> {
    pub(crate) fn new(body: B, deadline: Deadline) -> Self {
        let body = Arc::new(Mutex::new(Some(body)));
        // `spawn` panics outside a runtime of tokio.
        let runtime = Handle::try_current().ok();
        let timer = runtime.map(|runtime| runtime.spawn(expire(Arc::downgrade(&body), deadline)).abort_handle());
        Self { body, timer }
    }
}

impl<B> ExpiringBody<B> {
    fn lock(&self) -> MutexGuard<'_, Option<B>> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops the body at the deadline.
async fn expire<B>(body: Weak<SharedBody<B>>, deadline: Deadline) {
    sleep_until(deadline.instant()).await;
    // A reader locks the body for one call. A reader that only calls `is_end_stream` never notices the deadline.
    while let Some(body) = body.upgrade() {
        if let Some(expired) = try_take(&body) {
            drop(expired);
            return;
        }
        drop(body);
        yield_now().await;
    }
}

/// Takes the body, or returns `None` while a reader holds the lock.
fn try_take<B>(body: &SharedBody<B>) -> Option<Option<B>> {
    match body.try_lock() {
        Ok(mut body) => Some(body.take()),
        Err(TryLockError::Poisoned(body)) => Some(body.into_inner().take()),
        Err(TryLockError::WouldBlock) => None,
    }
}

impl<B> Body for ExpiringBody<B>
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

impl<B> Drop for ExpiringBody<B> {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            timer.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    #[allow(clippy::await_holding_lock, reason = "the lock is held while the timer runs, on this thread alone")]
    async fn body_locked_at_the_deadline_is_dropped_after_unlock() {
        let owned = Arc::new(());
        let body = Arc::new(Mutex::new(Some(Arc::clone(&owned))));
        let guard = body.lock().unwrap();
        let timer = tokio::spawn(expire(Arc::downgrade(&body), Deadline::after(Duration::ZERO)));
        for _ in 0..100 {
            yield_now().await;
        }
        assert!(!timer.is_finished());
        assert_eq!(Arc::strong_count(&owned), 2);
        drop(guard);
        timer.await.unwrap();
        assert_eq!(Arc::strong_count(&owned), 1);
    }
}
