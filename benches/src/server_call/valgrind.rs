//! Counts instructions and allocations by running this program under valgrind.
//!
//! A run of N calls and one of 2N calls differ by N calls and nothing else: start-up and warm-up cancel out.

use std::ffi::OsStr;
use std::process::Command;

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub enum Count {
    /// Instructions, by callgrind.
    Instructions,
    /// Heap allocations, by DHAT.
    Allocations,
    /// Bytes asked of the heap, by DHAT.
    Bytes,
}

impl Count {
    fn tool(self) -> [&'static str; 2] {
        match self {
            Self::Instructions => ["--tool=callgrind", "--callgrind-out-file=/dev/null"],
            Self::Allocations | Self::Bytes => ["--tool=dhat", "--dhat-out-file=/dev/null"],
        }
    }

    /// The figure in the tool's closing words: `Collected : 1234`, or `Total: 1,234 bytes in 56 blocks`.
    fn find(self, report: &str) -> Option<u64> {
        let label = match self {
            Self::Instructions => "Collected :",
            Self::Allocations | Self::Bytes => "Total:",
        };
        let (_, rest) = report.split_once(label)?;
        let mut words = rest.lines().next()?.split_whitespace();
        let figure = match self {
            Self::Instructions | Self::Bytes => words.next()?,
            Self::Allocations => words.nth(3)?,
        };
        figure.replace(',', "").parse().ok()
    }
}

/// What the program at `exe` costs for one call, when `arguments` and a number make it run that many calls.
///
/// # Errors
///
/// A sentence, when valgrind cannot be run or does not count.
pub fn per_call(count: Count, exe: &OsStr, arguments: &[&str], calls: u32) -> Result<f64, String> {
    let once = total(count, exe, arguments, calls)?;
    let twice = total(count, exe, arguments, 2 * calls)?;
    let difference = twice.checked_sub(once).ok_or("more calls cost less: the runs cannot be compared")?;
    Ok(difference as f64 / f64::from(calls))
}

fn total(count: Count, exe: &OsStr, arguments: &[&str], calls: u32) -> Result<u64, String> {
    let output = Command::new("valgrind")
        .args(count.tool())
        .arg(exe)
        .args(arguments)
        .arg(calls.to_string())
        .output()
        .map_err(|error| format!("cannot run valgrind (is it installed?): {error}"))?;
    let report = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("valgrind failed: {report}"));
    }
    count.find(&report).ok_or_else(|| format!("valgrind did not count: {report}"))
}
