//! The memory that files may take, shared by all of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use transom::Status;

/// So many bytes, and how many of them are taken.
#[derive(Debug)]
pub(super) struct Space {
    limit: u64,
    taken: AtomicU64,
}

impl Space {
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, taken: AtomicU64::new(0) }
    }

    /// A part of the space, of no bytes yet.
    pub(super) fn reserve(self: Arc<Self>) -> Reservation {
        Reservation { space: self, bytes: 0 }
    }
}

/// A part of the space, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Reservation {
    space: Arc<Space>,
    bytes: u64,
}

impl Reservation {
    /// Takes `more` bytes, or fails with RESOURCE_EXHAUSTED and takes none.
    pub(super) fn grow(&mut self, more: u64) -> Result<(), Status> {
        let fits = |taken: u64| taken.checked_add(more).filter(|taken| *taken <= self.space.limit);
        self.space
            .taken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits)
            .map_err(|_| Status::resource_exhausted("the server has no space left for files"))?;
        self.bytes += more;
        Ok(())
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.space.taken.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_is_given_back() {
        let space = Arc::new(Space::new(10));
        let mut first = Arc::clone(&space).reserve();
        let mut second = Arc::clone(&space).reserve();
        first.grow(6).unwrap();
        assert!(second.grow(5).is_err());
        second.grow(4).unwrap();
        drop(first);
        second.grow(6).unwrap();
        assert!(second.grow(u64::MAX).is_err());
    }
}
