//! One way to do a thing, ready to be timed.
//!
//! Contestants that take a message by value get fresh ones, copied in batches outside the measured time.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Number of fresh messages that are made at once: few enough to stay in the cache.
const BATCH: u32 = 16;

/// Calls in the shorter of two runs under valgrind: whole batches.
const COUNTED: u32 = 1_600;

/// One way to do one thing.
pub struct Contestant {
    /// Implementation, operation and kind of strings: `by-hand/apply/same`.
    pub name: String,
    /// Input of a call.
    pub given: Given,
    /// Number of calls in the shorter of two runs under valgrind.
    pub counted: u32,
    run: Box<dyn FnMut(u32) -> Duration>,
}

/// Input of a contestant's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// References.
    References,
    /// A fresh message each, whose copy counts of instructions and allocations include.
    Fresh,
}

impl Contestant {
    /// Makes so many calls, and tells how long they took.
    pub fn run(&mut self, calls: u32) -> Duration {
        (self.run)(calls)
    }

    fn new(name: String, given: Given, run: impl FnMut(u32) -> Duration + 'static) -> Self {
        Self { name, given, counted: COUNTED, run: Box::new(run) }
    }

    /// Makes so few calls under valgrind, because each takes long.
    #[must_use]
    pub fn counted(mut self, calls: u32) -> Self {
        self.counted = calls;
        self
    }

    /// Calls that are all the same.
    pub fn repeat(name: &str, mut call: impl FnMut() + 'static) -> Self {
        Self::new(name.into(), Given::References, move |calls| {
            let start = Instant::now();
            for _ in 0..calls {
                call();
            }
            start.elapsed()
        })
    }

    /// Looks at messages, in turns.
    pub fn look<M: 'static>(name: &str, messages: Vec<M>, look: impl Fn(&M) -> bool + 'static) -> Self {
        Self::new(name.into(), Given::References, move |calls| {
            let start = Instant::now();
            for message in messages.iter().cycle().take(calls as usize) {
                black_box(look(black_box(message)));
            }
            start.elapsed()
        })
    }

    /// Updates one message from two others, in turns.
    pub fn alternate<M: 'static>(
        name: String,
        mut stored: M,
        sources: [M; 2],
        update: impl Fn(&mut M, &M) + 'static,
    ) -> Self {
        Self::new(name, Given::References, move |calls| {
            let start = Instant::now();
            for source in sources.iter().cycle().take(calls as usize) {
                update(black_box(&mut stored), black_box(source));
            }
            start.elapsed()
        })
    }

    /// Consumes copies of two messages, in turns.
    pub fn consume<M: Clone + 'static>(
        name: impl Into<String>,
        sources: [M; 2],
        mut consume: impl FnMut(M) + 'static,
    ) -> Self {
        let mut fresh = Vec::with_capacity(BATCH as usize);
        Self::new(name.into(), Given::Fresh, move |calls| {
            let mut spent = Duration::ZERO;
            for _ in 0..calls.div_ceil(BATCH) {
                fresh.extend(sources.iter().cycle().take(BATCH as usize).cloned());
                let start = Instant::now();
                for source in fresh.drain(..) {
                    consume(black_box(source));
                }
                spent += start.elapsed();
            }
            spent
        })
    }
}

/// The number of calls that [`Contestant::run`] makes when it is asked for `calls`: whole batches.
#[must_use]
pub fn rounded(calls: u32) -> u32 {
    calls.next_multiple_of(BATCH)
}
