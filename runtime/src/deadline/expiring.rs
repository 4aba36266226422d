//! Drops a body at its deadline, also while nobody reads it.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;
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
    let Some(body) = body.upgrade() else { return };
    let expired = match body.try_lock() {
        Ok(mut body) => body.take(),
        Err(TryLockError::Poisoned(body)) => body.into_inner().take(),
        // The body is being polled: the reader sees afterwards that the deadline has passed.
        Err(TryLockError::WouldBlock) => None,
    };
    drop(expired);
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
