//! Everyone who takes part in the benchmark of lists does the same: nothing is measured here.

use std::collections::HashSet;
use std::path::Path;

use transom::filter::Filter;
use transom_benches::lists::case::{FILTER, products};
use transom_benches::lists::check;
use transom_benches::lists::go::PROGRAM;
use transom_benches::lists::schema::Product;
use transom_benches::measure::go::Peers;

#[test]
fn tokens_are_the_same_bytes_on_both_sides() {
    check::tokens().unwrap();
}

#[test]
fn the_filter_says_the_same_as_the_comparison_by_hand() {
    check::filters().unwrap();
}

#[test]
fn all_pages_are_the_same_on_both_sides() {
    check::tables().unwrap();
}

/// Otherwise a branch would be guessed right every time.
#[test]
fn products_are_of_every_truth() {
    let filter = Filter::<Product>::parse(FILTER).unwrap();
    let truths: HashSet<_> = products(64).iter().map(|product| filter.evaluate(product)).collect();
    assert_eq!(truths.len(), 3, "{truths:?}");
}

/// The Go program compares what it parses with what Transom makes of it before it says that it is ready.
#[test]
#[ignore = "needs `go`: run it with `-- --ignored`, as CI does"]
fn go_peers_parse_alike() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lists-peers");
    assert!(Peers::start(&PROGRAM, &folder).unwrap().is_some(), "`go` is not on PATH");
}
