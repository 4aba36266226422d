//! The report of a benchmark: what each contestant costs, and which limits hold.
#![allow(clippy::print_stdout, reason = "a report is printed")]

use super::contestant::Contestant;
use super::limits::{Bound, Limit};
use super::rounds::Times;
use super::valgrind::Cost;

/// Prints each contestant's time, and what valgrind counted of it; of Go, its own count.
///
/// # Errors
///
/// That of `cost`.
pub fn print_contestants(
    contestants: &[Contestant],
    times: &Times,
    mut cost: impl FnMut(&Contestant) -> Result<Cost, String>,
) -> Result<(), String> {
    println!("| contestant | ns | instructions | allocations |");
    println!("|---|--:|--:|--:|");
    for contestant in contestants {
        let cost = cost(contestant)?;
        let name = &contestant.name;
        let nanoseconds = times.median(name).unwrap_or(f64::NAN);
        println!("| {name} | {} | {:.0} | {:.2} |", shown(nanoseconds), cost.instructions, cost.allocations);
    }
    for (name, allocations) in &times.peers_allocations {
        let nanoseconds = times.median(name).unwrap_or(f64::NAN);
        println!("| {name} | {} | | {allocations:.2} |", shown(nanoseconds));
    }
    Ok(())
}

/// Prints every ratio, and gives those that miss their limits.
#[must_use]
pub fn print_limits(limits: &[Limit], times: &Times, with_peers: bool) -> Vec<String> {
    println!("| figure | ratio | in quiet rounds | limit | |");
    println!("|---|--:|--:|--:|---|");
    let mut failures = Vec::new();
    for limit in limits {
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

/// A time in nanoseconds; of very short ones the tenths count.
fn shown(nanoseconds: f64) -> String {
    if nanoseconds < 10.0 { format!("{nanoseconds:.1}") } else { format!("{nanoseconds:.0}") }
}
