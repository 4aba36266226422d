//! The contestants: every way to do a thing, ready to be timed.
//!
//! Updates take turns between two sources, so that each changes every field of the mask. What takes a message by value
//! gets fresh ones, copied in batches outside the measured time.

use std::hint::black_box;
use std::mem::forget;
use std::time::{Duration, Instant};

use prost_types::FieldMask;

use super::case::{Case, Lengths, mask};
use super::schema::Book;
use super::{by_hand, reflect};

/// How many fresh messages are made at once: few enough to stay in the cache.
const BATCH: u32 = 16;

/// One way to do one thing.
pub struct Contestant {
    /// Who, what, and on which strings: `by-hand/apply/same`.
    pub name: String,
    /// What a call is given.
    pub given: Given,
    run: Box<dyn FnMut(u32) -> Duration>,
}

/// What the calls of a contestant are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// References.
    References,
    /// A fresh message each; counts of instructions and allocations include that of [`copy`].
    Fresh,
}

impl Contestant {
    /// Makes so many calls, and tells how long they took.
    pub fn run(&mut self, calls: u32) -> Duration {
        (self.run)(calls)
    }

    fn new(name: String, given: Given, run: impl FnMut(u32) -> Duration + 'static) -> Self {
        Self { name, given, run: Box::new(run) }
    }

    /// Calls that are all the same.
    fn repeat(name: &str, mut call: impl FnMut() + 'static) -> Self {
        Self::new(name.into(), Given::References, move |calls| {
            let start = Instant::now();
            for _ in 0..calls {
                call();
            }
            start.elapsed()
        })
    }

    /// Updates one message from two others, in turns.
    fn alternate<M: 'static>(
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
    fn consume(name: String, sources: [Book; 2], mut consume: impl FnMut(Book) + 'static) -> Self {
        let mut fresh = Vec::with_capacity(BATCH as usize);
        Self::new(name, Given::Fresh, move |calls| {
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

/// All contestants of this program, in the order of the report.
///
/// # Errors
///
/// A sentence, when a message cannot be described.
pub fn all() -> Result<Vec<Contestant>, String> {
    let mut all = Vec::new();
    for (name, lengths) in [("same", Lengths::Same), ("different", Lengths::Different)] {
        by_hand_updates(&mut all, name, lengths);
        reflect_updates(&mut all, name, lengths)?;
    }
    let Case { stored, sources } = Case::new(Lengths::Same);
    let book = stored.clone();
    all.push(Contestant::repeat("by-hand/project", move || drop(black_box(by_hand::project(black_box(&book))))));
    all.push(Contestant::consume("by-hand/retain".into(), sources, |mut book| {
        by_hand::retain(&mut book);
        drop(black_box(book));
    }));
    let other = stored.clone();
    all.push(Contestant::repeat("by-hand/equal", move || {
        black_box(black_box(&stored) == black_box(&other));
    }));
    Ok(all)
}

/// The fresh message that some contestants are given: to be counted, and taken off their counts. It is never freed, so it
/// must not be called often.
#[must_use]
pub fn copy() -> Contestant {
    Contestant::consume("copy".into(), Case::new(Lengths::Same).sources, forget)
}

fn by_hand_updates(all: &mut Vec<Contestant>, name: &str, lengths: Lengths) {
    let Case { mut stored, sources } = Case::new(lengths);
    all.push(Contestant::alternate(format!("by-hand/apply/{name}"), stored.clone(), sources.clone(), by_hand::apply));
    all.push(Contestant::consume(format!("by-hand/apply-owned/{name}"), sources, move |source| {
        by_hand::apply_owned(black_box(&mut stored), source);
    }));
}

fn reflect_updates(all: &mut Vec<Contestant>, name: &str, lengths: Lengths) -> Result<(), String> {
    let Case { stored, sources } = Case::new(lengths);
    let FieldMask { paths } = mask();
    let descriptor = reflect::descriptor()?;
    let parsed = reflect::parse(&descriptor, &paths)?;
    let [dynamic, first, second] = [&stored, &sources[0], &sources[1]].map(|book| reflect::dynamic(&descriptor, book));
    all.push(Contestant::alternate(
        format!("prost-reflect/apply/{name}"),
        dynamic.clone(),
        [first.clone(), second.clone()],
        move |stored, source| reflect::apply(stored, source, black_box(&parsed)),
    ));
    let (own, given) = (descriptor.clone(), paths.clone());
    all.push(Contestant::alternate(
        format!("prost-reflect/update/{name}"),
        dynamic,
        [first, second],
        move |stored, source| {
            if let Ok(parsed) = reflect::parse(&own, black_box(&given)) {
                reflect::apply(stored, source, &parsed);
            }
        },
    ));
    all.push(Contestant::alternate(
        format!("prost-reflect/transcode-update/{name}"),
        stored,
        sources,
        move |stored, source| {
            let updated = reflect::transcode_and_apply(&descriptor, stored, source, black_box(&paths));
            drop(black_box(updated));
        },
    ));
    Ok(())
}
