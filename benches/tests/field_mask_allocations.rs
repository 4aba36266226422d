//! Allocations of an update under a parsed mask: none of its own. Counted without valgrind, so that every test run
//! notices a change.
#![allow(clippy::unwrap_used, reason = "tests may stop at the first surprise")]

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use transom_benches::field_mask::annotated;
use transom_benches::field_mask::case::{Case, Lengths, mask};
use transom_benches::field_mask::schema::BookMask;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Runs without the test harness, whose threads allocate too: the counter counts for all threads.
fn main() {
    let given = mask();
    let parsed = BookMask::parse(&given).unwrap();
    let parsed_with_rules = annotated::BookMask::parse(&given).unwrap();
    for lengths in [Lengths::Same, Lengths::Different] {
        let Case { mut stored, sources: [first, second] } = Case::new(lengths);
        // The strings get the room that the longest of them needs.
        parsed.assign(&mut stored, &first);
        parsed.assign(&mut stored, &second);
        let (parsing, again) = counted(|| BookMask::parse(&given));
        assert_eq!((parsing, again.as_ref()), (0, Ok(&parsed)), "parse");
        let (assigning, ()) = counted(|| parsed.assign(&mut stored, &first));
        assert_eq!(assigning, 0, "assign, {lengths:?}");
        let (applying, changed) = counted(|| parsed.apply(&mut stored, &second));
        assert_eq!((applying, changed.as_ref()), (0, Ok(&parsed)), "apply, {lengths:?}");
        let [mut with_rules, one, other] = [&stored, &first, &second].map(|book| annotated::book(book).unwrap());
        parsed_with_rules.assign(&mut with_rules, &one);
        parsed_with_rules.assign(&mut with_rules, &other);
        let (applying, changed) = counted(|| parsed_with_rules.apply(&mut with_rules, &one));
        assert_eq!(changed.as_ref(), Ok(&parsed_with_rules), "apply with rules, {lengths:?}");
        // The path of nested fields, which a violation would name; it grows once.
        assert!(applying <= 2, "apply with rules, {lengths:?}: {applying}");
        let (assigning, ()) = counted(|| parsed.assign_owned(&mut stored, first));
        assert_eq!(assigning, 0, "assign_owned, {lengths:?}");
        let (applying, changed) = counted(|| parsed.apply_owned(&mut stored, second));
        assert_eq!((applying, changed.as_ref()), (0, Ok(&parsed)), "apply_owned, {lengths:?}");
    }
}

/// Returns the number of allocations of `run`, and its result.
fn counted<T>(run: impl FnOnce() -> T) -> (usize, T) {
    let region = Region::new(ALLOCATOR);
    let given = run();
    let change = region.change();
    (change.allocations + change.reallocations, given)
}
