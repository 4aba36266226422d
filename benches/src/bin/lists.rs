//! Prints what the parts of a list cost: Transom's against what they are made of, code by hand, and aip-go.
//!
//! `cargo run --release -p transom-benches --bin lists` prints the report; it needs valgrind, and `go` for aip-go.

use std::process::ExitCode;

use transom_benches::lists::{check, contestants, go, limits};
use transom_benches::measure::benchmark::Benchmark;

fn main() -> ExitCode {
    Benchmark {
        name: "lists",
        subject: "Page tokens, what they are bound to, filters, orders, and pages of 100 rows of a table of 10,000.",
        check: Some(check::all),
        contestants: contestants::all,
        copy: None,
        without_allocations: &[
            "transom/fingerprint",
            "transom/first-page",
            "transom/filter/matches",
            "transom/order/parse",
        ],
        peers: go::PROGRAM,
        peers_names: "aip-go",
        limits: limits::all,
    }
    .main()
}
