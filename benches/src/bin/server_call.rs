//! Prints what a call of a generated server costs, without a socket: Transom's against tonic-build's.
//!
//! `cargo run --release -p transom-benches --bin server_call` prints the report; it needs valgrind.
//! `server_call run <server> <case> <calls>` only makes calls: that is what runs under valgrind.
#![allow(clippy::print_stdout, reason = "a report is printed")]

use std::env;
use std::process::ExitCode;
use std::time::Instant;

use transom_benches::measure::valgrind::{Cost, per_call};
use transom_benches::server_call::case::{self, Case, Unit};
use transom_benches::server_call::{drive, peer, transom};

/// Calls in the shorter of two runs under valgrind, for a single message; streams make fewer.
const CALLS: u32 = 2_000;

/// Timed batches of each server, in turns.
const BATCHES: usize = 31;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        [] => report(),
        ["run", server, case, calls] => run(server, case, calls),
        _ => Err("usage: server_call [run <transom|tonic> <case> <calls>]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("server_call: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(server: &str, case: &str, calls: &str) -> Result<(), String> {
    let case =
        case::all().into_iter().find(|known| known.name == case).ok_or_else(|| format!("no case is named `{case}`"))?;
    let calls = calls.parse().map_err(|error| format!("calls `{calls}`: {error}"))?;
    call(server, &case, calls)
}

fn call(server: &str, case: &Case, calls: u32) -> Result<(), String> {
    match server {
        "transom" => drive::run(&mut transom::server(), case, calls),
        "tonic" => drive::run(&mut peer::server(), case, calls),
        _ => Err(format!("no server is named `{server}`")),
    }
}

fn report() -> Result<(), String> {
    println!(
        "One call of a generated server, without a socket; streams carry {} messages.\n\
         Ratios are Transom / tonic-build. Instructions and allocations come from valgrind (runs of N and 2N calls,\n\
         their difference); times are medians of {BATCHES} batches, taken in turns.\n",
        case::STREAM
    );
    println!(
        "| case | per | instructions | tonic | ratio | allocations | tonic | bytes | tonic | ns | tonic | ratio |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut failures = Vec::new();
    for case in case::all() {
        let (per, most) = match case.unit {
            Unit::Call => ("call", 0.95),
            Unit::Message => ("message", 1.0),
        };
        let [ours, theirs] = costs(&case)?;
        let [time, their_time] = times(&case)?;
        let ratio = ours.instructions / theirs.instructions;
        println!(
            "| {} | {per} | {:.0} | {:.0} | {ratio:.2} | {:.2} | {:.2} | {:.0} | {:.0} | {time:.0} | {their_time:.0} | {:.2} |",
            case.name,
            ours.instructions,
            theirs.instructions,
            ours.allocations,
            theirs.allocations,
            ours.bytes,
            theirs.bytes,
            time / their_time,
        );
        if ratio > most {
            failures
                .push(format!("`{}` takes {ratio:.2}x tonic's instructions, at most {most} are allowed", case.name));
        }
        if case.unit == Unit::Call && ours.allocations >= theirs.allocations {
            failures.push(format!("`{}` does not allocate less often than tonic", case.name));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
}

/// Returns the cost of Transom's server and of tonic's, in the case's unit.
fn costs(case: &Case) -> Result<[Cost; 2], String> {
    let exe = env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let units = f64::from(case.unit.per_call());
    let of = |server| {
        let cost = per_call(exe.as_os_str(), &["run", server, case.name], calls(case))?;
        Ok::<_, String>(Cost {
            instructions: cost.instructions / units,
            allocations: cost.allocations / units,
            bytes: cost.bytes / units,
        })
    };
    Ok([of("transom")?, of("tonic")?])
}

/// Nanoseconds for Transom's server, and for tonic's, in the case's unit.
fn times(case: &Case) -> Result<[f64; 2], String> {
    let calls = 10 * calls(case);
    let units = f64::from(calls * case.unit.per_call());
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..BATCHES {
        for (server, times) in ["transom", "tonic"].into_iter().zip(&mut times) {
            let start = Instant::now();
            call(server, case, calls)?;
            times.push(start.elapsed().as_nanos() as f64 / units);
        }
    }
    Ok(times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times.get(BATCHES / 2).copied().unwrap_or(f64::NAN)
    }))
}

fn calls(case: &Case) -> u32 {
    CALLS.div_ceil(case.unit.per_call()).max(20)
}
