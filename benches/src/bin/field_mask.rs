//! Prints what updates under a field mask cost: Transom's against assignment by hand, prost-reflect and two Go libraries.
//!
//! `cargo run --release -p transom-benches --bin field_mask` prints the report; it needs valgrind, and `go` for the Go
//! peers.

use std::process::ExitCode;

use transom_benches::field_mask::{contestants, go, limits};
use transom_benches::measure::benchmark::Benchmark;

fn main() -> ExitCode {
    Benchmark {
        name: "field_mask",
        subject: "Eight paths of a message of 20 fields on three levels. Updates alternate between two sources, with \
                  strings of the same or of different lengths.",
        check: None,
        contestants: contestants::all,
        copy: Some(contestants::copy),
        without_allocations: &["transom/assign/same", "transom/apply/same", "transom/parse", "transom/update/same"],
        peers: go::PROGRAM,
        peers_names: "aip-go and fmutils",
        limits: limits::all,
    }
    .main()
}
