//! Prints what updates under a field mask cost: Transom's against assignment by hand, prost-reflect and two Go libraries.
//!
//! `cargo run --release -p transom-benches --bin field_mask` prints the report; it needs valgrind, and `go` for the Go
//! peers. `field_mask run <contestant> <calls>` only makes calls: that is what runs under valgrind.
#![allow(clippy::print_stdout, reason = "a report is printed")]

use std::env;
use std::process::ExitCode;

use transom_benches::field_mask::contest::{Contestant, Given};
use transom_benches::field_mask::contestants::{self, copy};
use transom_benches::field_mask::go::Peers;
use transom_benches::field_mask::limits::{self, Bound};
use transom_benches::field_mask::rounds::Times;
use transom_benches::server_call::valgrind::{Cost, per_call};

/// Rounds in which each contestant takes a turn.
const ROUNDS: u32 = 101;

/// Calls in the shorter of two runs under valgrind: whole batches.
const CALLS: u32 = 1_600;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        [] => report(),
        ["run", name, calls] => run(name, calls),
        _ => Err("usage: field_mask [run <contestant> <calls>]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("field_mask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(name: &str, calls: &str) -> Result<(), String> {
    let calls = calls.parse().map_err(|error| format!("calls `{calls}`: {error}"))?;
    let mut all = contestants::all()?;
    all.push(copy());
    let contestant =
        all.iter_mut().find(|known| known.name == name).ok_or_else(|| format!("no contestant is named `{name}`"))?;
    contestant.run(calls);
    Ok(())
}

fn report() -> Result<(), String> {
    let mut contestants = contestants::all()?;
    let mut peers = peers()?;
    let times = Times::measure(&mut contestants, peers.as_mut(), ROUNDS)?;
    println!(
        "Eight paths of a message of 20 fields on three levels; medians of {ROUNDS} rounds in which all take turns.\n\
         Updates alternate between two sources, with strings of the same or of different lengths.\n"
    );
    print_contestants(&contestants, &times)?;
    println!();
    let failures = print_limits(&times, peers.is_some());
    if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
}

fn peers() -> Result<Option<Peers>, String> {
    let exe = env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let folder = exe.parent().ok_or("this program is in no folder")?.join("field-mask-peers");
    let peers = Peers::start(&folder)?;
    if peers.is_none() {
        println!("**NOT MEASURED: aip-go and fmutils, because `go` is not installed or not on PATH.**\n");
    }
    Ok(peers)
}

/// Each contestant's time; instructions and allocations by valgrind, those of Go by its own count.
fn print_contestants(contestants: &[Contestant], times: &Times) -> Result<(), String> {
    println!("| contestant | ns | instructions | allocations |");
    println!("|---|--:|--:|--:|");
    let of_copy = cost(&copy().name)?;
    for Contestant { name, given, .. } in contestants {
        let mut cost = cost(name)?;
        if *given == Given::Fresh {
            cost.instructions -= of_copy.instructions;
            cost.allocations -= of_copy.allocations;
        }
        let nanoseconds = times.median(name).unwrap_or(f64::NAN);
        println!("| {name} | {nanoseconds:.0} | {:.0} | {:.2} |", cost.instructions, cost.allocations);
    }
    for (name, allocations) in &times.peers_allocations {
        let nanoseconds = times.median(name).unwrap_or(f64::NAN);
        println!("| {name} | {nanoseconds:.0} | | {allocations:.2} |");
    }
    Ok(())
}

fn cost(name: &str) -> Result<Cost, String> {
    let exe = env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    per_call(exe.as_os_str(), &["run", name], CALLS)
}

/// Prints every ratio, and gives those that miss their limits.
fn print_limits(times: &Times, with_peers: bool) -> Vec<String> {
    println!("| figure | ratio | in quiet rounds | limit | |");
    println!("|---|--:|--:|--:|---|");
    let mut failures = Vec::new();
    for limit in limits::all() {
        let bound = match limit.bound {
            Bound::AtMost(most) => format!("≤ {most}"),
            Bound::AtLeast(least) => format!("≥ {least}"),
            Bound::Shown => String::new(),
        };
        let figure = limit.figure;
        let Some(ratios) = limit.reached(times) else {
            println!("| {figure} | | | {bound} | NOT MEASURED |");
            if with_peers {
                failures.push(format!("`{figure}` was not measured"));
            }
            continue;
        };
        let [ratio, quiet] = ratios;
        let is_reached = ratios.into_iter().all(|ratio| limit.bound.holds(ratio));
        let verdict = match limit.bound {
            Bound::Shown => "",
            _ if is_reached => "ok",
            _ => "MISSED",
        };
        println!("| {figure} | {ratio:.2} | {quiet:.2} | {bound} | {verdict} |");
        if !is_reached {
            failures.push(format!("`{figure}` is {ratio:.2}, in quiet rounds {quiet:.2}; the limit is {bound}"));
        }
    }
    failures
}
