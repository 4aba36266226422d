//! Pool of the memory that hashes are made in. A hash runs only with a buffer of the pool.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use argon2::Block;
use tokio::sync::Semaphore;
use tokio::task;

/// Number of hashes that are made at a time. Each takes a buffer and a core.
const AT_A_TIME: usize = 4;
/// Number of calls that may wait for a buffer. A longer queue would only let them time out.
const MOST_WAITING: usize = 1000;

/// Reason why work was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Too many calls wait already.
    Busy,
    /// The work panicked, or the runtime is shutting down.
    Stopped,
}

/// Buffers for [`AT_A_TIME`] hashes. They are kept for the next hash, since allocators keep freed ones per thread.
pub(super) struct Pool {
    /// Number of blocks of a buffer.
    blocks: usize,
    /// Places for the calls that have a buffer or wait for one.
    places: Semaphore,
    permits: Arc<Semaphore>,
    /// Buffers that no hash uses, at most [`AT_A_TIME`].
    free: Arc<Mutex<Vec<Vec<Block>>>>,
}

/// Without the buffers: they contain what passwords were hashed to.
impl fmt::Debug for Pool {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pool").field("blocks", &self.blocks).finish_non_exhaustive()
    }
}

impl Pool {
    /// Creates a pool, without buffers yet.
    pub(super) fn new(blocks: usize) -> Self {
        Self {
            blocks,
            places: Semaphore::new(AT_A_TIME + MOST_WAITING),
            permits: Arc::new(Semaphore::new(AT_A_TIME)),
            free: Arc::default(),
        }
    }

    /// Runs `work` with a buffer, on a thread for blocking work. The buffer contains what the last work left.
    pub(super) async fn run<T, W>(&self, work: W) -> Result<T, Refusal>
    where
        T: Send + 'static,
        W: FnOnce(&mut [Block]) -> T + Send + 'static,
    {
        // Belongs to the caller: it counts those who wait.
        let _place = self.places.try_acquire().map_err(|_| Refusal::Busy)?;
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Refusal::Stopped)?;
        let (blocks, free) = (self.blocks, Arc::clone(&self.free));
        task::spawn_blocking(move || {
            // Belongs to the work: a caller that is dropped does not end it, and must not let the next one in.
            let _permit = permit;
            let buffer = free.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut buffer = buffer.unwrap_or_else(|| vec![Block::new(); blocks]);
            let result = work(&mut buffer);
            free.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
            result
        })
        .await
        .map_err(|_| Refusal::Stopped)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use futures_util::FutureExt as _;
    use tokio::task::yield_now;

    use super::*;

    /// Starts work that goes on until the sender is dropped, and gives up waiting for it.
    async fn abandoned(pool: &Pool) -> mpsc::Sender<()> {
        let (started, starts) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        let run = pool.run(move |_| {
            started.send(()).unwrap();
            let _ = ended.recv();
        });
        assert!(run.now_or_never().is_none());
        starts.recv().unwrap();
        end
    }

    #[tokio::test]
    async fn debug_output_has_no_memory_of_hashes() {
        let pool = Pool::new(64);
        pool.run(|_| ()).await.unwrap();
        assert_eq!(format!("{pool:?}"), "Pool { blocks: 64, .. }");
    }

    #[tokio::test]
    async fn permit_of_a_cancelled_call_returns_with_the_end_of_its_work() {
        let pool = Pool::new(1);
        let mut works = Vec::new();
        for _ in 0..AT_A_TIME {
            works.push(abandoned(&pool).await);
        }
        assert_eq!(pool.permits.available_permits(), 0);
        assert!(pool.run(|_| ()).now_or_never().is_none(), "a fifth hash has begun");

        works.pop();
        assert_eq!(pool.run(|_| 5).await, Ok(5));
        works.clear();
        while pool.permits.available_permits() < AT_A_TIME {
            yield_now().await;
        }
        assert!(pool.free.lock().unwrap().len() <= AT_A_TIME);
        assert_eq!(pool.places.available_permits(), AT_A_TIME + MOST_WAITING);
    }

    #[tokio::test]
    async fn permit_returns_when_the_work_panics() {
        let pool = Pool::new(1);
        for _ in 0..=AT_A_TIME {
            let outcome: Result<(), _> = pool.run(|_| panic!("on purpose")).await;
            assert_eq!(outcome, Err(Refusal::Stopped));
        }
        assert_eq!(pool.run(|buffer| buffer.len()).await, Ok(1));
    }

    #[tokio::test]
    async fn call_is_refused_when_too_many_wait() {
        let pool = Pool::new(1);
        let _waiting = pool.places.try_acquire_many(u32::try_from(AT_A_TIME + MOST_WAITING).unwrap()).unwrap();
        assert_eq!(pool.run(|_| ()).await, Err(Refusal::Busy));
    }
}
