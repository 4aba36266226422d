//! Parallel map over a slice. Packages and files are independent, so the generator needs no other concurrency.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Number of items that a worker takes at a time, to reduce contention on the counter.
const CHUNK: usize = 4;

/// Applies `function` to each item on all cores. The results have the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], function: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get).min(items.len().div_ceil(CHUNK));
    if workers <= 1 {
        return items.iter().map(function).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let start = next.fetch_add(CHUNK, Ordering::Relaxed);
            let Some(group) = items.get(start..items.len().min(start + CHUNK)).filter(|group| !group.is_empty()) else {
                return done;
            };
            done.push((start, group.iter().map(&function).collect::<Vec<R>>()));
        }
    };
    let mut groups = std::thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut groups = work();
        for other in others {
            match other.join() {
                Ok(done) => groups.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        groups
    });
    groups.sort_unstable_by_key(|(start, _)| *start);
    groups.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_the_order_of_the_items() {
        for length in [0, 1, 3, 4, 5, 100, 1001] {
            let items: Vec<usize> = (0..length).collect();
            let expected: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(super::map(&items, |item| item * 2), expected);
        }
    }
}
