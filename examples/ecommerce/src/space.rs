//! Bounded memory: a number of bytes that parts are reserved of.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Number of bytes that may be reserved, and that are.
#[derive(Debug)]
pub(crate) struct Space {
    limit: u64,
    taken: AtomicU64,
}

/// Error of a reservation for which no space is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Space {
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit, taken: AtomicU64::new(0) }
    }

    /// Reserves `bytes`.
    ///
    /// # Errors
    ///
    /// [`Full`], when fewer are left.
    pub(crate) fn reserve(self: &Arc<Self>, bytes: u64) -> Result<Reservation, Full> {
        let mut reservation = Reservation { space: Arc::clone(self), bytes: 0 };
        reservation.resize(bytes)?;
        Ok(reservation)
    }
}

/// Part of a space, which returns there when it is dropped. It is stored with what takes the memory, so that it lives as
/// long.
#[derive(Debug)]
pub(crate) struct Reservation {
    space: Arc<Space>,
    bytes: u64,
}

impl Reservation {
    /// Changes the size to `bytes`.
    ///
    /// # Errors
    ///
    /// [`Full`], when the space has fewer left. The size stays as it is then.
    pub(crate) fn resize(&mut self, bytes: u64) -> Result<(), Full> {
        let fits = |taken: u64| (taken - self.bytes).checked_add(bytes).filter(|taken| *taken <= self.space.limit);
        self.space.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits).map_err(|_| Full)?;
        self.bytes = bytes;
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
    fn dropped_reservation_leaves_its_space_to_others() {
        let space = Arc::new(Space::new(10));
        let first = space.reserve(6).unwrap();
        assert_eq!(space.reserve(5).unwrap_err(), Full);
        let mut second = space.reserve(4).unwrap();
        assert_eq!(second.resize(5), Err(Full));
        drop(first);
        second.resize(10).unwrap();
        assert_eq!(second.resize(u64::MAX), Err(Full));
        second.resize(1).unwrap();
        drop(space.reserve(9).unwrap());
        drop(second);
        assert_eq!(space.taken.load(Ordering::Relaxed), 0);
    }
}
