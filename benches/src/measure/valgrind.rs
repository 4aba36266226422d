//! Counts instructions and allocations by running this program under valgrind.
//!
//! A run of N calls and one of 2N calls differ by N calls and nothing else: start-up and warm-up cancel out.

use std::ffi::OsStr;
use std::process::Command;

/// Cost of one call.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Instructions, by callgrind.
    pub instructions: f64,
    /// Heap allocations, by DHAT.
    pub allocations: f64,
    /// Bytes asked of the heap, by DHAT.
    pub bytes: f64,
}

/// Measures one call of the program at `exe`, which runs as many calls as the number after `arguments`.
///
/// # Errors
///
/// A sentence, when valgrind cannot be run or does not count.
pub fn per_call(exe: &OsStr, arguments: &[&str], calls: u32) -> Result<Cost, String> {
    let [instructions] = difference(calls, |calls| {
        let report = valgrind("callgrind", exe, arguments, calls)?;
        // `Collected : 1234`
        figures(&report, "Collected :", [0])
    })?;
    let [bytes, allocations] = difference(calls, |calls| {
        let report = valgrind("dhat", exe, arguments, calls)?;
        // `Total:     1,234 bytes in 56 blocks`
        figures(&report, "Total:", [0, 3])
    })?;
    Ok(Cost { instructions, allocations, bytes })
}

/// Returns the increase of each figure by `calls` more calls, divided by `calls`.
fn difference<const N: usize>(calls: u32, run: impl Fn(u32) -> Result<[u64; N], String>) -> Result<[f64; N], String> {
    let mut differences = [0.0; N];
    let (once, twice) = (run(calls)?, run(2 * calls)?);
    for (difference, (once, twice)) in differences.iter_mut().zip(once.into_iter().zip(twice)) {
        let more = twice.checked_sub(once).ok_or("more calls cost less: the runs cannot be compared")?;
        *difference = more as f64 / f64::from(calls);
    }
    Ok(differences)
}

fn valgrind(tool: &str, exe: &OsStr, arguments: &[&str], calls: u32) -> Result<String, String> {
    let output = Command::new("valgrind")
        .arg(format!("--tool={tool}"))
        .arg(format!("--{tool}-out-file=/dev/null"))
        .arg(exe)
        .args(arguments)
        .arg(calls.to_string())
        .output()
        .map_err(|error| format!("cannot run valgrind (is it installed?): {error}"))?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(report) } else { Err(format!("valgrind failed: {report}")) }
}

/// The numbers that stand at `places` among the words behind `label`.
fn figures<const N: usize>(report: &str, label: &str, places: [usize; N]) -> Result<[u64; N], String> {
    let missing = || format!("valgrind did not count: {report}");
    let (_, rest) = report.split_once(label).ok_or_else(missing)?;
    let line = rest.lines().next().unwrap_or_default();
    let mut figures = [0; N];
    for (figure, place) in figures.iter_mut().zip(places) {
        let word = line.split_whitespace().nth(place).ok_or_else(missing)?;
        *figure = word.replace(',', "").parse().map_err(|_| missing())?;
    }
    Ok(figures)
}
