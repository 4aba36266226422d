//! The fingerprint of a request without a map and a filter's answer allocate nothing: counted here without valgrind, so
//! that every test run notices a change.
#![allow(clippy::unwrap_used, reason = "tests may stop at the first surprise")]

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use transom::filter::Filter;
use transom::list::ListRequestExt as _;
use transom::order::OrderBy;
use transom_benches::lists::case::{FILTER, ORDER_BY, pages, plain_request, products};
use transom_benches::lists::schema::Product;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Runs without the test harness, whose threads allocate too: the counter counts for all threads.
fn main() {
    let (pages, request) = (pages(), plain_request());
    let (fingerprint, page) = counted(|| request.page(&pages));
    assert!(page.is_ok());
    assert_eq!(fingerprint, 0, "the fingerprint, and all else of a first page");

    let filter = Filter::<Product>::parse(FILTER).unwrap();
    let products = products(100);
    // What a filter asks is made when it is first asked.
    assert_eq!(products.first().map(|product| filter.matches(product)), Some(false));
    let (matching, count) = counted(|| products.iter().filter(|product| filter.matches(product)).count());
    assert!(count > 10, "{count} of the products match");
    assert_eq!(matching, 0, "a filter's answer");

    let (order, parsed) = counted(|| OrderBy::<Product>::parse(ORDER_BY));
    assert!(parsed.is_ok());
    assert_eq!(order, 0, "an order of three fields");
}

/// Returns the number of allocations of `run`, and its result.
fn counted<T>(run: impl FnOnce() -> T) -> (usize, T) {
    let region = Region::new(ALLOCATOR);
    let given = run();
    let change = region.change();
    (change.allocations + change.reallocations, given)
}
