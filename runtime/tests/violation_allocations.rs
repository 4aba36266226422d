//! The memory of a check does not grow with the number of violations.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may stop at the first surprise")]
#![allow(missing_docs, unreachable_pub, dead_code, reason = "the messages are those of the other tests")]
#![allow(clippy::module_inception, reason = "the messages are written as prost and the generator write them")]

#[path = "mask/account.rs"]
mod account;

use std::alloc::System;

use prost_types::FieldMask;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use transom::mask::{Mask, UpdateError, UpdateRequest as _, prepare_create};
use transom::violation::{Count, Violations};

use account::{Account, Address, UpdateAccountRequest};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Returns the number of allocations of a check, the bytes that it allocates, and its result.
fn counted<T>(run: impl FnOnce() -> T) -> (usize, usize, T) {
    let region = Region::new(ALLOCATOR);
    let result = run();
    let change = region.change();
    (change.allocations + change.reallocations, change.bytes_allocated, result)
}

/// Runs without the test harness, whose threads allocate too: the counter counts for all threads.
fn main() {
    let account = |count| Account { addresses: vec![Address::default(); count], ..Account::default() };
    let mask = Mask::from_paths([Account::ADDRESSES.any()]);
    let update = |count| {
        let given = account(count);
        counted(|| mask.apply(&mut Account::default(), &given).map(|_| ()).unwrap_err())
    };
    let create = |count| {
        let mut given = account(count);
        counted(|| prepare_create::<Account>(&mut given).unwrap_err())
    };
    let request = |count| {
        let update_mask = Some(FieldMask { paths: vec!["addresses".to_owned()] });
        let request = UpdateAccountRequest { account: Some(account(count)), update_mask, ..Default::default() };
        counted(|| match request.apply_to(&mut Account::default()) {
            Err(UpdateError::Invalid(violations)) => violations,
            other => panic!("{other:?}"),
        })
    };
    for check in [&update as &dyn Fn(usize) -> (usize, usize, Violations), &create, &request] {
        let (allocations, bytes, violations) = check(Violations::MAX);
        assert!(matches!(violations.count(), Count::Exact(Violations::MAX..)));
        let (more_allocations, more_bytes, violations) = check(20_000);
        assert!(matches!(violations.count(), Count::Exact(20_000..)));
        assert_eq!(violations.as_slice().len(), Violations::MAX);
        assert!(more_allocations <= allocations, "{more_allocations} allocations are more than {allocations}");
        assert!(more_bytes <= bytes, "{more_bytes} bytes are more than {bytes}");
    }
}
