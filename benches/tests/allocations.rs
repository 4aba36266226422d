//! A generated server allocates less often than tonic-build's: counted here without valgrind, so that every test run
//! notices a change.
#![allow(clippy::unwrap_used, reason = "tests may stop at the first surprise")]

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use transom_benches::server_call::case::{self, Unit};
use transom_benches::server_call::{drive, peer, transom};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const CALLS: u32 = 100;

/// Runs without the test harness, whose threads allocate too: the counter counts for all threads.
fn main() {
    for case in case::all() {
        let count = |call: &mut dyn FnMut() -> Result<(), String>| {
            // Warm-up, and the proof that the answer is right.
            call().unwrap();
            let region = Region::new(ALLOCATOR);
            call().unwrap();
            let change = region.change();
            change.allocations + change.reallocations
        };
        let mut server = transom::server();
        let ours = count(&mut || drive::run(&mut server, &case, CALLS));
        let mut server = peer::server();
        let theirs = count(&mut || drive::run(&mut server, &case, CALLS));
        match case.unit {
            Unit::Call => assert!(ours < theirs, "`{}`: {ours} is not less than {theirs}", case.name),
            // The trait's boxed stream is one allocation a call, whatever the number of messages.
            Unit::Message => {
                assert!(ours <= theirs + CALLS as usize, "`{}`: {ours} against {theirs}", case.name);
            }
        }
    }
}
